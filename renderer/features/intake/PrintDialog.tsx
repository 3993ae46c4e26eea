import { useTranslation } from 'react-i18next'
import type { ErrorParams } from '../../../electron/contract/errors.ts'
import { useCore } from '../../app/data.ts'
import { go, useRoute } from '../../app/routes.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/Note.tsx'
import { PrintSetup } from './PrintSetup.tsx'

/** What opens a format, and whose licence its contents come under; words are in i18n under `printedFormat`. */
const FORMATS = ['caj', 'kdh', 'nh', 'teb', 'pdg', 'ofd', 'wps', 'doc', 'docx'] as const

/** A file only its own program reads: leads to printing it into the desk, step by step. */
export function PrintDialog({ params, onClose }: { params: ErrorParams; onClose: () => void }) {
  const { t } = useTranslation()
  const intake = useCore('intake.get', {}, ['intake']).data
  const open = useRoute((route) => route.open.copy) ?? null
  const file = String(params['file'] ?? '')
  const format = FORMATS.find((one) => one === params['format']) ?? 'other'
  const program = t(`printedFormat.${format}`)
  const listening = intake?.printer.state === 'listening'
  const queue = intake?.printer.queue ?? ''
  return (
    <Dialog
      title={t('intake.dialogTitle')}
      open
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <Button kind="primary" type="submit" kbd="Enter" autoFocus>
          {t('intake.understood')}
        </Button>
      }
    >
      <p>{t('intake.dialogLead', { file, program })}</p>
      <ol className="grid list-decimal gap-1.5 pl-5" data-print-steps>
        <li>{t('intake.step1', { program })}</li>
        <li>{t('intake.step2', { queue })}</li>
        <li>{open ? t('intake.step3Request', { id: open }) : t('intake.step3Tray')}</li>
      </ol>
      {format !== 'other' && format !== 'wps' && format !== 'doc' && format !== 'docx' && format !== 'ofd' && (
        <p className="text-ink-2">{t('intake.licence')}</p>
      )}
      {intake && !listening && (
        <Note
          tone="warn"
          action={
            <Button
              size="small"
              onClick={() => {
                onClose()
                go('settings', undefined, 'intake')
              }}
            >
              {t('place.settings')}
            </Button>
          }
        >
          {t(`intake.printer.${intake.printer.state}`, { port: intake.printer.port })}
        </Note>
      )}
      {intake && (
        <details className="rounded-md border border-line px-3 py-2">
          <summary className="cursor-default text-ink-2">{t('intake.firstTime', { queue })}</summary>
          <div className="pt-2">
            <PrintSetup intake={intake} />
          </div>
        </details>
      )}
    </Dialog>
  )
}
