import { FileDown, FileUp, ReceiptText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { isoDay } from '../../app/format.ts'
import { core, main } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { MonthField } from '../../ui/DateField.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Note } from '../../ui/Note.tsx'
import { Select } from '../../ui/Select.tsx'
import { CompareDialog } from './CompareDialog.tsx'
import { kilos, yuan } from './money.ts'
import { TariffDialog } from './TariffDialog.tsx'
import { TraceDialog } from './TraceDialog.tsx'

const ALL = '*'

/** The month with the courier: each line leads back to the scans and the signature it is made of. */
export function Settlement() {
  const { t } = useTranslation()
  const [month, setMonth] = useState(() => isoDay(Date.now()).slice(0, 7))
  const [courier, setCourier] = useState(ALL)
  const [dialog, setDialog] = useState<'tariffs' | null>(null)
  const [fileId, setFileId] = useState<string | null>(null)
  const [traced, setTraced] = useState<string | null>(null)
  const asked = { month, courier: courier === ALL ? '' : courier }
  const valid = /^\d{4}-(0[1-9]|1[0-2])$/.test(month)
  const { data } = useCore('settlement.statement', valid ? asked : null, ['courier', 'queue', 'outbox'])
  const compare = async () => {
    const chosen = await attempt(() => main('files.open', { kind: 'table', multiple: false }))
    if (chosen?.files[0]) setFileId(chosen.files[0].id)
  }
  const save = async (format: 'xlsx' | 'csv') => {
    const made = await attempt(() => core('settlement.export', { ...asked, format }))
    if (made) await attempt(() => main('files.save', made))
  }
  return (
    <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)_auto]">
      <div className="flex flex-wrap items-end gap-3 border-b border-line bg-panel px-3.5 py-2.5">
        <MonthField label={t('settlement.month')} value={month} onChange={setMonth} className="w-40" />
        <Select
          label={t('settlement.courier')}
          value={courier}
          options={[
            { id: ALL, label: t('settlement.all') },
            ...(data?.couriers ?? []).map((id) => ({ id, label: id })),
          ]}
          onChange={setCourier}
          className="w-52"
        />
        <Button onClick={() => setDialog('tariffs')}>{t('settlement.tariffs')}</Button>
        <span className="flex-1" />
        <Button icon={FileDown} disabled={!data?.bags} onClick={() => void save('xlsx')}>
          XLSX
        </Button>
        <Button icon={FileDown} disabled={!data?.bags} onClick={() => void save('csv')}>
          CSV
        </Button>
      </div>
      <div className="min-h-0 overflow-auto" tabIndex={0} role="region" aria-label={t('courier.settlement')}>
        {data && data.unpriced > 0 && (
          <div className="px-3.5 pt-3">
            <Note tone="warn">{t('settlement.unpriced', { count: data.unpriced })}</Note>
          </div>
        )}
        {!data || data.lines.length === 0 ? (
          <EmptyState icon={ReceiptText} title={t('settlement.noneTitle')}>
            {t('settlement.none')}
          </EmptyState>
        ) : (
          <table className="w-full border-b border-line bg-panel">
            <thead>
              <tr className="text-left text-sm text-ink-2 [&>th]:sticky [&>th]:top-0 [&>th]:bg-panel [&>th]:px-3 [&>th]:py-2 [&>th]:font-normal">
                <th>{t('settlement.day')}</th>
                <th>{t('settlement.bag')}</th>
                <th>{t('courier.manifest')}</th>
                <th>{t('settlement.to')}</th>
                <th>{t('settlement.route')}</th>
                <th className="text-right">{t('courier.volumesN')}</th>
                <th className="text-right">{t('settlement.weight')}</th>
                <th className="text-right">{t('settlement.price')}</th>
              </tr>
            </thead>
            <tbody>
              {data.lines.map((line) => (
                <tr key={line.bagId} className="border-t border-line [&>td]:px-3 [&>td]:py-1.5" data-line={line.bag}>
                  <td className="whitespace-nowrap">{isoDay(line.at)}</td>
                  <td>
                    <button
                      type="button"
                      className="mono text-accent hover:underline"
                      onClick={() => setTraced(line.bagId)}
                    >
                      {line.bag}
                    </button>
                  </td>
                  <td className="mono text-ink-2">{line.manifest}</td>
                  <td>{line.destinationName}</td>
                  <td>{line.route}</td>
                  <td className="text-right">{line.items}</td>
                  <td className="text-right">{kilos(line.weightGrams)}</td>
                  <td className="text-right">{yuan(line.priceFen)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <div className="flex items-center gap-4 border-t border-line bg-panel px-3.5 py-2.5">
        <span>{t('settlement.sum', { bags: data?.bags ?? 0, items: data?.items ?? 0 })}</span>
        <b className="text-lg font-semibold">¥ {yuan(data?.fen ?? 0)}</b>
        <span className="flex-1" />
        <Button
          kind="primary"
          size="big"
          icon={FileUp}
          disabled={!data}
          onClick={() => void compare()}
          data-action="compareFile"
        >
          {t('settlement.compare')}
        </Button>
      </div>
      {dialog === 'tariffs' && <TariffDialog onClose={() => setDialog(null)} />}
      {fileId && <CompareDialog asked={asked} fileId={fileId} onClose={() => setFileId(null)} />}
      {traced && <TraceDialog bagId={traced} onClose={() => setTraced(null)} />}
    </div>
  )
}
