/**
 * A working day in short: two desks and a centre whose clock runs a minute a step, a line with random faults and lying
 * replies, desks closed and opened again, a third one killed. At the end nothing is lost, nothing was done twice, both
 * desks agree with the centre, memory stands where it stood, and no log holds an error nobody expected.
 *
 * BALIS_DESK_SOAK_HOURS says how long the day is (soak: 8 and more; three hours otherwise), BALIS_DESK_SEED which faults.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { checkAudit } from '../../db/queries/audit.ts'
import { askedOps } from '../../db/queries/review.ts'
import { decideForeseen } from '../../electron/core/desk/refused.ts'
import { DeskError } from '../../electron/contract/errors.ts'
import { logFiles } from '../../electron/core/log.ts'
import { openDeskCore, type DeskCore } from '../../electron/core/desk-core.ts'
import { Stage } from '../support/desk.ts'
import { tally } from '../support/tally.ts'
import { Killing } from './killing.ts'
import { FaultLine, type Fault } from './line.ts'

const HOURS = Number(process.env['BALIS_DESK_SOAK_HOURS'] ?? 3)
const SEED = Number(process.env['BALIS_DESK_SEED'] ?? 20261122)
const MINUTE_MS = 60_000
/** What memory may grow by between the first and the last part of the day, MB: more is a leak. */
const GROWTH_MB = 12
/** Over a long day it grows by the rows that come, 8 requests an hour with their histories, and by nothing else, MB an hour. */
const SLOPE_MB = 0.6
/** Files and sockets that may be open at the end of an hour beyond those of the first: what is just being closed. */
const OPEN_MORE = 12

/** mulberry32: small, repeatable. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
const next = random(SEED)
const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!

const LIES: ((json: Record<string, unknown>) => unknown)[] = [
  () => null,
  () => [],
  () => ({ rows: 'none', serverTime: 'now' }),
  (json) => ({ ...json, rows: [{ type: 'request', id: '../../etc/passwd', version: 1, seq: 1 }], next: 7 }),
  (json) => ({ ...json, results: [{ opId: 'not-an-id', outcome: 'applied' }] }),
  (json) => ({ ...json, padding: 'x'.repeat(2_000_000), serverTime: -1 }),
]
const FAULTS: (() => Fault)[] = [
  () => ({ kind: 'dropRequest' }),
  () => ({ kind: 'dropReply' }),
  () => ({ kind: 'double' }),
  () => ({ kind: 'delay', ms: next() * 20 }),
  () => ({ kind: 'cutReply', share: next() }),
  () => ({ kind: 'cutRequest', bytes: Math.floor(next() * 2000) }),
  () => ({ kind: 'portal' }),
  () => ({ kind: 'bomb' }),
  () => ({ kind: 'redirect' }),
  () => ({ kind: 'status', status: pick([500, 502, 503, 429]), retryAfter: 1 }),
]

interface Worker {
  name: string
  staff: string
  line: FaultLine
  desk: DeskCore
}

let stage: Stage
const lines: FaultLine[] = []
const workers: Worker[] = []
const garbage = (() => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
})()

/** What is held now: memory of both desks and of the centre, MB, and open files and sockets. */
interface Held {
  mb: number
  open: number
}
async function held(): Promise<Held> {
  // What is just being closed lets go of its buffers a turn later.
  for (let turn = 0; turn < 4; turn++) {
    garbage()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const { heapUsed, external } = process.memoryUsage()
  const open = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
  return { mb: (heapUsed + external) / 2 ** 20, open }
}

/** Of the line that fits best (least squares), a step. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const [up, across] = values.reduce(
    ([up, across], value, at) => [up + (at - middle) * value, across + (at - middle) ** 2],
    [0, 0],
  )
  return up / across
}

function openDesk(name: string, url: string): DeskCore {
  const desk = openDeskCore({ dataDir: join(stage.folder, name), rehearsal: true, autoSync: false, locale: 'en', version: 'test', centreUrl: url }) // prettier-ignore
  desk.core.settings.set({ holdSeconds: 0 })
  return desk
}

beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 120 })
  for (const [name, staff] of [
    ['one', 'ruc-wang'],
    ['two', 'ruc-li'],
  ] as const) {
    const line = new FaultLine(stage.centre.url)
    lines.push(line)
    const url = await line.open()
    const desk = openDesk(name, url)
    await desk.identity.enrol(url, 'RUC-DEMO', name)
    await desk.identity.signIn(staff, 'balis-rehearsal')
    await desk.core.sync.settle()
    workers.push({ name, staff, line, desk })
  }
}, 60_000)
afterAll(async () => {
  for (const { desk } of workers) {
    await desk.quiet()
    desk.close()
  }
  for (const line of lines) await line.close()
  await stage.end()
})

/** What the desks were told is done: request and text of every note. */
const acknowledged: [id: string, text: string][] = []
/** Requests on which nothing else ends the work. */
let shared: string[] = []

/** One thing that staff do; what the desk's own rules refuse is no mishap. */
async function doSomething({ name, desk: { core } }: Worker): Promise<void> {
  const id = pick(shared)
  const roll = next()
  try {
    if (roll < 0.5) {
      const text = `${name} ${acknowledged.length}`
      core.act({ objectId: id, kind: 'note', args: { text } })
      acknowledged.push([id, text])
    } else if (roll < 0.65) core.act({ objectId: id, kind: pick(['claim', 'release', 'accept', 'unaccept']), args: {} })
    else if (roll < 0.75) core.act({ objectId: id, kind: 'printed', args: { kind: 'pullSlip', copy: 1 } })
    else if (roll < 0.85) core.act({ objectId: id, kind: 'setField', args: { field: 'location', value: `${roll}` } })
    else if (roll < 0.95) core.act({ objectId: id, kind: 'scanned', args: { pages: 1 + Math.floor(next() * 20) } })
    else {
      const blob = await core.blobs.put(Buffer.alloc(3000, `${roll}`), 'application/pdf')
      core.act({ objectId: id, kind: 'fulfil', args: { blobs: [blob.sha256], pages: 3, bytes: blob.bytes } })
    }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
  }
}

async function hour(number: number): Promise<Held> {
  shared = shared.slice(-20)
  for (let made = 0; made < 8; made++)
    shared.push((await stage.lever<{ requestId: string }>('request', { title: `第 ${number} 小时` })).requestId)
  for (let minute = 0; minute < 60; minute++) {
    await stage.lever('clock', { offsetMs: (number * 60 + minute) * MINUTE_MS })
    for (const worker of workers) {
      if (next() < 0.8) await doSomething(worker)
      if (next() < 0.7) await worker.desk.core.sync.cycle()
    }
  }
  // A desk is closed in the middle of things and opened again.
  const worker = pick(workers)
  await worker.desk.quiet()
  worker.desk.close()
  worker.desk = openDesk(worker.name, worker.line.url)
  return held()
}

/** Done offline and no longer standing: each waits for a person (rule C4), who says here that it is to be sent all the same. */
async function settleAll({ core }: DeskCore): Promise<void> {
  for (;;) {
    expect(await core.sync.settle()).toBe(true)
    const asked = askedOps(core.db)
    if (asked.length === 0) return
    for (const { opId } of asked)
      // One that goes takes along what stands and falls with it.
      if (askedOps(core.db).some((op) => op.opId === opId)) decideForeseen(core.db, core.views, opId, 'send', 'staff', core.now()) // prettier-ignore
  }
}

test(`${HOURS} hours of two desks (seed ${SEED})`, { timeout: 120_000 + HOURS * 120_000 }, async () => {
  for (const line of lines)
    line.plan = ({ path }) => {
      if (next() > 0.2 || path.includes('/enrol')) return null
      return next() < 0.25 && !path.includes('/blobs') ? { kind: 'rewrite', change: pick(LIES) } : pick(FAULTS)()
    }
  const killed = await new Killing(stage, 'killed', 12).prepare()
  const day: Held[] = []
  for (let number = 0; number < HOURS; number++) {
    day.push(await hour(number))
    if (number % 4 === 0)
      expect(await killed.run(pick(['after-outbox-commit#3', 'after-push-sent', 'before-slice-commit']))).toBeNull()
  }
  for (const line of lines) {
    // An hour alone need not meet every kind of fault.
    expect(line.done.size).toBeGreaterThan(HOURS < 3 ? 3 : 7)
    line.plan = () => null
  }

  expect(await killed.run()).toBe(0)
  await killed.expectWhole()
  for (const { desk } of workers) await settleAll(desk)
  // What the other desk sent last.
  for (const { desk } of workers) expect(await desk.core.sync.settle()).toBe(true)
  expect(acknowledged.length).toBeGreaterThan(HOURS * 20)
  tally('soakActions', acknowledged.length)
  const histories = new Map<string, string[]>()
  for (const [id, text] of acknowledged) {
    if (!histories.has(id)) {
      const { history } = await stage.rowAtCentre<RequestRow>('request', id)
      histories.set(
        id,
        history.filter(({ event }) => event === 'note').map((entry) => entry.text),
      )
    }
    expect(
      histories.get(id)!.filter((one) => one === text),
      text,
    ).toHaveLength(1)
  }
  for (const { name, desk } of workers) {
    const { db } = desk.core
    const open = db.sql(`SELECT kind, state FROM outbox WHERE state NOT IN ('applied', 'rejected', 'withdrawn')`).all()
    expect(open).toEqual([])
    expect(db.pragma('integrity_check')).toBe('ok')
    expect(checkAudit(db)).toBeNull()
    for (const id of histories.keys()) {
      const { version } = await stage.rowAtCentre<RequestRow>('request', id)
      expect(db.sql('SELECT version FROM base WHERE id = ?').get(id)).toEqual({ version })
    }
    const log = logFiles(join(stage.folder, name))
      .map((path) => readFileSync(path, 'utf8'))
      .join('')
    const errors = log.split('\n').filter((line) => line.startsWith('{"level":50'))
    expect(errors).toEqual([])
  }
  // The first hour fills caches; after it nothing may grow with the hours.
  const settled = day.slice(Math.min(1, day.length - 1))
  const memory = settled.map(({ mb }) => mb)
  const part = Math.max(1, Math.floor(memory.length / 3))
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  if (process.env['BALIS_DESK_SOAK_HOURS'])
    console.log(`by the hour, MB: ${day.map(({ mb }) => mb.toFixed(1)).join(' ')}; open: ${day.map(({ open }) => open).join(' ')}`) // prettier-ignore
  expect(mean(memory.slice(-part)) - mean(memory.slice(0, part))).toBeLessThan(GROWTH_MB)
  if (memory.length >= 7) expect(slope(memory)).toBeLessThan(SLOPE_MB)
  for (const { open } of settled) expect(open).toBeLessThan(settled[0]!.open + OPEN_MORE)
})
