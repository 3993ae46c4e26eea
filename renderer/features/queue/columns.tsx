/** The columns of the queue: what each shows, how wide it is, and by what it orders. */
import type { ReactNode } from 'react'
import type { QueueColumn, QueueColumns, QueueRow, QueueSort } from '../../../electron/contract/core.contract.ts'
import { dueText } from '../../app/due.ts'
import { moment } from '../../app/format.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Highlight } from '../../ui/Highlight.tsx'
import { said, words } from '../../ui/said.ts'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'

export interface CellContext {
  query: string
  now: number
  language: string
}

interface Column {
  /** A track of a CSS grid, used until somebody sizes it. */
  track: string
  /** Never narrower than this, px. */
  least: number
  sort?: QueueSort
  className: string
  tooltip?: (row: QueueRow) => string
  cell: (row: QueueRow, context: CellContext) => ReactNode
}

/** Tick and service stand before the columns that can be chosen. */
export const FIXED = '28px 32px'
const FIXED_PX = 28 + 32 + 20

export const COLUMNS: Record<QueueColumn, Column> = {
  title: { track: 'minmax(180px,1fr)', least: 140, sort: 'title', className: '', cell: () => null },
  subtitle: {
    track: 'minmax(120px,240px)',
    least: 80,
    sort: 'callNumber',
    className: 'ell pr-2.5 text-ink-2',
    tooltip: (row) => row.subtitle,
    cell: (row, { query }) => <Highlight text={row.subtitle} query={query} />,
  },
  partner: {
    track: 'minmax(96px,max(164px,15%))',
    least: 72,
    sort: 'partner',
    className: 'ell pr-2.5 text-ink-2',
    tooltip: (row) => row.partnerName,
    cell: (row, { query }) => <Highlight text={row.partnerName} query={query} />,
  },
  due: {
    track: '130px',
    least: 96,
    sort: 'due',
    className: '',
    cell: (row, { now, language }) => (
      <UrgencyMark urgency={row.urgency}>{dueText(row, now, words, language)}</UrgencyMark>
    ),
  },
  stage: {
    track: '76px',
    least: 60,
    className: 'ell text-sm text-ink-2',
    cell: (row) => stageText(row, said),
  },
  holder: {
    track: '36px',
    least: 36,
    className: 'flex',
    cell: (row) =>
      row.holder && (
        <Avatar
          name={row.holder.name}
          hollow={row.holder.tentative}
          title={row.holder.tentative ? words('queue.holderTentative', { name: row.holder.name }) : row.holder.name}
        />
      ),
  },
  applied: {
    track: '112px',
    least: 80,
    sort: 'applied',
    className: 'ell text-ink-2',
    cell: (row, { now, language }) => moment(row.appliedAt, language, now, words),
  },
  id: {
    track: '100px',
    least: 70,
    className: 'ell mono text-ink-2',
    tooltip: (row) => row.id,
    cell: (row, { query }) => <Highlight text={row.id} query={query} />,
  },
  centreNo: {
    track: '112px',
    least: 70,
    className: 'ell mono text-ink-2',
    tooltip: (row) => row.centreNo,
    cell: (row, { query }) => <Highlight text={row.centreNo} query={query} />,
  },
}

/** The CSS grid of chosen columns. */
export function trackOf(columns: QueueColumns): string {
  const one = ({ id, width }: QueueColumns[number]) => {
    // The title takes what is left, at least as much as somebody gave it.
    if (id === 'title') return width === null ? COLUMNS.title.track : `minmax(${width}px,1fr)`
    return width === null ? COLUMNS[id].track : `${width}px`
  }
  return `${FIXED} ${columns.map(one).join(' ')}`
}

/** The least width at which nothing overlaps, px. */
export function leastWidth(columns: QueueColumns): number {
  return columns.reduce((sum, { id, width }) => sum + (width ?? (id === 'title' ? 180 : COLUMNS[id].least)), FIXED_PX)
}

/** The word for where the work stands: the stage inside an accepted request, else the status. */
export function stageText(row: Pick<QueueRow, 'status' | 'stage'>, t: (key: string) => string): string {
  const open = row.status === 'WillSupply' || row.status === 'Loaned' || row.stage === 'resend'
  return t(open ? `stage.${row.stage}` : `status.${row.status}`)
}
