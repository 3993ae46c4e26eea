import { ListChecks, ScanLine } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { QueueRow } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { useCommand } from '../../app/commands.ts'
import { ContextMenu } from '../../app/ContextMenu.tsx'
import { useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { count } from '../../app/format.ts'
import { useRoomy } from '../../app/hooks.ts'
import { go, setOpen, setSearch, useRoute } from '../../app/routes.ts'
import { toast } from '../../app/toasts.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import type { GridHandle } from '../../ui/DataGrid.tsx'
import { Drawer } from '../../ui/Drawer.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { PausedMark } from '../numbers/PausedMark.tsx'
import { FirstSteps } from '../guide/FirstSteps.tsx'
import { Updated } from '../guide/Updated.tsx'
import { primaryAction, start, startMany } from '../request/actions.ts'
import { RequestPanel } from '../request/RequestPanel.tsx'
import { MOST_MARKED, rowsBetween } from './mark-many.ts'
import { Nothing } from './Nothing.tsx'
import { copyNumber, menuCommands } from './row-actions.ts'
import { rowAt } from './reader.ts'
import { isAnswered, useReading } from './reading.ts'
import { QueueList, type RowMenu } from './QueueList.tsx'
import { FoundLine, QueueToolbar } from './QueueToolbar.tsx'
import { SaveViewDialog } from './SavedViews.tsx'
import { ScanOpenDialog } from './ScanOpenDialog.tsx'
import {
  clearMarks,
  cursorIndex,
  mark,
  moveCursor,
  onlyPartner,
  rowUnderCursor,
  toggleMark,
  useQueue,
} from './store.ts'
import { useColumns } from './useColumns.ts'

/** The inbound queue: copies and loans in one list, the request beside it. */
export function QueuePlace() {
  const { t, i18n } = useTranslation()
  const roomy = useRoomy()
  useReading()
  const { query, key, error, total } = useQueue(useShallow(({ answer: { query, key, error, total } }) => ({ query, key, error, total }))) // prettier-ignore
  const underCursor = useQueue(rowUnderCursor)
  const cursorId = useQueue(({ cursor }) => cursor?.id ?? null)
  const partner = useQueue((state) => state.partner)
  const marked = useQueue((state) => state.marked)
  // Of the rows that are shown; what is typed since then has its answer still to come.
  const search = query.text
  const nothing = key !== '' && total === 0
  const wanted = useRoute((route) => route.open.queue)
  const [drawer, setDrawer] = useState(false)
  const [asking, setAsking] = useState<'scanOpen' | 'saveView' | null>(null)
  const [menu, setMenu] = useState<RowMenu | null>(null)
  const grid = useRef<GridHandle>(null)
  const { columns, keep, usual, resize, resized } = useColumns()

  const counts = useCore('counts.get', {}, ['counts', 'queue']).data
  const openDrawer = useCallback(() => setDrawer(true), [])
  const moveTo = (index: number) => {
    const row = rowAt(useQueue.getState().answer, index)
    if (!row) return
    moveCursor(row, index)
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
  }, [wanted, query, key])

  const subjects = (): QueueRow[] => (marked.size > 0 ? [...marked.values()] : underCursor ? [underCursor] : [])
  const any = underCursor !== undefined || marked.size > 0
  const doMany = (action: Parameters<typeof startMany>[0]) =>
    void startMany(action, subjects()).then(() => clearMarks())
  const primary = underCursor && primaryAction(underCursor)

  useCommand('queue.next', () => moveTo(cursorIndex() + 1), total > 0)
  useCommand('queue.previous', () => moveTo(Math.max(0, cursorIndex() - 1)), total > 0)
  useCommand('queue.primary', () => underCursor && primary && start(primary, underCursor), Boolean(primary))
  useCommand('queue.select', () => underCursor && toggleMark(underCursor), any)
  useCommand(
    'queue.selectAll',
    () => {
      void attempt(() => rowsBetween(query, 0, total - 1)).then((all) => {
        if (!all) return
        mark(all)
        if (total > MOST_MARKED) toast({ tone: 'plain', text: () => t('queue.markedFirst', { n: count(MOST_MARKED, i18n.language) }) }) // prettier-ignore
      })
    },
    total > 0,
  )
  useCommand('queue.clear', () => (marked.size > 0 ? clearMarks() : setSearch('')), marked.size > 0 || search !== '')
  useCommand('queue.scanOpen', () => setAsking('scanOpen'))
  useCommand('queue.saveView', () => setAsking('saveView'))
  useCommand('queue.samePartner', () => underCursor && onlyPartner(underCursor.partner), underCursor !== undefined)
  useCommand('queue.copyNumber', () => underCursor && copyNumber(underCursor.id, () => t('queue.copied', { id: underCursor.id })), underCursor !== undefined) // prettier-ignore
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

  const panel = <RequestPanel id={useShownBeside(key)} empty={nothing} />
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
      <QueueToolbar counts={counts} columns={columns} onColumns={keep} onUsualColumns={usual} />
      {nothing ? (
        <Nothing search={search} error={error ? errorText(t, error.code, error.params) : null} />
      ) : (
        <QueueList
          grid={grid}
          columns={columns}
          onResize={resize}
          onResized={resized}
          onPicked={openDrawer}
          onMenu={setMenu}
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
        <Drawer label={t('request.details')} open={drawer && cursorId !== null} onClose={() => setDrawer(false)}>
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

/** How long another question's rows stand before the first of them is shown beside them, ms: the next key comes sooner. */
const STANDS_MS = 120

/** The request beside the rows: at once where somebody chose it; where typing brings other rows with every key, once they stand. */
function useShownBeside(key: string): string | null {
  const id = useQueue(({ cursor }) => cursor?.id ?? null)
  const brought = useQueue(({ cursor }) => cursor?.brought ?? false)
  const [shown, setShown] = useState({ id, key })
  const atOnce = !brought || shown.key === key || shown.key === ''
  if (atOnce && (shown.id !== id || shown.key !== key)) setShown({ id, key })
  useEffect(() => {
    if (atOnce) return
    const timer = setTimeout(() => setShown({ id, key }), STANDS_MS)
    return () => clearTimeout(timer)
  }, [atOnce, id, key])
  return atOnce ? id : shown.id
}
