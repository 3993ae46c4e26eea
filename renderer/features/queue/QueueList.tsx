/** The rows themselves. They come and go without anything around them being drawn anew. */
import { memo, useCallback, useLayoutEffect, useRef, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueColumns, QueueRow } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { useHello, useNow } from '../../app/hooks.ts'
import { ColumnHead, DataGrid, HeadCell, type GridHandle } from '../../ui/DataGrid.tsx'
import { COLUMNS, leastWidth, trackOf } from './columns.tsx'
import { groupHeads } from './group-heads.tsx'
import { rowsBetween } from './mark-many.ts'
import { QueueRowSkeleton, QueueRowView } from './QueueRowView.tsx'
import { rowAt } from './reader.ts'
import { showRows } from './reading.ts'
import { openRow } from './row-actions.ts'
import { mark, moveCursor, rowUnderCursor, sortBy, toggleMark, useQueue } from './store.ts'

/** Drawn before the first answer. */
const WAITING_ROWS = 12

export interface RowMenu {
  row: QueueRow
  at: { x: number; y: number }
}

export const QueueList = memo(function QueueList({
  grid,
  columns,
  onResize,
  onResized,
  onPicked,
  onMenu,
}: {
  grid: RefObject<GridHandle | null>
  columns: QueueColumns
  onResize: (id: QueueColumns[number]['id'], width: number) => void
  onResized: () => void
  /** A row was chosen by hand. */
  onPicked: () => void
  onMenu: (menu: RowMenu) => void
}) {
  const { t, i18n } = useTranslation()
  const { answer, cursor, marked } = useQueue()
  const { query, total } = answer
  const ready = answer.key !== ''
  const density = useHello().data?.settings.density
  const now = useNow()
  const libraries = useCore('libraries.list', answer.by === 'partner' ? {} : null, ['counts']).data

  const pick = useCallback(
    (row: QueueRow, index: number, { shift, toggle }: { shift: boolean; toggle: boolean }) => {
      const from = useQueue.getState().cursor?.index ?? index
      moveCursor(row, index)
      if (toggle) toggleMark(row)
      else if (shift)
        void attempt(() => rowsBetween(query, Math.min(from, index), Math.max(from, index))).then(
          (found) => found && mark(found),
        )
      onPicked()
    },
    [query, onPicked],
  )
  const openMenu = useCallback(
    (row: QueueRow, index: number, at: { x: number; y: number }) => {
      moveCursor(row, index)
      onMenu({ row, at })
    },
    [onMenu],
  )

  // When rows come or go above it, the row under the cursor stays where it is on the screen.
  const before = useRef(cursor)
  useLayoutEffect(() => {
    const old = before.current
    before.current = cursor
    if (old && cursor && old.id === cursor.id) grid.current?.follow(old.index, cursor.index)
  }, [cursor, grid])

  const heads = groupHeads(answer.groups, answer.by, total, {
    t,
    language: i18n.language,
    now,
    nameOf: (id) => libraries?.find((one) => one.id === id)?.name ?? id,
  })
  const track = trackOf(columns)
  const orderOf = (id: keyof typeof COLUMNS) =>
    COLUMNS[id].sort !== query.sort ? null : query.descending ? 'descending' : 'ascending'
  const here = rowUnderCursor({ answer, cursor })
  return (
    <DataGrid
      ref={grid}
      label={t('place.queue')}
      of={answer.key}
      total={ready ? total : WAITING_ROWS}
      rowHeight={density === 'compact' ? 28 : 34}
      columns={track}
      leastWidth={leastWidth(columns)}
      groups={heads}
      active={cursor && here ? { id: `row-${here.id}`, index: cursor.index } : undefined}
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
                onResize={(width) => onResize(id, width)}
                onResized={onResized}
              >
                {t(`queue.head.${id}`)}
              </ColumnHead>
            )
          })}
        </>
      }
      row={(index) => {
        // A row that is still being read is drawn by the table itself (DataGrid).
        const row = rowAt(answer, index)
        if (!row) return ready ? null : <QueueRowSkeleton index={index} track={track} columns={columns} />
        return (
          <QueueRowView
            row={row}
            index={index}
            active={cursor?.id === row.id}
            marked={marked.has(row.id)}
            query={query.text}
            now={now}
            language={i18n.language}
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
  )
})
