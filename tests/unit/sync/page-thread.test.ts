/** Pages of a long feed read on another thread: the same rows, and no harm when that thread is lost. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FeedReply, RowEnvelope } from '../../../electron/contract/centre.contract.ts'
import type { Text } from '../../../db/driver.ts'
import { entryWords } from '../../../electron/domain/queue-entry.ts'
import { pageHere, type FeedPage } from '../../../electron/core/sync/feed-page.ts'
import type { LinkError } from '../../../electron/core/sync/link.ts'
import { PageThread } from '../../../electron/core/sync/page-thread.ts'
import type { ReadRow } from '../../../electron/core/sync/read-row.ts'
import { requestRow } from '../../support/request-row.ts'

const SLICE = 4
let thread: PageThread
beforeEach(async () => {
  thread = new PageThread(SLICE)
  thread.begin()
  await expect.poll(() => thread.ready, { timeout: 30_000 }).toBe(true)
})
afterEach(() => thread.end())

const volume = (n: number) => ({
  volume: n + 1,
  label: '',
  barcode: `B${n}`,
  bagId: null,
  place: 'shelf',
  condition: 'good',
})
const request = (n: number) =>
  requestRow(`HG0000${n}`, 1, { seq: n + 1, service: n % 2 ? 'copy' : 'loan', volumes: [volume(n)] })
const reply = (rows: RowEnvelope[], more = true): FeedReply => ({
  serverTime: 7,
  epoch: 'e',
  rows,
  next: 'c',
  more,
})
const bytesOf = (value: unknown) => new Uint8Array(new TextEncoder().encode(JSON.stringify(value)))

async function allRows(page: FeedPage): Promise<ReadRow[]> {
  const rows: ReadRow[] = []
  for (let at = 0; at < page.count; at += SLICE) rows.push(...(await page.rows(at, SLICE)))
  return rows
}
const textOf = (text: Text) => (typeof text === 'string' ? text : new TextDecoder().decode(text))
/** What is written to the database of a row, however far it was prepared. */
const written = (rows: ReadRow[]) =>
  rows.map((read) => {
    if (read.kind !== 'row') return read
    const row = { ...read.row, body: textOf(read.row.body) }
    if (!read.entry) return { ...read, row }
    const { texts: _, ...entry } = read.entry
    return { ...read, row, entry: { ...entry, words: textOf(entryWords(read.entry)) } }
  })

test('gives the rows that reading them here gives: known, left, unknown, damaged, none', async () => {
  const odd = [
    { type: 'request', id: 'gone', version: 2, seq: 90, gone: { reason: 'forwarded' } },
    { type: 'hologram', id: 'new', version: 1, seq: 91, depth: 3 },
    { ...request(92), urgent: 'very' },
    { ...request(93), status: 'Teleported' },
  ] as RowEnvelope[]
  const known = [0, 1, 2, 3, 4, 5].map(request)
  expect(written(await allRows(pageHere(reply(known))))[0]).toMatchObject({ entry: { items: [[1, 'B0']] } })
  for (const rows of [known, odd, []]) {
    const page = (await thread.read(bytesOf(reply(rows))))!
    const here = pageHere(reply(rows))
    expect(page).toMatchObject({ serverTime: 7, epoch: 'e', next: 'c', more: true, count: rows.length })
    expect(written(await allRows(page))).toEqual(written(await allRows(here)))
  }
})

test('every field of a row arrives as itself', async () => {
  const claim = { desk: 'desk-2', deskName: 'B', user: 'u', userName: 'U', leaseUntil: 9 }
  const more = { appliedAt: 11, dueAt: 12, urgent: true, claim, complaint: '缺页', status: 'Loaned', stage: 'checked' }
  const fields = {
    centreNo: 'zx',
    title: '重庆 Müller 𝐱',
    partner: 'BUCT',
    callNumber: 'I267/1034',
    deliveryMethod: 'courier',
  }
  const rows = [
    requestRow('HG1', 13, { ...more, fields, seq: 14, service: 'loan', volumes: [volume(1), volume(2)] }),
    requestRow('HG2', 15, { ...more, seq: 16, role: 'requester', complaint: null, claim: null, volumes: [] }),
  ]
  const page = (await thread.read(bytesOf(reply(rows))))!
  const got = written(await allRows(page))
  expect(got.map((read) => read.kind)).toEqual(['row', 'row'])
  expect(got[0]).toMatchObject({
    row: { type: 'request', id: 'HG1', version: 13, seq: 14, understood: true },
    entry: {
      id: 'HG1',
      service: 'loan',
      role: 'supplier',
      holder: 'desk-2',
      appliedAt: 11,
      dueAt: 12,
      complaint: true,
    },
  })
  expect(got).toEqual(written(await allRows(pageHere(reply(rows)))))
})

test('pages asked for at once come back each with its own rows', async () => {
  const pages = await Promise.all([0, 1, 2].map((n) => thread.read(bytesOf(reply([request(n), request(n + 10)])))))
  for (const [n, page] of pages.entries())
    expect((await allRows(page!)).map((read) => read.kind === 'row' && read.row.id)).toEqual([
      `HG0000${n}`,
      `HG0000${n + 10}`,
    ])
})

test('what is no page of a feed is told apart: a portal, other JSON, half an answer', async () => {
  const whole = bytesOf(reply([request(1)]))
  const wrong = [new TextEncoder().encode('<html>sign in</html>'), bytesOf({ ok: true }), whole.slice(0, -5)]
  for (const bytes of wrong) expect(await thread.read(new Uint8Array(bytes))).toBeNull()
  expect(await thread.read(bytesOf(reply([])))).toMatchObject({ count: 0 })
})

test('a thread that ends in the middle loses no answer silently: whoever waits is told to come again', async () => {
  const rows = Array.from({ length: 400 }, (_, n) => request(n))
  const reading = thread.read(bytesOf(reply(rows)))
  const told = reading.then(
    () => 'read',
    (error: unknown) => (error as LinkError).failure,
  )
  thread.end()
  expect(await told).toBe('busy')
  expect(thread.ready).toBe(false)
})
