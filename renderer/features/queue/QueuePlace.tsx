import { ListChecks, ScanLine } from 'lucide-react'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueRow } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { useCommand } from '../../app/commands.ts'
import { ContextMenu } from '../../app/ContextMenu.tsx'
import { useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { count } from '../../app/format.ts'
import { useHello, useNow, useRoomy } from '../../app/hooks.ts'
import { go, setOpen, setSearch, useRoute } from '../../app/routes.ts'
import { toast } from '../../app/toasts.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { ColumnHead, DataGrid, HeadCell, type GridHandle } from '../../ui/DataGrid.tsx'
import { Drawer } from '../../ui/Drawer.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { PausedMark } from '../numbers/PausedMark.tsx'
import { FirstSteps } from '../guide/FirstSteps.tsx'
import { Updated } from '../guide/Updated.tsx'
import { primaryAction, start, startMany } from '../request/actions.ts'
import { RequestPanel } from '../request/RequestPanel.tsx'
import { COLUMNS, leastWidth, trackOf } from './columns.tsx'
import { groupHeads } from './group-heads.tsx'
import { MOST_MARKED, rowsBetween } from './mark-many.ts'
import { Nothing } from './Nothing.tsx'
import { copyNumber, menuCommands, openRow } from './row-actions.ts'
import { rowAt } from './reader.ts'
import { isAnswered, showRows, useReading } from './reading.ts'
import { QueueRowSkeleton, QueueRowView } from './QueueRowView.tsx'
import { FoundLine, QueueToolbar } from './QueueToolbar.tsx'
import { SaveViewDialog } from './SavedViews.tsx'
import { ScanOpenDialog } from './ScanOpenDialog.tsx'
import { clearMarks, mark, onlyPartner, sortBy, toggleMark, useQueue } from './store.ts'
import { useColumns } from './useColumns.ts'

/** The inbound queue: copies and loans in one list, the request beside it. */
export function QueuePlace() {
  const { t, i18n } = useTranslation()
  const roomy = useRoomy()
  useReading()
  const { answer, cursor, marked, partner } = useQueue()
  // Of the rows that are shown; what is typed since then has its answer still to come.
  const { query, total } = answer
  const search = query.text
  const ready = answer.key !== ''
  const wanted = useRoute((route) => route.open.queue)
  const density = useHello().data?.settings.density
  const rowHeight = density === 'compact' ? 28 : 34
  const now = useNow()
  const [drawer, setDrawer] = useState(false)
  const [asking, setAsking] = useState<'scanOpen' | 'saveView' | null>(null)
  const [menu, setMenu] = useState<{ row: QueueRow; at: { x: number; y: number } } | null>(null)
  const grid = useRef<GridHandle>(null)
  const { columns, keep, usual, resize, resized } = useColumns()

  const counts = useCore('counts.get', {}, ['counts', 'queue']).data
  const libraries = useCore('libraries.list', answer.by === 'partner' ? {} : null, ['counts']).data

  const pick = useCallback(
    (row: QueueRow, index: number, { shift, toggle }: { shift: boolean; toggle: boolean }) => {
      const from = useQueue.getState().cursor?.index ?? index
      useQueue.setState({ cursor: { id: row.id, index } })
      if (toggle) toggleMark(row)
      else if (shift)
        void attempt(() => rowsBetween(query, Math.min(from, index), Math.max(from, index))).then(
          (found) => found && mark(found),
        )
      setDrawer(true)
    },
    [query],
  )
  const openMenu = useCallback((row: QueueRow, index: number, at: { x: number; y: number }) => {
    useQueue.setState({ cursor: { id: row.id, index } })
    setMenu({ row, at })
  }, [])
  const moveTo = (index: number) => {
    const row = rowAt(answer, index)
    if (!row) return
    useQueue.setState({ cursor: { id: row.id, index } })
    grid.current?.show(index)
    grid.current?.focus()
  }

  // Opened from elsewhere (a scan, a toast): put the cursor there as soon as its place is known.
  useEffect(() => {
    if (!wanted || !isAnswered()) return
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
  }, [wanted, query, answer.key])

  // When rows come or go above it, the row under the cursor stays where it is on the screen.
  const before = useRef(cursor)
  useLayoutEffect(() => {
    const old = before.current
    before.current = cursor
    if (old && cursor && old.id === cursor.id) grid.current?.follow(old.index, cursor.index)
  }, [cursor])
  const there = cursor ? rowAt(answer, cursor.index) : undefined
  const underCursor = there && there.id === cursor?.id ? there : undefined

  const subjects = (): QueueRow[] => (marked.size > 0 ? [...marked.values()] : underCursor ? [underCursor] : [])
  const any = underCursor !== undefined || marked.size > 0
  const doMany = (action: Parameters<typeof startMany>[0]) =>
    void startMany(action, subjects()).then(() => clearMarks())
  const primary = underCursor && primaryAction(underCursor)

  useCommand('queue.next', () => moveTo((cursor?.index ?? -1) + 1), total > 0)
  useCommand('queue.previous', () => moveTo(Math.max(0, (cursor?.index ?? 1) - 1)), total > 0)
  useCommand('queue.primary', () => underCursor && primary && start(primary, underCursor), Boolean(primary))
  useCommand('queue.select', () => underCursor && toggleMark(underCursor), any)
  useCommand(
    'queue.selectAll',
    () => {
      void attempt(() => rowsBetween(query, 0, total - 1)).then((all) => {
        if (!all) return
        mark(all)
        if (total > MOST_MARKED) toast({ tone: 'plain', text: t('queue.markedFirst', { n: count(MOST_MARKED, i18n.language) }) }) // prettier-ignore
      })
    },
    total > 0,
  )
  useCommand('queue.clear', () => (marked.size > 0 ? clearMarks() : setSearch('')), marked.size > 0 || search !== '')
  useCommand('queue.scanOpen', () => setAsking('scanOpen'))
  useCommand('queue.saveView', () => setAsking('saveView'))
  useCommand('queue.samePartner', () => underCursor && onlyPartner(underCursor.partner), underCursor !== undefined)
  useCommand('queue.copyNumber', () => underCursor && copyNumber(underCursor.id, t('queue.copied', { id: underCursor.id })), underCursor !== undefined) // prettier-ignore
  useCommand(
    'queue.menu',
    () => {
      if (!underCursor) return
      const box = document.getElementById(`row-${underCursor.id}`)?.getBoundingClientRect()
      setMenu({ row: underCursor, at: { x: (box?.left ?? 0) + 60, y: box?.bottom ?? 0 } })
    },
    underCursor !== undefined,
  )
  useCommand('queue.accept', () => doMany('accept'), any)
  useCommand('queue.claim', () => doMany('claim'), any)
  useCommand('queue.release', () => doMany('release'), any)
  useCommand('queue.cannotSupply', () => doMany('cannotSupply'), any)
  useCommand('queue.retryLater', () => doMany('retryLater'), any)
  useCommand('queue.forward', () => doMany('forward'), any)
  useCommand('queue.note', () => doMany('note'), any)
  useCommand('queue.printPullSlip', () => doMany('printPullSlip'), any)

  const heads = groupHeads(answer.groups, answer.by, total, {
    t,
    language: i18n.language,
    now,
    nameOf: (id) => libraries?.find((one) => one.id === id)?.name ?? id,
  })
  const track = trackOf(columns)
  const orderOf = (id: keyof typeof COLUMNS) =>
    COLUMNS[id].sort !== query.sort ? null : query.descending ? 'descending' : 'ascending'
  const panel = <RequestPanel id={cursor?.id ?? null} empty={ready && total === 0} />
  const list = (
    <section className="grid min-h-0 min-w-0 grid-rows-[auto_46px_40px_minmax(0,1fr)]" aria-label={t('place.queue')}>
      <div className="min-w-0">
        <FirstSteps />
        <Updated />
      </div>
      <PlaceHead
        title={t('place.queue')}
        sub={search || partner !== null ? <FoundLine total={total} /> : counts && t('queue.figures', { all: count(counts.all, i18n.language), copy: count(counts.copy, i18n.language), loan: count(counts.loan, i18n.language) })} // prettier-ignore
      >
        <PausedMark />
        <Button icon={ListChecks} onClick={() => go('pull')}>
          {t('queue.toPull')}
        </Button>
        <CommandButton id="queue.scanOpen" icon={ScanLine} />
      </PlaceHead>
      <QueueToolbar
        query={query}
        total={total}
        counts={counts}
        columns={columns}
        onColumns={keep}
        onUsualColumns={usual}
      />
      {ready && total === 0 ? (
        <Nothing search={search} error={answer.error ? errorText(t, answer.error.code, answer.error.params) : null} />
      ) : (
        <DataGrid
          ref={grid}
          label={t('place.queue')}
          of={answer.key}
          total={ready ? total : 12}
          rowHeight={rowHeight}
          columns={track}
          leastWidth={leastWidth(columns)}
          groups={heads}
          active={cursor && underCursor ? { id: `row-${cursor.id}`, index: cursor.index } : undefined}
          multiselect
          onRange={showRows}
          head={
            <>
              <HeadCell label={t('queue.head.mark')} />
              <HeadCell label={t('queue.head.service')} />
              {columns.map(({ id }) => {
                const by = COLUMNS[id].sort
                return (
                  <ColumnHead
                    key={id}
                    order={orderOf(id)}
                    onOrder={by && (() => sortBy(by))}
                    onResize={(width) => resize(id, width)}
                    onResized={resized}
                  >
                    {t(`queue.head.${id}`)}
                  </ColumnHead>
                )
              })}
            </>
          }
          row={(index) => {
            const row = rowAt(answer, index)
            if (!row) return <QueueRowSkeleton index={index} track={track} columns={columns} />
            return (
              <QueueRowView
                row={row}
                index={index}
                active={cursor?.id === row.id}
                marked={marked.has(row.id)}
                query={search}
                now={now}
                track={track}
                columns={columns}
                onPick={pick}
                onMark={toggleMark}
                onOpen={openRow}
                onMenu={openMenu}
              />
            )
          }}
        />
      )}
      {asking === 'scanOpen' && <ScanOpenDialog onClose={() => setAsking(null)} />}
      {asking === 'saveView' && <SaveViewDialog onClose={() => setAsking(null)} />}
      {menu && (
        <ContextMenu
          label={menu.row.title}
          at={menu.at}
          commands={menuCommands(menu.row, marked.size > 0)}
          textOf={(id) => (id === 'queue.primary' && primary ? t(`action.${primary}`) : undefined)}
          onClose={() => {
            setMenu(null)
            grid.current?.focus()
          }}
        />
      )}
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
