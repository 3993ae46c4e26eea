import { Inbox, ListChecks, ScanLine, SearchX } from 'lucide-react'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueRow } from '../../../electron/contract/core.contract.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { useCommand } from '../../app/commands.ts'
import { useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { count } from '../../app/format.ts'
import { useHello, useNow, useRoomy } from '../../app/hooks.ts'
import { go, setOpen, setSearch, useRoute } from '../../app/routes.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { DataGrid, HeadCell, type GridHandle } from '../../ui/DataGrid.tsx'
import { Drawer } from '../../ui/Drawer.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { PausedMark } from '../numbers/PausedMark.tsx'
import { Select } from '../../ui/Select.tsx'
import { primaryAction, start, startMany } from '../request/actions.ts'
import { RequestPanel } from '../request/RequestPanel.tsx'
import { groupable, queryOf, VIEWS } from './query.ts'
import { QUEUE_COLUMNS, QueueRowSkeleton, QueueRowView } from './QueueRowView.tsx'
import { ScanOpenDialog } from './ScanOpenDialog.tsx'
import { clearMarks, setView, toggleMark, useQueue } from './store.ts'
import { useQueueWindow } from './useQueueWindow.ts'

/** The inbound queue: copies and loans in one list, the request beside it. */
export function QueuePlace() {
  const { t, i18n } = useTranslation()
  const roomy = useRoomy()
  const { view, sort, grouped, everywhere, cursor, marked } = useQueue()
  // Keys are shown at once; the rows follow when there is time between two keys.
  const search = useDeferredValue(useRoute((route) => route.search))
  const wanted = useRoute((route) => route.open.queue)
  const density = useHello().data?.settings.density
  const rowHeight = density === 'compact' ? 28 : 34
  const now = useNow()
  const [drawer, setDrawer] = useState(false)
  const [scanOpen, setScanOpen] = useState(false)
  const grid = useRef<GridHandle>(null)

  const query = useMemo(() => queryOf(view, search, sort, everywhere), [view, search, sort, everywhere])
  const groups = grouped && groupable(view, sort, everywhere)
  const rows = useQueueWindow(query, groups)
  const counts = useCore('counts.get', {}, ['counts', 'queue']).data

  const pick = useCallback((id: string, index: number, extend: boolean) => {
    useQueue.setState({ cursor: { id, index } })
    if (extend) toggleMark(id)
    setDrawer(true)
  }, [])
  const moveTo = (index: number) => {
    const row = rows.row(index)
    if (!row) return
    useQueue.setState({ cursor: { id: row.id, index } })
    grid.current?.show(index)
    grid.current?.focus()
  }

  // Opened from elsewhere (a scan, a toast): put the cursor there as soon as its place is known.
  useEffect(() => {
    if (!wanted) return
    let live = true
    void core('queue.indexOf', { query, id: wanted })
      .then(({ index }) => {
        if (!live) return
        useQueue.setState({ cursor: { id: wanted, index } })
        grid.current?.show(index)
        setOpen('queue', null)
      })
      // The panel shows the request even when the view cannot place it.
      .catch(() => {})
    return () => {
      live = false
    }
  }, [wanted, query])

  // Without a cursor the first row has it; and after a change the cursor stays on its request, unmoved on screen.
  const first = rows.row(0)
  useEffect(() => {
    if (!cursor && first && !wanted) useQueue.setState({ cursor: { id: first.id, index: 0 } })
  }, [cursor, first, wanted])
  const underCursor = cursor && cursor.index >= 0 ? rows.row(cursor.index) : undefined
  useEffect(() => {
    if (!cursor || !rows.ready || !underCursor || underCursor.id === cursor.id) return
    let live = true
    void core('queue.indexOf', { query, id: cursor.id })
      .then(({ index }) => {
        if (!live) return
        if (index < 0) {
          // It left this view: the next one takes its place under the eye.
          useQueue.setState({ cursor: { id: underCursor.id, index: cursor.index } })
        } else {
          useQueue.setState({ cursor: { id: cursor.id, index } })
          grid.current?.shift(index - cursor.index)
        }
      })
      // The next event asks again.
      .catch(() => {})
    return () => {
      live = false
    }
  }, [cursor, underCursor, rows.ready, query])

  const subjects = (): QueueRow[] => {
    if (marked.size === 0) return underCursor ? [underCursor] : []
    const found: QueueRow[] = []
    for (let index = 0; index < rows.total && found.length < marked.size; index++) {
      const row = rows.row(index)
      if (row && marked.has(row.id)) found.push(row)
    }
    return found
  }
  const any = underCursor !== undefined || marked.size > 0
  const doMany = (action: Parameters<typeof startMany>[0]) =>
    void startMany(action, subjects()).then(() => clearMarks())
  const primary = underCursor && primaryAction(underCursor)

  useCommand('queue.next', () => moveTo((cursor?.index ?? -1) + 1), rows.total > 0)
  useCommand('queue.previous', () => moveTo(Math.max(0, (cursor?.index ?? 1) - 1)), rows.total > 0)
  useCommand('queue.primary', () => underCursor && primary && start(primary, underCursor), Boolean(primary))
  useCommand('queue.select', () => cursor && toggleMark(cursor.id), any)
  useCommand('queue.selectAll', () => {
    const all = new Set<string>()
    for (let index = 0; index < Math.min(rows.total, 1000); index++) {
      const row = rows.row(index)
      if (row) all.add(row.id)
    }
    useQueue.setState({ marked: all })
  })
  useCommand('queue.clear', () => (marked.size > 0 ? clearMarks() : setSearch('')), marked.size > 0 || search !== '')
  useCommand('queue.scanOpen', () => setScanOpen(true))
  useCommand('queue.accept', () => doMany('accept'), any)
  useCommand('queue.claim', () => doMany('claim'), any)
  useCommand('queue.release', () => doMany('release'), any)
  useCommand('queue.cannotSupply', () => doMany('cannotSupply'), any)
  useCommand('queue.retryLater', () => doMany('retryLater'), any)
  useCommand('queue.forward', () => doMany('forward'), any)
  useCommand('queue.note', () => doMany('note'), any)
  useCommand('queue.printPullSlip', () => doMany('printPullSlip'), any)

  const late = Math.min(rows.late, rows.total)
  const today = Math.min(rows.today, rows.total - late)
  const rest = rows.total - late - today
  const heads = groups
    ? [
        { key: 'late', before: 0, n: late, hint: t('queue.lateHint') },
        { key: 'today', before: late, n: today, hint: '' },
        { key: 'safe', before: late + today, n: rest, hint: '' },
      ]
        .filter((group) => group.n > 0)
        .map(({ key, before, n, hint }) => ({
          key,
          before,
          node: (
            <>
              {t(`queue.group.${key}`)}
              <span className="font-normal text-ink-3">{count(n, i18n.language)}</span>
              {hint && <span className="font-normal text-ink-3">{hint}</span>}
            </>
          ),
        }))
    : []

  const chipCount = { all: undefined, mine: counts?.mine, new: counts?.new, urgent: counts?.urgent, loan: undefined, copy: undefined, out: undefined, done: undefined } // prettier-ignore
  const panel = <RequestPanel id={cursor?.id ?? null} />
  const list = (
    <section className="grid min-h-0 min-w-0 grid-rows-[46px_40px_minmax(0,1fr)]" aria-label={t('place.queue')}>
      <PlaceHead
        title={t('place.queue')}
        sub={counts && t('queue.figures', { all: count(counts.all, i18n.language), copy: count(counts.copy, i18n.language), loan: count(counts.loan, i18n.language) })} // prettier-ignore
      >
        <PausedMark />
        <Button icon={ListChecks} onClick={() => go('pull')}>
          {t('queue.toPull')}
        </Button>
        <CommandButton id="queue.scanOpen" icon={ScanLine} />
      </PlaceHead>
      <div className="flex items-center gap-[7px] overflow-x-auto border-b border-line bg-panel px-3.5 [scrollbar-width:none]">
        {marked.size > 0 ? (
          <MarkedBar n={marked.size} />
        ) : (
          <>
            {VIEWS.map((id) => (
              <Chip key={id} on={!everywhere && view === id} onChange={() => setView(id)}>
                {t(`queue.view.${id}`)}
                {chipCount[id] !== undefined && <span>{count(chipCount[id], i18n.language)}</span>}
              </Chip>
            ))}
            <span className="flex-1" />
            {search && (
              <span className="flex-none text-sm text-ink-2" role="status">
                {t('queue.found', { count: rows.total })}
              </span>
            )}
            {search && view !== 'done' && (
              <Chip on={everywhere} onChange={(on) => useQueue.setState({ everywhere: on, cursor: null })}>
                {t('queue.everywhere')}
              </Chip>
            )}
            <Chip
              on={groups}
              onChange={(on) => useQueue.setState({ grouped: on, ...(on ? { sort: 'due' as const } : {}) })}
            >
              {t('queue.grouped')}
            </Chip>
            <Select
              label={t('queue.sort')}
              hideLabel
              value={sort}
              options={(['due', 'applied', 'title', 'partner', 'callNumber'] as const).map((id) => ({
                id,
                label: t(`queue.by.${id}`),
              }))}
              onChange={(next) => useQueue.setState({ sort: next, cursor: null })}
              className="w-32 flex-none [&_button]:h-6 [&_button]:rounded-xl [&_button]:text-sm"
            />
          </>
        )}
      </div>
      {rows.ready && rows.total === 0 ? (
        <Nothing search={search} error={rows.error ? errorText(t, rows.error.code, rows.error.params) : null} />
      ) : (
        <DataGrid
          ref={grid}
          label={t('place.queue')}
          total={rows.ready ? rows.total : 12}
          rowHeight={rowHeight}
          columns={QUEUE_COLUMNS}
          groups={heads}
          activeId={cursor ? `row-${cursor.id}` : undefined}
          multiselect
          onRange={rows.onRange}
          head={
            <>
              <HeadCell label={t('queue.head.mark')} />
              <HeadCell label={t('queue.head.service')} />
              <HeadCell>{t('queue.head.title')}</HeadCell>
              <HeadCell>{t('queue.head.partner')}</HeadCell>
              <HeadCell>{t('queue.head.due')}</HeadCell>
              <HeadCell>{t('queue.head.stage')}</HeadCell>
              <HeadCell>{t('queue.head.holder')}</HeadCell>
            </>
          }
          row={(index) => {
            const row = rows.ready ? rows.row(index) : undefined
            if (!row) return <QueueRowSkeleton index={index} />
            return (
              <QueueRowView
                row={row}
                index={index}
                active={cursor?.id === row.id}
                marked={marked.has(row.id)}
                query={search}
                now={now}
                onPick={pick}
                onMark={toggleMark}
                onOpen={openRow}
              />
            )
          }}
        />
      )}
      {scanOpen && <ScanOpenDialog onClose={() => setScanOpen(false)} />}
    </section>
  )
  if (!roomy)
    return (
      <div className="grid min-h-0">
        {list}
        <Drawer label={t('request.details')} open={drawer && cursor !== null} onClose={() => setDrawer(false)}>
          {panel}
        </Drawer>
      </div>
    )
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_clamp(316px,28vw,392px)]">
      {list}
      <aside className="min-h-0 border-l border-line bg-panel" aria-label={t('request.details')}>
        {panel}
      </aside>
    </div>
  )
}

/** A double click does what Enter does: it opens the request where it is worked on. */
function openRow(id: string): void {
  void core('request.get', { id })
    .then(({ row }) => {
      const action = primaryAction(row)
      if (action === 'scan' || action === 'bindItem' || action === 'fulfil') start(action, row)
    })
    // The row is on screen with its panel; a failed second look changes nothing.
    .catch(() => {})
}

function MarkedBar({ n }: { n: number }) {
  const { t } = useTranslation()
  return (
    <>
      <span className="flex-none font-semibold text-accent" role="status">
        {t('queue.marked', { count: n })}
      </span>
      <span className="flex-1" />
      {(['queue.accept', 'queue.claim', 'queue.printPullSlip', 'queue.cannotSupply', 'queue.forward'] as const).map(
        (id) => (
          <CommandButton key={id} id={id} size="small" />
        ),
      )}
      <Button kind="quiet" size="small" kbd="Escape" onClick={clearMarks}>
        {t('queue.unmark')}
      </Button>
    </>
  )
}

function Nothing({ search, error }: { search: string; error: string | null }) {
  const { t } = useTranslation()
  if (error) return <EmptyState icon={SearchX} title={t('queue.errorTitle')}>{error}</EmptyState> // prettier-ignore
  if (search)
    return (
      <EmptyState
        icon={SearchX}
        title={t('queue.notFoundTitle', { text: search })}
        action={
          <>
            <Button onClick={() => useQueue.setState({ everywhere: true, cursor: null })}>
              {t('queue.searchEverywhere')}
            </Button>
            <Button kind="quiet" kbd="Escape" onClick={() => setSearch('')}>
              {t('queue.clearSearch')}
            </Button>
          </>
        }
      >
        {t('queue.notFound')}
      </EmptyState>
    )
  return (
    <EmptyState icon={Inbox} title={t('queue.emptyTitle')}>
      {t('queue.empty')}
    </EmptyState>
  )
}
