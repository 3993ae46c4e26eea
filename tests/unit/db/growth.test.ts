/** What is done all day costs the same after years: it searches the tables that grow, and never reads one from end to end. */
import { expect, test, vi } from 'vitest'
import type { Db } from '../../../db/driver.ts'
import { acknowledge } from '../../../db/queries/acknowledged.ts'
import { failedLookUps, requestsAfter } from '../../../db/queries/holdings.ts'
import { nextHoldEnd, releaseHeld } from '../../../db/queries/holds.ts'
import { takeBatch } from '../../../db/queries/next-call.ts'
import { activeOps, becomeNewDevice, neededUploads, opsInStates, outboxCounts, refusedObjects, requeueSending } from '../../../db/queries/outbox.ts' // prettier-ignore
import { purgeRequests } from '../../../db/queries/privacy.ts'
import { askedOps, countAsked, doneOffline } from '../../../db/queries/review.ts'
import { newDatabase } from '../../support/new-database.ts'

/** Tables that hold what a library ever did, by their names and by the short ones that queries give them. */
const GROWING = ['outbox', 'o', 'p', 'base', 'b', 'queue_row', 'page', 'print_job', 'document', 'audit', 'blob', 'handover_photo'] // prettier-ignore

const EVERY_DAY: readonly [name: string, ask: (db: Db) => unknown][] = [
  ['the operations on their way', (db) => activeOps(db)],
  ['the next call', (db) => takeBatch(db, 100, () => true)],
  ['what a call acknowledges', (db) => acknowledge(db)],
  ['holds that ended', (db) => releaseHeld(db, 0)],
  ['the next hold that ends', (db) => nextHoldEnd(db, 0)],
  ['what was on its way before a crash', (db) => requeueSending(db)],
  ['the numbers in the foot', (db) => outboxCounts(db)],
  ['the refused inbox', (db) => opsInStates(db, ['rejected', 'parked'])],
  ['the mark of a refused request', (db) => refusedObjects(db)],
  ['what was done offline', (db) => doneOffline(db)],
  ['what waits for a person', (db) => [askedOps(db), countAsked(db)]],
  ['bytes that must go first', (db) => neededUploads(db)],
  ['new requests to look up', (db) => [requestsAfter(db, 0, 50), failedLookUps(db, 0, 50)]],
  ['readers whose time is over', (db) => purgeRequests(db, { before: 0, inBackup: false } as never, 0)],
  ['a new device', (db) => becomeNewDevice(db)],
  ['a file that is let go', (db) => db.sql('DELETE FROM blob WHERE sha256 = ?').run('none')],
]

const db = newDatabase()

/** Steps of a query's plan that read a growing table, or every row of one type, from end to end. */
function readsAll(text: string): string[] {
  const params = Array.from({ length: text.match(/\?/g)?.length ?? 0 }, () => null)
  const plan = db.sql<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all(...params)
  return plan
    .map(({ detail }) => detail)
    .filter((detail) => {
      const scanned = /^SCAN (\w+)/.exec(detail)?.[1]
      return (scanned !== undefined && GROWING.includes(scanned)) || / \(type=\?\)/.test(detail)
    })
}

test.each(EVERY_DAY)('%s: searched, never read from end to end', (_name, ask) => {
  const asked = vi.spyOn(db, 'sql')
  ask(db)
  const texts = [...new Set(asked.mock.calls.map(([text]) => text))]
  asked.mockRestore()
  expect(texts.length).toBeGreaterThan(0)
  for (const text of texts) expect(readsAll(text), text).toEqual([])
})

test('the check sees a query that reads everything', () => {
  expect(readsAll('SELECT place FROM outbox WHERE args = ?')).toHaveLength(1)
  expect(readsAll(`SELECT body FROM base WHERE type = 'request'`)).toHaveLength(1)
})
