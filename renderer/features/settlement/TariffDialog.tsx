import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { isoDay } from '../../app/format.ts'
import { core } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { fenOf, yuan } from './money.ts'

const BLANK = { courier: '', route: '', to: '', bag: '', item: '0', kg: '0' }

/** What a courier gets, by route and time. A line that holds is ended with a date, not changed: old months stay right. */
export function TariffDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { data, reload } = useCore('settlement.tariffs', {}, ['courier'])
  const [line, setLine] = useState(() => ({ ...BLANK, from: `${isoDay(Date.now()).slice(0, 4)}-01-01` }))
  const set = (name: keyof typeof line) => (value: string) => setLine((old) => ({ ...old, [name]: value }))
  const [bag, item, kg] = [fenOf(line.bag), fenOf(line.item), fenOf(line.kg)]
  const ready = line.courier.trim() !== '' && line.from !== '' && bag !== null && item !== null && kg !== null
  const add = async () => {
    if (!ready) return
    const { courier, route, from, to } = line
    const tariff = { id: null, courier: courier.trim(), route: route.trim(), from, to: to || null }
    const saved = await attempt(() =>
      core('settlement.saveTariff', { ...tariff, perBagFen: bag, perItemFen: item, perKgFen: kg }),
    )
    if (saved) setLine({ ...BLANK, from: line.from, courier: line.courier })
    reload()
  }
  const drop = async (id: string) => {
    await attempt(() => core('settlement.dropTariff', { id }))
    reload()
  }
  return (
    <Dialog
      title={t('settlement.tariffs')}
      open
      onClose={onClose}
      onSubmit={() => void add()}
      width="wide"
      footer={
        <Button kind="primary" size="big" type="submit" disabled={!ready} data-action="saveTariff">
          {t('settlement.addTariff')}
        </Button>
      }
    >
      <ul className="divide-y divide-line border-y border-line">
        {data?.map((one) => (
          <li key={one.id} className="flex h-9 items-center gap-3">
            <b className="font-semibold">{one.courier}</b>
            <span className="text-ink-2">{one.route || t('settlement.everyRoute')}</span>
            <span className="text-ink-2">
              {one.from} – {one.to ?? t('settlement.open')}
            </span>
            <span className="flex-1" />
            <span>
              {t('settlement.rates', { bag: yuan(one.perBagFen), item: yuan(one.perItemFen), kg: yuan(one.perKgFen) })}
            </span>
            <IconButton icon={Trash2} label={t('settlement.dropTariff')} onClick={() => void drop(one.id)} />
          </li>
        ))}
        {data?.length === 0 && <li className="py-3 text-ink-3">{t('settlement.noTariff')}</li>}
      </ul>
      <div className="grid grid-cols-4 gap-3">
        <Field label={t('settlement.courier')} value={line.courier} onChange={set('courier')} maxLength={100} />
        <Field
          label={t('settlement.route')}
          value={line.route}
          onChange={set('route')}
          maxLength={100}
          placeholder={t('settlement.everyRoute')}
        />
        <DateField label={t('settlement.from')} value={line.from} onChange={set('from')} />
        <DateField label={t('settlement.until')} value={line.to} onChange={set('to')} />
        <Field label={t('settlement.perBag')} value={line.bag} onChange={set('bag')} inputMode="decimal" />
        <Field label={t('settlement.perItem')} value={line.item} onChange={set('item')} inputMode="decimal" />
        <Field label={t('settlement.perKg')} value={line.kg} onChange={set('kg')} inputMode="decimal" />
      </div>
    </Dialog>
  )
}
