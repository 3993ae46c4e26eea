import { ListChecks, Printer } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueQuery, QueueRow, RequestColumn } from '../../../electron/contract/core.contract.ts'
import { ListExport } from '../../app/ExportMenu.tsx'
import { attempt } from '../../app/act.ts'
import { useTopics } from '../../app/data.ts'
import { dueText } from '../../app/due.ts'
import { useNow } from '../../app/hooks.ts'
import { go } from '../../app/routes.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Check, RowCheck } from '../../ui/Check.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { ServiceMark } from '../../ui/ServiceMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'
import { cx } from '../../ui/cx.ts'
import { PrintPreview } from '../prints/PrintPreview.tsx'
import { printNow } from '../prints/print.ts'

const MOST = 500
const QUERY: QueueQuery = {
  text: '',
  filter: { status: ['WillSupply'], stage: ['queued'], role: 'supplier' },
  sort: 'callNumber',
  descending: false,
}

/** What one needs between the shelves. */
const COLUMNS: RequestColumn[] = ['callNumber', 'location', 'title', 'author', 'journal', 'year', 'volumeNo', 'issueNo', 'pages', 'isbn', 'issn', 'id', 'service', 'partner', 'due'] // prettier-ignore

type Shelf = { callNumber: string; location: string }

/** Where the wanted volumes stand, for rows as they come. A copy's row itself names only its journal. */
function useShelves(rows: readonly QueueRow[] | null): ReadonlyMap<string, Shelf> {
  const [known, setKnown] = useState<ReadonlyMap<string, Shelf>>(new Map())
  useEffect(() => {
    if (!rows) return
    let live = true
    void Promise.all(rows.map((row) => core('request.get', { id: row.id })))
      .then((details) => {
        if (live) setKnown(new Map(details.map(({ row, fields }) => [row.id, fields])))
      })
      // A request that left meanwhile: the list itself is read again with the same event.
      .catch(() => {})
    return () => {
      live = false
    }
  }, [rows])
  return known
}

/** Accepted requests nobody has fetched yet, as one walks the shelves. */
export function PullPlace() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const [rows, setRows] = useState<readonly QueueRow[] | null>(null)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [people, setPeople] = useState<1 | 2>(1)
  const [preview, setPreview] = useState<string[] | null>(null)
  const [busy, setBusy] = useState(false)
  const shelves = useShelves(rows)

  const load = useCallback(() => {
    void attempt(() => core('queue.window', { query: QUERY, offset: 0, limit: MOST })).then((reply) => reply && setRows(reply.rows)) // prettier-ignore
  }, [])
  useEffect(load, [load])
  useTopics(['queue'], load)

  const chosen = useMemo(() => (rows ?? []).filter((row) => !left.has(row.id)), [rows, left])
  const half = Math.ceil(chosen.length / 2)
  const parts = people === 1 ? [chosen] : [chosen.slice(0, half), chosen.slice(half)].filter((part) => part.length > 0)
  const print = async () => {
    setBusy(true)
    for (const part of parts) if (!(await printNow('pullSlip', part.map((row) => row.id)))) break // prettier-ignore
    setBusy(false)
  }
  const toggle = (id: string) =>
    setLeft((old) => {
      const next = new Set(old)
      if (!next.delete(id)) next.add(id)
      return next
    })

  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)_auto]" aria-label={t('place.pull')}>
      <PlaceHead title={t('place.pull')} sub={rows && t('pull.figures', { count: rows.length })}>
        <span className="lbl">{t('pull.split')}</span>
        <Chip on={people === 1} onChange={() => setPeople(1)}>
          {t('pull.one')}
        </Chip>
        <Chip on={people === 2} onChange={() => setPeople(2)} disabled={chosen.length < 2}>
          {t('pull.two')}
        </Chip>
        <ListExport order={{ list: 'requests', query: QUERY, columns: COLUMNS }} title={t('place.pull')} />
      </PlaceHead>
      {rows?.length === 0 ? (
        <div className="bg-panel">
          <EmptyState
            icon={ListChecks}
            title={t('pull.emptyTitle')}
            action={<Button onClick={() => go('queue')}>{t('pull.toQueue')}</Button>}
          >
            {t('pull.empty')}
          </EmptyState>
        </div>
      ) : (
        <div className="overflow-auto bg-panel" tabIndex={0} role="region" aria-label={t('pull.head.shelf')}>
          <table className="w-full table-fixed border-collapse">
            <thead className="sticky top-0 z-10 bg-panel-2 text-left text-xs text-ink-3">
              <tr className="h-7 border-b border-line">
                <th className="w-10 pl-3.5 font-normal">
                  <Check
                    on={chosen.length > 0 && chosen.length === rows?.length}
                    some={chosen.length > 0 && chosen.length < (rows?.length ?? 0)}
                    onChange={(on) => setLeft(on ? new Set() : new Set((rows ?? []).map((row) => row.id)))}
                    label={t('pull.all')}
                  />
                </th>
                <th className="w-9 font-normal">
                  <span className="sr-only">{t('queue.head.service')}</span>
                </th>
                <th className="w-[30%] font-normal">{t('pull.head.shelf')}</th>
                <th className="font-normal">{t('queue.head.title')}</th>
                <th className="w-28 font-normal">{t('pull.head.number')}</th>
                <th className="w-32 font-normal">{t('queue.head.due')}</th>
              </tr>
            </thead>
            <tbody>
              {rows === null &&
                [0, 1, 2, 3, 4].map((n) => (
                  <tr key={n} className="h-11 border-b border-line">
                    <td colSpan={6} className="px-3.5">
                      <Skeleton w={`${50 + ((n * 23) % 40)}%`} />
                    </td>
                  </tr>
                ))}
              {rows?.map((row) => {
                const place = people === 2 ? parts.findIndex((part) => part.includes(row)) : -1
                return (
                  <tr key={row.id} className={cx('h-11 border-b border-line', left.has(row.id) && 'text-ink-3')}>
                    <td className="pl-3.5">
                      <RowCheck
                        on={!left.has(row.id)}
                        onChange={() => toggle(row.id)}
                        label={t('queue.markRow', { title: row.title })}
                      />
                    </td>
                    <td>
                      <ServiceMark service={row.service} />
                    </td>
                    <td className="pr-3">
                      <div className="ell font-mono text-md font-medium" title={shelves.get(row.id)?.callNumber}>
                        {shelves.get(row.id)?.callNumber || '—'}
                      </div>
                      <div className="ell text-sm text-ink-2">
                        {shelves.get(row.id)?.location || t('pull.noLocation')}
                      </div>
                    </td>
                    <td className="pr-3">
                      <div className="ell" title={row.title}>
                        {place >= 0 && (
                          <span className="mr-2 text-sm text-accent">
                            {t(place === 0 ? 'pull.first' : 'pull.second')}
                          </span>
                        )}
                        {row.title}
                      </div>
                      <div className="ell text-sm text-ink-3" title={`${row.subtitle} · ${row.partnerName}`}>
                        {row.service === 'copy' ? `${row.subtitle} · ${row.partnerName}` : row.partnerName}
                      </div>
                    </td>
                    <td className="mono text-ink-2">{row.id}</td>
                    <td>
                      <UrgencyMark urgency={row.urgency}>{dueText(row, now, t, i18n.language)}</UrgencyMark>
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      <div className="flex items-center justify-end gap-2 border-t border-line bg-panel px-3.5 py-2.5">
        <span className="mr-auto text-ink-2" role="status">
          {t('pull.chosen', { count: chosen.length })}
          {people === 2 && parts.length === 2 && t('pull.parts', { a: parts[0]!.length, b: parts[1]!.length })}
        </span>
        <Button size="big" disabled={chosen.length === 0} onClick={() => setPreview(chosen.map((row) => row.id))}>
          {t('print.preview')}
        </Button>
        <Button
          kind="primary"
          size="big"
          icon={Printer}
          disabled={chosen.length === 0 || busy}
          onClick={() => void print()}
          data-action="printPullList"
        >
          {t('pull.print', { count: chosen.length })}
        </Button>
      </div>
      {preview && <PrintPreview kind="pullSlip" objectIds={preview} onClose={() => setPreview(null)} />}
    </section>
  )
}
