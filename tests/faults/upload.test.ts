/** Large documents over bad lines: every byte goes once, what is wrong is found and sent again. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { Stage, type TestDesk } from '../support/desk.ts'
import { FaultLine, type Call } from './line.ts'

const MB = 1_000_000
let stage: Stage
let line: FaultLine
let desk: TestDesk
let id: string
beforeEach(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 20 })
  line = new FaultLine(stage.centre.url)
  desk = await stage.desk('one', 'ruc-wang', await line.open())
  id = (await stage.lever<{ requestId: string }>('request')).requestId
  expect(await desk.core.sync.settle()).toBe(true)
})
afterEach(async () => {
  await line.close()
  await stage.end()
})

const isPiece = (call: Call) => call.method === 'PATCH'

/** Bytes that repeat nowhere near, without 200 MB in memory. */
async function* bytes(count: number): AsyncGenerator<Uint8Array> {
  const block = Buffer.alloc(MB)
  for (let made = 0; made < count; made += MB) {
    for (let i = 0; i < MB; i += 4096) block.writeUInt32LE(made + i, i)
    yield Buffer.from(block.subarray(0, Math.min(MB, count - made)))
  }
}

async function deliver(count: number): Promise<string> {
  const { sha256 } = await desk.core.blobs.put(bytes(count), 'application/pdf')
  desk.core.act({ objectId: id, kind: 'fulfil', args: { blobs: [sha256], pages: 9, bytes: count } })
  return sha256
}

/** The centre says so, and its bytes are the ones. */
async function expectDelivered(sha256: string, count: number): Promise<void> {
  expect(await stage.rowAtCentre<RequestRow>('request', id)).toMatchObject({
    status: 'CopyCompleted',
    delivery: { sha256, bytes: count },
  })
  const { token, library } = desk.running.identity.credentials()!
  const reply = await fetch(`${stage.centre.url}/v1/lib/${library}/blobs/${sha256}`, {
    headers: { Authorization: `Bearer ${token}`, 'Desk-Protocol': '1' },
  })
  const hash = createHash('sha256')
  for await (const chunk of reply.body!) hash.update(chunk)
  expect(hash.digest('hex')).toBe(sha256)
}

test(
  '200 MB through a line that breaks every 3 MB: sent once, resumed each time, verified',
  { timeout: 120_000 },
  async () => {
    line.plan = (call) => (isPiece(call) ? { kind: 'cutRequest', bytes: 3 * MB } : null)
    const sha256 = await deliver(200 * MB)
    line.bytesUp = 0
    for (let rounds = 0; rounds < 3 && !(await desk.core.sync.settle()); rounds++);
    await desk.core.sync.settle()
    const breaks = line.done.get('cutRequest')!
    expect(breaks).toBeGreaterThanOrEqual(60)
    const heads = line.calls.filter((call) => call.method === 'HEAD').length
    expect(heads).toBeGreaterThanOrEqual(breaks - 1)
    // Only what was between two programs when the line broke goes again.
    expect(line.bytesUp / (200 * MB)).toBeLessThan(1.1)
    await expectDelivered(sha256, 200 * MB)
  },
)

test('a byte that changed on the way is found by the hash, and the document goes up anew', async () => {
  let pieces = 0
  line.plan = (call) => (isPiece(call) && ++pieces === 2 ? { kind: 'flip' } : null)
  const sha256 = await deliver(10 * MB)
  expect(await desk.core.sync.settle()).toBe(true)
  expect(line.done.get('flip')).toBe(1)
  expect(line.calls.filter((call) => call.path.endsWith('/complete'))).toHaveLength(2)
  await expectDelivered(sha256, 10 * MB)
})

test('the answer to the last piece, and to "complete", may be lost: nothing goes up twice', async () => {
  const lost = new Set<string>()
  line.plan = ({ method, path }) => {
    const what = path.endsWith('/complete') ? 'complete' : method
    if (!['PATCH', 'complete', 'POST'].includes(what) || !path.includes('/blobs') || lost.has(what)) return null
    lost.add(what)
    return { kind: 'dropReply' }
  }
  const sha256 = await deliver(3 * MB)
  line.bytesUp = 0
  for (let rounds = 0; rounds < 4 && !(await desk.core.sync.settle()); rounds++);
  expect(lost).toEqual(new Set(['POST', 'PATCH', 'complete']))
  expect(line.bytesUp).toBeLessThan(3.1 * MB)
  await expectDelivered(sha256, 3 * MB)
})

test('a crash in the middle goes on from the byte where it stopped', async () => {
  let pieces = 0
  line.plan = (call) => (isPiece(call) && ++pieces > 2 ? { kind: 'dropRequest' } : null)
  const sha256 = await deliver(20 * MB)
  await desk.core.sync.settle()
  line.plan = () => null
  line.bytesUp = 0
  desk = await desk.restart()
  expect(await desk.core.sync.settle()).toBe(true)
  expect(line.bytesUp).toBeLessThan(12 * MB)
  await expectDelivered(sha256, 20 * MB)
})

test('a centre that takes every piece and counts none is not sent them for ever', async () => {
  line.plan = (call) => (isPiece(call) ? { kind: 'header', name: 'upload-offset', value: '0' } : null)
  const sha256 = await deliver(10 * MB)
  line.bytesUp = 0
  await desk.core.sync.settle()
  expect(line.bytesUp).toBeLessThan(20 * MB)
  line.plan = () => null
  for (let rounds = 0; rounds < 3 && !(await desk.core.sync.settle()); rounds++);
  await desk.core.sync.settle()
  await expectDelivered(sha256, 10 * MB)
})

test('an address for the bytes that is not the centre’s is neither called nor kept', async () => {
  const foreign = (json: Record<string, unknown>) => ({ ...json, uploadUrl: 'https://elsewhere.example/upload' })
  line.plan = (call) =>
    call.method === 'POST' && call.path.endsWith('/blobs') ? { kind: 'rewrite', change: foreign } : null
  const sha256 = await deliver(MB)
  await desk.core.sync.settle()
  expect(line.done.get('rewrite')).toBeGreaterThan(0)
  line.plan = () => null
  await desk.core.sync.settle()
  await expectDelivered(sha256, MB)
})
