import { useTranslation } from 'react-i18next'
import type { CoreOut } from '../../host.ts'
import { CopyText } from './CopyText.tsx'

/** How the desk becomes a printer of this computer: one line, typed once by somebody who may add printers. */
export function PrintSetup({ intake }: { intake: CoreOut<'intake.get'> }) {
  const { t } = useTranslation()
  return (
    <div className="grid gap-1.5">
      <p className="text-ink-2">{t(`intake.setup.${intake.platform}`)}</p>
      <CopyText text={intake.printer.add} label={t('intake.addCommand')} />
    </div>
  )
}
