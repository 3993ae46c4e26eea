import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../electron/contract/errors.ts'
import { HELP_OF } from '../features/guide/symptoms.ts'
import { Button } from '../ui/Button.tsx'
import { openOverlay } from './windows.ts'

/** From an error to what help says about it. */
export function HelpButton({ code }: { code: ErrorCode }) {
  const { t } = useTranslation()
  return (
    <Button size="small" kind="quiet" data-help={HELP_OF[code]} onClick={() => openOverlay('help', HELP_OF[code])}>
      {t('help.title')}
    </Button>
  )
}
