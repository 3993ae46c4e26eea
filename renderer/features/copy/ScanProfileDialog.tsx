import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScanProfile } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ScannerChoice } from './ScannerChoice.tsx'

/** Which scanner, from where, how: kept for this desk. */
export function ScanProfileDialog({ profile, onClose }: { profile: ScanProfile | null; onClose: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(profile)
  const save = async () => {
    if (draft && (await attempt(() => core('settings.set', { scan: draft })))) onClose()
  }
  return (
    <Dialog
      title={t('scan.title')}
      open
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <Button kind="primary" type="submit" disabled={!draft}>
          {t('ui.save')}
        </Button>
      }
    >
      <ScannerChoice profile={draft} onChange={setDraft} />
    </Dialog>
  )
}
