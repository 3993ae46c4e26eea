import { Ban, BellRing, CircleDashed, CloudUpload, MessageCircleWarning, TriangleAlert, Zap } from 'lucide-react'
import { memo, useMemo } from 'react'
import type { QueueColumns, QueueRow } from '../../../electron/contract/core.contract.ts'
import { RowCheck } from '../../ui/Check.tsx'
import { Cell, GridRow } from '../../ui/DataGrid.tsx'
import { said, saidOf } from '../../ui/said.ts'
import { Highlight } from '../../ui/Highlight.tsx'
import { ServiceMark } from '../../ui/ServiceMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { COLUMNS } from './columns.tsx'

/** A row whose data are still on their way. */
export function QueueRowSkeleton({ index, track, columns }: { index: number; track: string; columns: QueueColumns }) {
  return (
    <GridRow id={`row-wait-${index}`} index={index} active={false} columns={track}>
      <Cell />
      <Cell>
        <Skeleton w="22px" h={20} />
      </Cell>
      {columns.map(({ id }) => (
        <Cell key={id} className="pr-4">
          <Skeleton w={id === 'title' ? `${40 + ((index * 37) % 45)}%` : '70%'} />
        </Cell>
      ))}
    </GridRow>
  )
}

function Marks({ row }: { row: QueueRow }) {
  const marks = [
    row.urgent && { icon: Zap, tone: 'text-seal', label: said('mark.urgent') },
    row.cancelAsked && { icon: Ban, tone: 'text-seal', label: said('mark.cancelAsked') },
    row.complaint && { icon: MessageCircleWarning, tone: 'text-seal', label: said('mark.complaint') },
    row.chased && row.role === 'supplier' && { icon: BellRing, tone: 'text-amber', label: said('mark.chased') },
    !row.understood && { icon: CircleDashed, tone: 'text-amber', label: said('mark.notUnderstood') },
    (row.pending === 'rejected' || row.pending === 'parked') && { icon: TriangleAlert, tone: 'text-seal', label: said('mark.refused') }, // prettier-ignore
    ['held', 'queued', 'waiting_blob', 'sending'].includes(row.pending) && { icon: CloudUpload, tone: 'text-amber', label: said(`outbox.${row.pending}`) }, // prettier-ignore
  ].filter((mark) => mark !== false)
  return marks.map(({ icon: Icon, tone, label }) => (
    <span key={label} role="img" aria-label={label} title={label} className={`mr-1 inline-flex flex-none ${tone}`}>
      <Icon aria-hidden="true" size={14} strokeWidth={1.9} />
    </span>
  ))
}

export const QueueRowView = memo(function QueueRowView({
  row,
  index,
  active,
  marked,
  query,
  now,
  language,
  track,
  columns,
  onPick,
  onMark,
  onOpen,
  onMenu,
}: {
  row: QueueRow
  index: number
  active: boolean
  marked: boolean
  query: string
  now: number
  language: string
  track: string
  columns: QueueColumns
  onPick: (row: QueueRow, index: number, event: { shift: boolean; toggle: boolean }) => void
  onMark: (row: QueueRow) => void
  onOpen: (id: string) => void
  onMenu: (row: QueueRow, index: number, at: { x: number; y: number }) => void
}) {
  // React writes a box anew whenever it is drawn, and with the clock every row is.
  const check = useMemo(
    () => <RowCheck on={marked} onChange={() => onMark(row)} label={saidOf('queue.markRow', 'title', row.title)} />,
    [marked, row, onMark, language],
  )
  const context = { query, now, language }
  // Its own column or beside the title, never twice.
  const beside = !columns.some(({ id }) => id === 'subtitle')
  return (
    <GridRow
      id={`row-${row.id}`}
      index={index}
      active={active}
      marked={marked}
      columns={track}
      onClick={(event) => onPick(row, index, { shift: event.shiftKey, toggle: event.ctrlKey || event.metaKey })}
      onDoubleClick={() => onOpen(row.id)}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu(row, index, { x: event.clientX, y: event.clientY })
      }}
    >
      <Cell className="flex">
        <span className="flex p-1 pl-0" onClick={(event) => event.stopPropagation()} role="presentation">
          {check}
        </span>
      </Cell>
      <Cell className="flex">
        <ServiceMark service={row.service} />
      </Cell>
      {columns.map(({ id }) =>
        id === 'title' ? (
          <Cell
            key={id}
            className="flex items-center pr-3.5"
            title={`${row.title}\n${row.subtitle}\n${row.id} · ${row.centreNo}`}
          >
            <Marks row={row} />
            <span className="ell">
              <Highlight text={row.title} query={query} />
              {beside && (
                <span className="ml-2 text-(--faint)">
                  <Highlight text={row.subtitle} query={query} />
                </span>
              )}
            </span>
          </Cell>
        ) : (
          <Cell key={id} className={COLUMNS[id].className} title={COLUMNS[id].tooltip?.(row)}>
            {COLUMNS[id].cell(row, context)}
          </Cell>
        ),
      )}
    </GridRow>
  )
})
