/** The runs of rows that are due on one day or belong to one library. */
import type { QueueGroup } from '../../electron/contract/core.contract.ts'
import { NOTHING_OWED } from '../../electron/domain/urgency.ts'
import { dayOf, endOfDay } from '../../electron/domain/working-days.ts'
import type { QueueColumns } from './queue-columns.ts'

/** Days ahead that are groups of their own; what is due after them is one group. */
const DAYS_APART = 7
/** More groups than this are no help to anybody. */
const MOST_GROUPS = 3000

const LATE = -1
const TODAY = 0
const LATER = Number.MAX_SAFE_INTEGER - 1
const NAMES = new Map([
  [LATE, 'late'],
  [TODAY, 'today'],
  [LATER, 'later'],
  [NOTHING_OWED, 'none'],
])

/**
 * @param slots in the order of the rows
 * @returns none when there were more than anybody reads
 */
export function groupsOf(
  columns: QueueColumns,
  slots: Iterable<number>,
  by: 'due' | 'partner',
  now: number,
): QueueGroup[] {
  const keyOf = by === 'due' ? dueKeys(columns, now) : (slot: number) => columns.partner[slot]!
  const groups: QueueGroup[] = []
  let last = Number.NaN
  for (const slot of slots) {
    const key = keyOf(slot)
    if (key === last) groups.at(-1)!.count++
    else if (groups.length === MOST_GROUPS) return []
    else groups.push({ key: by === 'due' ? (NAMES.get(key) ?? String(key)) : columns.spell(key), count: 1 })
    last = key
  }
  return groups
}

/** Late -1, today 0, the last instant of each of the next days, then later and nothing owed. */
function dueKeys(columns: QueueColumns, now: number): (slot: number) => number {
  const today = dayOf(now)
  return (slot) => {
    const due = columns.due[slot]!
    if (due === NOTHING_OWED) return NOTHING_OWED
    if (due <= now) return LATE
    const day = dayOf(due - 1)
    return day === today ? TODAY : day - today <= DAYS_APART ? endOfDay(day) - 1 : LATER
  }
}
