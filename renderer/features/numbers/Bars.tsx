import { useTranslation } from 'react-i18next'
import type { ReportGroup } from '../../../electron/contract/core.contract.ts'
import { ExportMenu } from '../../app/ExportMenu.tsx'
import { count } from '../../app/format.ts'
import type { TableFormat } from '../../app/save.ts'
import { Card } from '../../ui/Place.tsx'
import { cx } from '../../ui/cx.ts'

interface BarsProps {
  title: string
  groups: readonly ReportGroup[]
  name: (group: ReportGroup) => string
  chosen: string | null
  onChoose: (value: string) => void
  /** Saves what the chart is drawn from. */
  onExport: (format: TableFormat) => void
}

/** Rows shown before the rest is folded away. */
const MOST = 8

/** A chart one can read: each bar has its name and number, and is the button to its rows. */
export function Bars({ title, groups, name, chosen, onChoose, onExport }: BarsProps) {
  const { t, i18n } = useTranslation()
  const most = Math.max(1, ...groups.map((group) => group.received))
  const shown = groups.slice(0, MOST)
  const rest = groups.slice(MOST).reduce((sum, group) => sum + group.received, 0)
  return (
    <Card className="min-w-0 p-3">
      <div className="mb-1.5 flex items-center">
        <h2 className="flex-1 text-md font-semibold">{title}</h2>
        <ExportMenu label={t('lists.export', { name: title })} onExport={onExport} className="size-6" />
      </div>
      {groups.length === 0 ? (
        <p className="py-2 text-ink-3">{t('numbers.nothing')}</p>
      ) : (
        <ul className="grid gap-px">
          {shown.map((group) => (
            <li key={group.value}>
              <button
                type="button"
                aria-pressed={chosen === group.value}
                title={`${name(group)} · ${t('numbers.filledOf', { filled: group.filled, received: group.received })}`}
                onClick={() => onChoose(group.value)}
                className={cx(
                  'grid h-7 w-full grid-cols-[minmax(0,40%)_minmax(0,1fr)_auto] items-center gap-2.5 rounded px-1.5 text-left',
                  chosen === group.value ? 'bg-accent-soft font-semibold text-accent' : 'hover:bg-hover',
                )}
              >
                <span className="ell">{name(group)}</span>
                <span aria-hidden="true" className="flex h-2 overflow-hidden rounded-full">
                  <span className="bg-accent" style={{ width: `${(group.filled / most) * 100}%` }} />
                  <span
                    className="bg-accent-line"
                    style={{ width: `${((group.received - group.filled) / most) * 100}%` }}
                  />
                </span>
                <span className="min-w-[5ch] text-right tabular-nums">{count(group.received, i18n.language)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && <p className="mt-1 px-1.5 text-sm text-ink-3">{t('numbers.more', { count: rest })}</p>}
    </Card>
  )
}

/** Months side by side, oldest left; the column is the button to its rows. */
export function Months({ title, groups, chosen, onChoose, onExport }: Omit<BarsProps, 'name'>) {
  const { t } = useTranslation()
  const shown = groups.slice(-24)
  const most = Math.max(1, ...shown.map((group) => group.received))
  return (
    <Card className="min-w-0 p-3">
      <div className="mb-2 flex items-baseline gap-3">
        <h2 className="text-md font-semibold">{title}</h2>
        <span className="flex items-center gap-3 text-sm text-ink-2">
          <span className="flex items-center gap-1.5">
            <span aria-hidden="true" className="size-2.5 rounded-sm bg-accent" /> {t('numbers.outcome.filled')}
          </span>
          <span className="flex items-center gap-1.5">
            <span aria-hidden="true" className="size-2.5 rounded-sm bg-accent-line" /> {t('numbers.others')}
          </span>
        </span>
        <span className="flex-1" />
        <ExportMenu label={t('lists.export', { name: title })} onExport={onExport} className="size-6" />
      </div>
      {shown.length === 0 ? (
        <p className="py-2 text-ink-3">{t('numbers.nothing')}</p>
      ) : (
        <ul className="flex h-[132px] items-end gap-1">
          {shown.map((group) => (
            <li key={group.value} className="h-full min-w-0 max-w-[110px] flex-1">
              <button
                type="button"
                aria-pressed={chosen === group.value}
                title={`${group.value} · ${t('numbers.filledOf', { filled: group.filled, received: group.received })}`}
                onClick={() => onChoose(group.value)}
                className={cx(
                  'flex h-full w-full flex-col items-stretch justify-end rounded px-0.5',
                  chosen === group.value ? 'bg-accent-soft' : 'hover:bg-hover',
                )}
              >
                <span className="text-center text-2xs text-ink-2 tabular-nums">{group.received}</span>
                <span
                  aria-hidden="true"
                  className="rounded-t-sm bg-accent-line"
                  style={{ height: `${((group.received - group.filled) / most) * 72}%` }}
                />
                <span aria-hidden="true" className="bg-accent" style={{ height: `${(group.filled / most) * 72}%` }} />
                <span className="ell mt-0.5 text-center text-2xs text-ink-3 tabular-nums">{group.value.slice(2)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
