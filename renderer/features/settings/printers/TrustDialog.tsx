import { useTranslation } from 'react-i18next'
import type { PrinterInfo } from '../../../../electron/contract/core.contract.ts'
import { attempt } from '../../../app/act.ts'
import { core } from '../../../host.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Note } from '../../../ui/Note.tsx'

/** Pairs of digits, as printers show them. */
const inPairs = (hex: string) => hex.toUpperCase().match(/../g)?.join(':') ?? ''

/** The person compares the fingerprint with the printer's own panel; only their word makes it trusted. */
export function TrustDialog({
  printer,
  fingerprint,
  changed,
  onClose,
}: {
  printer: PrinterInfo
  fingerprint: string
  changed: boolean
  onClose: () => void
}) {
  const { t } = useTranslation()
  const trust = async () => {
    if (await attempt(() => core('printer.trust', { printerId: printer.id, fingerprint }))) onClose()
  }
  return (
    <Dialog
      title={t('printers.trustTitle')}
      open
      onClose={onClose}
      onSubmit={() => void trust()}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind={changed ? 'danger' : 'primary'} type="submit" data-action="trust">
            {t('printers.trustDo')}
          </Button>
        </>
      }
    >
      {changed && <Note tone="bad">{t('printers.trustChanged')}</Note>}
      <p>{t('printers.trustText', { name: printer.name })}</p>
      <div>
        <div className="lbl">{t('printers.fingerprint')}</div>
        <div className="mono break-all rounded-md bg-panel-2 p-2.5 select-text">{inPairs(fingerprint)}</div>
      </div>
    </Dialog>
  )
}
