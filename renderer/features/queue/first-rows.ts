/** The first rows are asked for together with everything else at the start, so that they wait for nothing but core. */
import { FIRST_QUERY, QUEUE_CHUNK, type QueueQuery } from '../../../electron/contract/core.contract.ts'
import { hearTopics } from '../../app/data.ts'
import { core, type CoreOut } from '../../host.ts'

/** Afterwards what came may be out of date: somebody took his time to sign in, ms. */
const FRESH_MS = 3000

type Rows = CoreOut<'queue.window'>
let early: { key: string; reply: Promise<Rows>; here?: Rows } | null = null

export const readRows = (query: QueueQuery, chunk: number): Promise<Rows> =>
  core('queue.window', { query, offset: chunk * QUEUE_CHUNK, limit: QUEUE_CHUNK })

/** Asks for the rows that a queue shows first. A desk that is locked or new has none, and nobody asks for them then. */
export function askFirstRows(): Promise<unknown> {
  const reply = readRows(FIRST_QUERY, 0)
  const mine: NonNullable<typeof early> = { key: JSON.stringify(FIRST_QUERY), reply }
  early = mine
  // Whoever comes later has not heard of what changed since; and a desk that is new has no rows to be kept.
  const deaf = hearTopics((topic) => {
    if (topic === 'queue' || topic === 'all') forget()
  })
  const forget = () => {
    deaf()
    if (early === mine) early = null
  }
  setTimeout(forget, FRESH_MS)
  return reply.then((rows) => (rows.total === 0 ? forget() : (mine.here = rows)), forget)
}

/** The rows that have come already; they are drawn at once. */
export const firstRowsHere = (key: string): Rows | undefined => (early?.key === key ? early.here : undefined)

/** The reply that is on its way already, once and only for that question. */
export function takeFirstRows(key: string): Promise<Rows> | undefined {
  const reply = early?.key === key ? early.reply : undefined
  early = null
  return reply
}
