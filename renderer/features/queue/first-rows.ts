/** The first rows are asked for together with everything else at the start, so that they wait for nothing but core. */
import type { QueueQuery } from '../../../electron/contract/core.contract.ts'
import { core, type CoreOut } from '../../host.ts'
import { queryOf } from './query.ts'

/** Rows read at once. */
export const CHUNK = 100
/** Afterwards what came may be out of date: somebody took his time to sign in, ms. */
const FRESH_MS = 3000

let early: { key: string; reply: Promise<CoreOut<'queue.window'>> } | null = null

export const readRows = (query: QueueQuery, chunk: number): Promise<CoreOut<'queue.window'>> =>
  core('queue.window', { query, offset: chunk * CHUNK, limit: CHUNK })

/** Asks for the rows that a queue shows first. A desk that is locked or new has none, and nobody asks for them then. */
export function askFirstRows(): void {
  const query = queryOf({ view: 'all', sort: 'due' }, '')
  const reply = readRows(query, 0)
  early = { key: JSON.stringify(query), reply }
  const forget = () => {
    if (early?.reply === reply) early = null
  }
  reply.catch(forget)
  setTimeout(forget, FRESH_MS)
}

/** The reply that is on its way already, once and only for that question. */
export function takeFirstRows(key: string): Promise<CoreOut<'queue.window'>> | undefined {
  const reply = early?.key === key ? early.reply : undefined
  early = null
  return reply
}
