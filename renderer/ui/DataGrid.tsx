import { ArrowDown, ArrowUp } from 'lucide-react'
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type Ref,
} from 'react'
import { cx } from './cx.ts'
import { layoutRows, TALLEST } from './rows.ts'

const HEADER = 28
/** Rows drawn beyond what is seen, above and below. */
const OVERSCAN = 4
/** What usually stands above and below a table, px: its height is guessed by it until it is known. */
const AROUND = 160
/** Rows written in one picture after a jump: all of them at once would miss the screen's next frame. */
const AT_ONCE = 12
/** Elements kept beyond those that are needed, when a table gets lower. */
const SPARE = 3

export interface GridHandle {
  /** Brings a row into view with the least movement. */
  show(index: number): void
  /** A row went from one place to another: where it is in view, the view goes with it and it stays under the eye. */
  follow(from: number, to: number): void
  focus(): void
}

export interface DataGridProps {
  label: string
  /** What the rows are about; with another of it the table begins at its top. */
  of?: string
  total: number
  rowHeight: number
  columns: string
  /** Below this the table is scrolled sideways, px. */
  leastWidth?: number
  head: ReactNode
  /** Group headers, ascending by the row before which they stand. */
  groups?: readonly { before: number; key: string; node: ReactNode }[]
  /** Null: it is still being read, and a bar shows where it will stand. */
  row: (index: number) => ReactNode
  /** The row the keyboard is on: the id of its element, and its place. */
  active?: { id: string; index: number } | undefined
  /** Called with the first and last row in view (a little more than seen). */
  onRange: (first: number, last: number) => void
  onKeyDown?: (event: KeyboardEvent) => void
  multiselect?: boolean
  ref?: Ref<GridHandle>
}

/** A table of any length: only the rows in view exist. Columns are a CSS grid template shared by head and rows. */
export function DataGrid(props: DataGridProps) {
  const { of = '', total, rowHeight, groups = [], onRange, row, active } = props
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState(() => ({
    of,
    top: 0,
    height: Math.max(200, (globalThis.innerHeight ?? 768) - AROUND),
    known: false,
    /** It jumped further than what was seen, and not all rows that are seen now are written yet. */
    jumped: false,
  }))
  /** Where the table was scrolled to when it was last heard of: to ask the element itself lays the whole page out. */
  const scrolled = useRef(0)
  /** The rows that the last picture showed written out. */
  const written = useRef<ReadonlySet<number>>(new Set())
  const [, writeOn] = useState(0)
  if (view.of !== of) setView({ ...view, of, top: 0, known: false, jumped: false })
  // The first picture holds what is seen and nothing beyond.
  const beyond = view.known ? OVERSCAN : 0
  const before = groups.map((group) => group.before).join()
  const layout = useMemo(
    () => layoutRows(total, rowHeight, before === '' ? [] : before.split(',').map(Number), HEADER),
    [total, rowHeight, before],
  )
  const tall = Math.min(layout.height, TALLEST)
  const ratio = tall > view.height ? Math.max(1, (layout.height - view.height) / (tall - view.height)) : 1
  const y = view.top * ratio
  const first = total === 0 ? 0 : Math.max(0, layout.rowAt(y) - beyond)
  const last = total === 0 ? -1 : Math.min(total - 1, layout.rowAt(y + view.height) + beyond)
  // Not by a transform: a layer of its own for every row costs more than it saves.
  const place = (top: number) => ({ top: ratio === 1 ? top : top - y + view.top })

  const measure = useCallback(() => {
    if (!box.current) return
    const { scrollTop: top, clientHeight: height } = box.current
    scrolled.current = top
    setView((old) => {
      if (old.known && old.top === top && old.height === height) return old
      return { ...old, top, height, known: true, jumped: old.jumped || Math.abs(top - old.top) * ratio > height }
    })
  }, [ratio])
  useLayoutEffect(() => {
    if (!box.current || scrolled.current === 0) return
    box.current.scrollTop = 0
    scrolled.current = 0
  }, [of])
  useLayoutEffect(() => {
    // It tells the first size too, once the page is laid out and before it is drawn.
    const observer = new ResizeObserver(measure)
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [measure])
  useEffect(() => {
    if (last >= first) onRange(first, last)
  }, [first, last, onRange])

  useImperativeHandle(
    props.ref,
    () => ({
      show(index) {
        const element = box.current
        if (!element || index < 0) return
        const from = layout.top(index) / ratio
        const room = element.clientHeight - rowHeight
        const lead = groups.some((group) => group.before === index) ? HEADER : 0
        if (from - lead < element.scrollTop) element.scrollTop = from - lead
        else if (from > element.scrollTop + room) element.scrollTop = from - room
      },
      follow(from, to) {
        if (!box.current || from === to || from < first || from > last) return
        box.current.scrollTop += ((to - from) * rowHeight) / ratio
        // At once: the rows that are in view now are drawn with this very picture.
        measure()
      },
      focus: () => box.current?.focus({ preventScroll: true }),
    }),
    [layout, ratio, rowHeight, groups, measure, first, last],
  )

  // A row that comes into view takes over the elements of one that left: to change them is cheaper than to make others.
  // So there are as many as are ever drawn at once and no more; a table that turns out a little lower keeps its own.
  const most = Math.ceil(view.height / rowHeight) + 2 * OVERSCAN + 1
  const pooled = useRef(most)
  if (most > pooled.current || most < pooled.current - SPARE) pooled.current = most
  const pool = pooled.current
  const rows: ReactNode[] = []
  const nowWritten = new Set<number>()
  let left = view.jumped ? AT_ONCE : Infinity
  for (let index = first; index <= last; index++) {
    const drawn = written.current.has(index) || left > 0 ? row(index) : null
    if (drawn !== null) {
      if (!written.current.has(index)) left--
      nowWritten.add(index)
    }
    rows.push(
      <div
        key={index % pool}
        className={cx('absolute inset-x-0 bg-panel contain-strict', drawn === null && 'row-coming')}
        role="presentation"
        style={{ height: rowHeight, ...place(layout.top(index)) }}
      >
        {drawn}
      </div>,
    )
  }
  useLayoutEffect(() => {
    written.current = nowWritten
    if (!view.jumped) return
    if (nowWritten.size === last - first + 1) setView((old) => ({ ...old, jumped: false }))
    if (left > 0) return
    const next = requestAnimationFrame(() => writeOn((count) => count + 1))
    return () => cancelAnimationFrame(next)
  })
  return (
    <div className="relative h-full min-h-0">
      <div
        role="grid"
        aria-label={props.label}
        aria-rowcount={total + 1}
        aria-multiselectable={props.multiselect}
        // Scrolled out of view it does not exist, and must not be named.
        aria-activedescendant={active && active.index >= first && active.index <= last ? active.id : undefined}
        tabIndex={0}
        ref={box}
        onScroll={measure}
        onKeyDown={props.onKeyDown}
        className="group/grid absolute inset-0 overflow-auto bg-panel outline-none contain-strict"
      >
        <div
          role="row"
          className="sticky top-0 z-10 grid h-7 items-center border-b border-line bg-panel-2 px-2.5 text-xs text-ink-3"
          style={{ gridTemplateColumns: props.columns, minWidth: props.leastWidth }}
        >
          {props.head}
        </div>
        <div role="rowgroup" className="relative" style={{ height: tall, minWidth: props.leastWidth }}>
          {groups.map((group, n) => {
            const top = layout.headerTop(n)
            if (top + HEADER < y - 200 || top > y + view.height + 200) return null
            return (
              <div
                key={group.key}
                role="row"
                className="absolute inset-x-0 border-b border-line bg-panel-2"
                style={{ height: HEADER, ...place(top) }}
              >
                <div role="gridcell" className="flex h-full items-center gap-2 px-3.5 text-sm font-semibold">
                  {group.node}
                </div>
              </div>
            )
          })}
          {rows}
        </div>
      </div>
    </div>
  )
}

/** One row of a DataGrid. */
export function GridRow({
  id,
  index,
  active,
  marked,
  columns,
  onClick,
  onDoubleClick,
  onContextMenu,
  children,
}: {
  id: string
  index: number
  active: boolean
  marked?: boolean
  columns: string
  onClick?: (event: React.MouseEvent) => void
  onDoubleClick?: () => void
  onContextMenu?: (event: React.MouseEvent) => void
  children: ReactNode
}) {
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={marked ?? active}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
      onContextMenu={onContextMenu}
      className={cx(
        'grid h-full items-center border-b border-line px-2.5',
        active
          ? 'bg-accent-soft text-ink shadow-[inset_3px_0_0_var(--accent)] [--faint:var(--ink-2)] [--mark:var(--panel)] group-focus-visible/grid:outline-1 group-focus-visible/grid:-outline-offset-1'
          : marked
            ? 'bg-accent-soft/60 [--faint:var(--ink-2)]'
            : 'hover:bg-panel-2 [--faint:var(--ink-3)]',
      )}
      style={{ gridTemplateColumns: columns }}
    >
      {children}
    </div>
  )
}

/** One cell; text that does not fit is cut with its whole in the tooltip. */
export function Cell({
  children,
  title,
  className,
}: {
  children?: ReactNode
  title?: string | undefined
  className?: string
}) {
  return (
    <span role="gridcell" title={title} className={cx('min-w-0', className)}>
      {children}
    </span>
  )
}

export function HeadCell({ children, label, className }: { children?: ReactNode; label?: string; className?: string }) {
  return (
    <span role="columnheader" className={cx('ell min-w-0', className)}>
      {label && <span className="sr-only">{label}</span>}
      {children}
    </span>
  )
}

/** The head of a column that orders the table and is drawn wider or narrower by its edge. */
export function ColumnHead({
  children,
  order,
  onOrder,
  onResize,
  onResized,
}: {
  children: ReactNode
  /** How the table is ordered by it now; null = by another. */
  order: 'ascending' | 'descending' | null
  onOrder?: (() => void) | undefined
  /** While the edge is drawn: the width, px. */
  onResize: (width: number) => void
  onResized: () => void
}) {
  const cell = useRef<HTMLSpanElement>(null)
  const grip = (event: PointerEvent<HTMLSpanElement>) => {
    const from = event.clientX
    const width = cell.current?.getBoundingClientRect().width ?? 0
    const edge: HTMLElement = event.currentTarget
    edge.setPointerCapture(event.pointerId)
    const drawn = new AbortController()
    const { signal } = drawn
    const end = () => {
      drawn.abort()
      onResized()
    }
    edge.addEventListener('pointermove', (move) => onResize(Math.round(width + move.clientX - from)), { signal })
    edge.addEventListener('pointerup', end, { signal })
    edge.addEventListener('pointercancel', end, { signal })
  }
  return (
    <span
      ref={cell}
      role="columnheader"
      aria-sort={order ?? undefined}
      className="relative flex h-full min-w-0 items-center"
    >
      {onOrder ? (
        <button type="button" onClick={onOrder} className="flex h-full min-w-0 items-center gap-1 hover:text-ink">
          <span className="ell">{children}</span>
          {order === 'ascending' && <ArrowUp aria-hidden="true" size={11} className="flex-none" />}
          {order === 'descending' && <ArrowDown aria-hidden="true" size={11} className="flex-none" />}
        </button>
      ) : (
        <span className="ell">{children}</span>
      )}
      <span
        aria-hidden="true"
        data-grip
        onPointerDown={grip}
        className="absolute inset-y-1 right-0.5 w-2 cursor-col-resize border-r border-transparent hover:border-line-2"
      />
    </span>
  )
}
