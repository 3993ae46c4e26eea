import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deviceName } from '../../app/device-name.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Note } from '../../ui/Note.tsx'
import { Select } from '../../ui/Select.tsx'
import { PrinterTest } from '../welcome/set-up/PrinterTest.tsx'
import { AddressList } from './AddressList.tsx'
import { FoundPrinters } from './printers/FoundPrinters.tsx'
import { PrinterCard } from './printers/PrinterCard.tsx'
import { PrintRoutes } from './printers/PrintRoutes.tsx'
import { Managed } from './Managed.tsx'
import { useSettings } from './useSettings.ts'

const EXPIRE_HOURS = ['4', '24', '72', '168'] as const

/** The printers of this desk, how each is, and what is printed where. */
export function PrinterSettings() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const { data: printers, reload } = useCore('printer.list', { refresh: false }, ['devices'])
  const [looking, setLooking] = useState(false)
  if (!settings) return null
  const look = async () => {
    setLooking(true)
    await attempt(() => core('printer.list', { refresh: true }))
    reload()
    setLooking(false)
  }
  const setAddresses = async (printerAddresses: string[]) => {
    await attempt(() => core('settings.set', { printerAddresses }))
    await look()
  }
  const usual = settings.printerId ?? printers?.[0]?.id ?? null
  return (
    <>
      <div className="flex items-end gap-2">
        <Managed setting="printerId">
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
            className="min-w-0 flex-1"
          />
        </Managed>
        <Button icon={RefreshCw} className="h-8" disabled={looking} onClick={() => void look()}>
          {looking ? t('scan.looking') : t('scan.look')}
        </Button>
      </div>
      {printers?.length === 0 && <Note tone="warn">{t('print.noneFound')}</Note>}
      {printers && printers.length > 0 && (
        <ul aria-label={t('printers.title')} className="divide-y divide-line rounded-md border border-line bg-panel">
          {printers.map((printer) => (
            <PrinterCard key={printer.id} printer={printer} />
          ))}
        </ul>
      )}
      {printers && printers.length > 0 && <PrinterTest />}
      <Managed setting="printerAddresses">
        <AddressList
          label={t('settings.printerAddress')}
          hint={t('printers.addressHint')}
          value={settings.printerAddresses}
          onChange={(addresses) => void setAddresses(addresses)}
        />
      </Managed>
      <FoundPrinters
        known={settings.printerAddresses}
        onAdd={(address) => void setAddresses([...settings.printerAddresses, address])}
      />
      <Managed setting="printRoutes">
        <PrintRoutes
          routes={settings.printRoutes}
          printers={printers ?? []}
          onChange={(printRoutes) => set({ printRoutes })}
        />
      </Managed>
      <div className="grid gap-1">
        <Managed setting="printExpireHours">
          <Select
            label={t('printers.expire')}
            value={String(settings.printExpireHours) as (typeof EXPIRE_HOURS)[number]}
            options={EXPIRE_HOURS.map((id) => ({ id, label: t(`printers.hours.${id}`) }))}
            onChange={(hours) => set({ printExpireHours: Number(hours) })}
          />
        </Managed>
        <div className="text-sm text-ink-3">{t('printers.expireHint')}</div>
      </div>
    </>
  )
}
