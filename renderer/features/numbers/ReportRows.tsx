import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportCut } from '../../../electron/contract/core.contract.ts'
import { useCore } from '../../app/data.ts'
import { count } from '../../app/format.ts'
import { go } from '../../app/routes.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { isoOf } from './days.ts'

const PAGE = 50

/** The requests behind a figure, a page at a time; each opens in the queue. */
export function ReportRows({ cut, title, onAll }: { cut: ReportCut; title: string; onAll: (() => void) | null }) {
  const { t, i18n } = useTranslation()
  const key = JSON.stringify(cut)
  const [at, setAt] = useState({ key, offset: 0 })
  const offset = at.key === key ? at.offset : 0
  const { data } = useCore('reports.rows', { cut, offset, limit: PAGE }, ['reports'])
  const total = data?.total ?? 0
  const turn = (to: number) => setAt({ key, offset: to })
  return (
    <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)_auto]">
      <div className="flex min-h-11 items-center gap-2 border-b border-line px-4 py-1.5">
        <h2 className="ell min-w-0 flex-1 text-md font-semibold" title={title}>
          {title}
        </h2>
        <span className="flex-none text-sm text-ink-2">{data && t('numbers.count', { count: total })}</span>
        {onAll && (
          <Button size="small" onClick={onAll}>
            {t('numbers.all')}
          </Button>
        )}
      </div>
      <ul className="min-h-0 divide-y divide-line overflow-y-auto" aria-label={title}>
        {!data &&
          Array.from({ length: 8 }, (_, index) => (
            <li key={index} className="px-4 py-3">
              <Skeleton w={`${60 + ((index * 13) % 35)}%`} />
            </li>
          ))}
        {data?.rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              disabled={!row.here}
              title={row.here ? row.title : t('numbers.left')}
              onClick={() => go('queue', row.id)}
              className="grid w-full gap-0.5 px-4 py-1.5 text-left enabled:hover:bg-hover"
            >
              <span className="flex items-baseline gap-2">
                <span className="mono flex-none text-sm text-ink-2">{row.id}</span>
                <span className="ell min-w-0 flex-1 text-sm text-ink-2" title={row.partnerName}>
                  {row.partnerName}
                </span>
                <span className="flex-none text-sm">{t(`numbers.outcome.${row.outcome}`)}</span>
              </span>
              <span className="ell">{row.title}</span>
              <span className="text-sm text-ink-2 tabular-nums">
                {isoOf(row.applied)}
                {row.finished !== null && ` → ${isoOf(row.finished)}`}
                {row.days !== null && ` · ${t('numbers.daysValue', { days: row.days })}`}
                {row.reason !== '' && ` · ${t(`reason.${row.reason}`, { defaultValue: row.reason })}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {total > PAGE && (
        <div className="flex items-center gap-2 border-t border-line px-4 py-1.5">
          <Button size="small" disabled={offset === 0} onClick={() => turn(Math.max(0, offset - PAGE))}>
            {t('numbers.newer')}
          </Button>
          <span className="flex-1 text-center text-sm text-ink-2 tabular-nums">
            {t('numbers.range', {
              from: count(offset + 1, i18n.language),
              to: count(Math.min(total, offset + PAGE), i18n.language),
            })}
          </span>
          <Button size="small" disabled={offset + PAGE >= total} onClick={() => turn(offset + PAGE)}>
            {t('numbers.older')}
          </Button>
        </div>
      )}
    </div>
  )
}
