import { Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deviceName } from '../../../app/device-name.ts'
import { attempt } from '../../../app/act.ts'
import { useCore } from '../../../app/data.ts'
import { core } from '../../../host.ts'
import { Button } from '../../../ui/Button.tsx'
import { Note, type NoteTone } from '../../../ui/Note.tsx'
import { Select } from '../../../ui/Select.tsx'
import { useSettings } from '../../settings/useSettings.ts'

const TONE: Readonly<Record<string, NoteTone>> = { confirmed: 'ok', failed: 'bad', attention: 'warn', waiting: 'warn' }

/** Prints one sample slip that says it is one. @param choose the printer is chosen here as well */
export function PrinterTest({ choose = false }: { choose?: boolean }) {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const printers = useCore('printer.list', { refresh: false }, ['devices']).data
  const [printed, setPrinted] = useState<string | null>(null)
  const jobs = useCore('print.jobs', printed === null ? null : { limit: 50 }, ['print']).data
  const job = jobs?.find(({ id }) => id === printed)
  if (!settings) return null
  const usual = settings.printerId ?? printers?.[0]?.id ?? null
  const print = async () => {
    if (usual === null) return
    const made = await attempt(() => core('print.test', { printerId: usual }))
    if (made) setPrinted(made.printJobId)
  }
  return (
    <>
      {choose && (
        <Select
          label={t('printers.usual')}
          value={usual}
          options={(printers ?? []).map((one) => ({
            id: one.id,
            label: deviceName(t, one.name),
            detail: t(`printer.${one.state}`),
          }))}
          onChange={(printerId) => set({ printerId })}
          placeholder={t('print.noPrinter')}
        />
      )}
      {choose && printers?.length === 0 && <Note tone="warn">{t('print.noneFound')}</Note>}
      <div className="flex items-center gap-4">
        <div className="min-w-0 flex-1">
          <div className="font-medium">{t('setUp.printer.test')}</div>
          <div className="text-sm text-ink-2">{t('setUp.printer.testHint')}</div>
        </div>
        <Button icon={Printer} disabled={usual === null} onClick={() => void print()} data-action="testPrint">
          {t('setUp.printer.do')}
        </Button>
      </div>
      {job && (
        <div data-test-print={job.state}>
          <Note tone={TONE[job.state] ?? 'plain'}>
            {t(`printStateLong.${job.state}`, { printer: deviceName(t, job.printerName) })}
          </Note>
        </div>
      )}
    </>
  )
}
