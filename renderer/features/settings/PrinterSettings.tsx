import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Note } from '../../ui/Note.tsx'
import { Select } from '../../ui/Select.tsx'
import { AddressList } from './AddressList.tsx'
import { useSettings } from './useSettings.ts'

/** The printer of this desk and how it is. */
export function PrinterSettings() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const { data: printers, reload } = useCore('printer.list', { refresh: false }, ['devices'])
  const [looking, setLooking] = useState(false)
  if (!settings) return null
  const current = printers?.find((one) => one.id === settings.printerId)
  const look = async () => {
    setLooking(true)
    await attempt(() => core('printer.list', { refresh: true }))
    reload()
    setLooking(false)
  }
  return (
    <>
      <div className="flex items-end gap-2">
        <Select
          label={t('print.printer')}
          value={settings.printerId}
          options={(printers ?? []).map((one) => ({ id: one.id, label: one.name, detail: t(`printer.${one.state}`) }))}
          onChange={(printerId) => set({ printerId })}
          placeholder={t('print.noPrinter')}
          className="flex-1"
        />
        <Button icon={RefreshCw} className="h-8" disabled={looking} onClick={() => void look()}>
          {looking ? t('scan.looking') : t('scan.look')}
        </Button>
      </div>
      {printers?.length === 0 && <Note tone="warn">{t('print.noneFound')}</Note>}
      {current && current.reasons.length > 0 && (
        <Note tone="warn">
          {current.reasons.map((reason) => t(`printReason.${reason}`, { defaultValue: reason })).join(' · ')}
        </Note>
      )}
      <AddressList
        label={t('settings.printerAddress')}
        hint="ipp://192.168.1.30/ipp/print"
        value={settings.printerAddresses}
        onChange={(printerAddresses) => set({ printerAddresses })}
      />
    </>
  )
}
