import { ChartColumn, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Dashboard, ReportCut, ReportDimension, ReportGroup } from '../../../electron/contract/core.contract.ts'
import { useCore } from '../../app/data.ts'
import { count, size } from '../../app/format.ts'
import { useKept } from '../../app/hooks.ts'
import { ExportMenu } from '../../app/ExportMenu.tsx'
import { saveMade, type TableFormat } from '../../app/save.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Note } from '../../ui/Note.tsx'
import { cx } from '../../ui/cx.ts'
import { Card } from '../../ui/Place.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Select } from '../../ui/Select.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Bars, Months } from './Bars.tsx'
import { dayOfIso, isoOf, SPANS, spanOf, today, type Span } from './days.ts'
import { ReportRows } from './ReportRows.tsx'

const SERVICES = ['all', 'copy', 'loan'] as const
const CHARTS = ['partner', 'staff', 'kind', 'subject', 'reason'] as const

/** Volumes, fill rate, days, and who and what they came from; every bar leads to its rows. */
export function Overview() {
  const { t } = useTranslation()
  const [span, setSpan] = useState<Span | 'own'>('year')
  const [own, setOwn] = useState(() => spanOf('year', today()))
  const [service, setService] = useState<(typeof SERVICES)[number]>('all')
  const [role, setRole] = useState<'supplier' | 'requester'>('supplier')
  const [where, setWhere] = useState<ReportCut['where'] | null>(null)
  const days = span === 'own' ? own : spanOf(span, today())
  const cut: ReportCut = { ...days, role, ...(service === 'all' ? {} : { service }) }
  const { data: current } = useCore('reports.dashboard', cut, ['reports'])
  const data = useKept(current)
  const drilled: ReportCut = where ? { ...cut, where } : cut
  const choose = (by: ReportDimension) => (value: string) =>
    setWhere((now) => (now?.by === by && now.value === value ? null : { by, value }))
  const chosen = (by: ReportDimension) => (where?.by === by ? where.value : null)
  const exportChart = (by: ReportDimension) => (format: TableFormat) =>
    void saveMade(() => core('reports.export', { cut, what: 'group', by, format }))
  const setEnd = (end: 'from' | 'to') => (text: string) => {
    const day = dayOfIso(text)
    if (day !== undefined && day >= 0 && day < 80_000) setOwn({ ...days, [end]: day })
    setSpan('own')
  }
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_400px] max-[1279px]:grid-cols-[minmax(0,1fr)_340px]">
      <div
        className="min-h-0 overflow-y-auto px-4 py-3"
        role="region"
        aria-label={t('numbers.part.overview')}
        tabIndex={0}
      >
        <div className="mb-3 flex flex-wrap items-end gap-2.5">
          <Select
            label={t('numbers.span')}
            hideLabel
            value={span}
            options={[...SPANS, 'own' as const].map((id) => ({ id, label: t(`numbers.spans.${id}`) }))}
            onChange={(next) => {
              if (next === 'own') setOwn(days)
              setSpan(next)
            }}
          />
          {(['from', 'to'] as const).map((end) => (
            <DateField
              key={end}
              className="w-[124px]"
              label={t(`numbers.${end}`)}
              hideLabel
              value={isoOf(days[end])}
              onChange={setEnd(end)}
            />
          ))}
          <Segments
            label={t('numbers.service')}
            value={service}
            options={SERVICES.map((id) => ({ id, label: t(id === 'all' ? 'numbers.both' : `queue.view.${id}`) }))}
            onChange={setService}
          />
          <Segments
            label={t('numbers.role')}
            value={role}
            options={(['supplier', 'requester'] as const).map((id) => ({ id, label: t(`numbers.roles.${id}`) }))}
            onChange={setRole}
          />
        </div>
        {data && data.received === 0 && data.complete ? (
          <EmptyState icon={ChartColumn} title={t('numbers.noneTitle')}>
            {t('numbers.none')}
          </EmptyState>
        ) : (
          <div className={cx('grid gap-3 transition-opacity', !current && 'opacity-70 delay-300')} aria-busy={!current}>
            {data && !data.complete && <Note tone="plain">{t('numbers.counting')}</Note>}
            <Figures data={data} />
            <Months
              title={t('numbers.dimension.month')}
              groups={data?.groups.month ?? []}
              chosen={chosen('month')}
              onChoose={choose('month')}
              onExport={exportChart('month')}
            />
            <div className="columns-2 gap-3 max-[1180px]:columns-1 [&>*]:mb-3 [&>*]:break-inside-avoid">
              {CHARTS.map((by) => (
                <Bars
                  key={by}
                  title={t(`numbers.dimension.${by}`)}
                  groups={data?.groups[by] ?? []}
                  name={(group) => nameOf(t, by, group)}
                  chosen={chosen(by)}
                  onChoose={choose(by)}
                  onExport={exportChart(by)}
                />
              ))}
              <Desk data={data} />
            </div>
          </div>
        )}
      </div>
      <aside
        className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] border-l border-line bg-panel"
        aria-label={t('numbers.rows')}
      >
        <ReportRows
          cut={drilled}
          onAll={where ? () => setWhere(null) : null}
          title={where ? titleOf(t, where, data) : t('numbers.rows')}
        />
        <div className="grid grid-cols-[1fr_auto] gap-2 border-t border-line px-4 py-3">
          <Button
            kind="primary"
            size="big"
            icon={Download}
            onClick={() => void saveMade(() => core('reports.export', { cut: drilled, what: 'rows', format: 'xlsx' }))}
          >
            {t('numbers.exportRows')}
          </Button>
          <Button
            size="big"
            onClick={() => void saveMade(() => core('reports.export', { cut: drilled, what: 'rows', format: 'csv' }))}
          >
            CSV
          </Button>
          <ExportMenu
            label={t('numbers.exportSummary')}
            onExport={(format) =>
              void saveMade(() => core('reports.export', { cut: drilled, what: 'summary', format }))
            }
          >
            {t('numbers.exportSummary')}
          </ExportMenu>
          <ExportMenu
            label={t('numbers.exportLedger')}
            onExport={(format) => void saveMade(() => core('copyright.export', { from: cut.from, to: cut.to, format }))}
          >
            {t('numbers.exportLedger')}
          </ExportMenu>
        </div>
      </aside>
    </div>
  )
}

type T = ReturnType<typeof useTranslation>['t']

function nameOf(t: T, by: ReportDimension, group: Pick<ReportGroup, 'value' | 'name'>): string {
  if (by === 'kind') return t(`numbers.kind.${group.value}`, { defaultValue: group.name })
  if (by === 'reason') return t(`reason.${group.value}`, { defaultValue: group.name })
  if (by === 'subject')
    return group.value === '' ? t('numbers.unknown') : t(`numbers.clc.${group.value}`, { defaultValue: group.value })
  return group.name === '' ? t('numbers.unknown') : group.name
}

function titleOf(t: T, where: NonNullable<ReportCut['where']>, data: Dashboard | undefined): string {
  const group = data?.groups[where.by]?.find((one) => one.value === where.value)
  return nameOf(t, where.by, group ?? { value: where.value, name: where.value })
}

const oneDigit = (value: number, language: string) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)

/** The four figures one asks for first. */
function Figures({ data }: { data: Dashboard | undefined }) {
  const { t, i18n } = useTranslation()
  const answered = data ? data.filled + data.unfilled : 0
  const share = answered === 0 ? '—' : `${oneDigit((data!.filled / answered) * 100, i18n.language)}%`
  const mean = data?.days.mean
  const figure = (id: string, value: string, sub: string, unit = '') => (
    <Card key={id} className="px-3.5 py-2.5">
      <div className="text-sm text-ink-2">{t(`numbers.figure.${id}`)}</div>
      <div className="text-[22px] leading-8 font-semibold whitespace-nowrap tabular-nums">
        {data ? value : <Skeleton w="60px" h={20} />}
        {data && unit && <span className="ml-1 text-base font-normal text-ink-2">{unit}</span>}
      </div>
      <div className="text-sm text-balance text-ink-2">{data ? sub : ' '}</div>
    </Card>
  )
  const n = (value: number | undefined) => count(value ?? 0, i18n.language)
  return (
    <div className="grid grid-cols-4 gap-3 max-[1180px]:grid-cols-2">
      {figure('received', n(data?.received), t('numbers.openStill', { count: data?.open ?? 0 }))}
      {figure('share', share, t('numbers.filledUnfilled', { filled: n(data?.filled), unfilled: n(data?.unfilled) }))}
      {figure(
        'days',
        mean === null || mean === undefined ? '—' : oneDigit(mean, i18n.language),
        t('numbers.p90', { days: data?.days.p90 ?? '—' }),
        mean === null || mean === undefined ? '' : t('numbers.daysUnit'),
      )}
      {figure(
        'forwarded',
        n(data?.forwarded),
        t('numbers.cancelledRetry', { cancelled: n(data?.cancelled), retry: n(data?.retry) }),
      )}
    </div>
  )
}

/** What this desk did with its hands, and what is out. */
function Desk({ data }: { data: Dashboard | undefined }) {
  const { t, i18n } = useTranslation()
  const n = (value: number | undefined) => count(value ?? 0, i18n.language)
  const prints = data?.prints.reduce((sum, one) => sum + one.count, 0)
  const lines: [string, string][] = [
    ['volumes', n(data?.volumes)],
    ['overdue', n(data?.overdue)],
    ['lost', n(data?.lost)],
    ['selfService', n(data?.selfService)],
    ['readers', n(data?.readers)],
    ['pages', n(data?.pages)],
    ['bytes', size(data?.bytes ?? 0, i18n.language)],
    ['scans', t('numbers.scanned', { pages: n(data?.scans.pages), size: size(data?.scans.bytes ?? 0, i18n.language) })],
    ['prints', n(prints)],
  ]
  return (
    <Card className="min-w-0 p-3">
      <h2 className="mb-1.5 text-md font-semibold">{t('numbers.desk')}</h2>
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
        {lines.map(([id, value]) => (
          <div key={id} className="contents">
            <dt className="border-b border-line py-1 text-ink-2">{t(`numbers.line.${id}`)}</dt>
            <dd className="border-b border-line py-1 text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {data?.oldest && (
        <p className="mt-2 text-sm text-ink-2">
          {t('numbers.oldest', { id: data.oldest.id, day: isoOf(data.oldest.applied) })}
        </p>
      )}
    </Card>
  )
}
