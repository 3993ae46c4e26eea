/** Marks rows that need not be on the screen. */
import type { QueueQuery, QueueRow } from '../../../electron/contract/core.contract.ts'
import { core } from '../../host.ts'

/** The most that are marked at once: what a person still answers for. */
export const MOST_MARKED = 5000
const PART = 500

/** @returns the rows from place `from` up to and with `to` (or as many as may be marked) */
export async function rowsBetween(query: QueueQuery, from: number, to: number): Promise<QueueRow[]> {
  const rows: QueueRow[] = []
  const end = Math.min(to + 1, from + MOST_MARKED)
  while (from + rows.length < end) {
    const offset = from + rows.length
    const part = await core('queue.window', { query, offset, limit: Math.min(PART, end - offset) })
    if (part.rows.length === 0) break
    rows.push(...part.rows)
  }
  return rows
}
