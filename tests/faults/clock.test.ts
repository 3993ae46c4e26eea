/** Clocks that are wrong or set while the desk works, on a core process of its own: order and holds do not ask them. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { Stage } from '../support/desk.ts'

const PROGRAM = fileURLToPath(new URL('shifted-desk.ts', import.meta.url))
const DAY = 86_400_000
/** Longest hold a library can set: no step of a test takes as long. */
const LONG_HOLD = 30
const GENEROUS = { timeout: 60_000 }

class Shifted {
  private readonly child: ChildProcess
  private last = 0

  private constructor(child: ChildProcess) {
    this.child = child
  }

  static async start(folder: string, url: string, offsetMs: number): Promise<Shifted> {
    const env = { ...process.env, BALIS_DESK_LOG: 'silent' }
    const child = fork(PROGRAM, [folder, url, String(offsetMs)], { env })
    await once(child, 'message')
    return new Shifted(child)
  }

  tell<T = unknown>(what: string, given?: unknown): Promise<T> {
    const id = ++this.last
    return new Promise((resolve, reject) => {
      const answered = (answer: { id: number; ok?: T; error?: string }) => {
        if (answer.id !== id) return
        this.child.off('message', answered)
        if (answer.error === undefined) resolve(answer.ok as T)
        else reject(new Error(answer.error))
      }
      this.child.on('message', answered)
      this.child.send({ id, do: what, with: given })
    })
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await gone
  }
}

let stage: Stage
let desk: Shifted
beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 60 })
})
afterEach(() => desk.kill())
afterAll(() => stage.end())

let desks = 0
/** @returns ids of four copies nobody has touched */
async function begin(offsetMs = 0): Promise<string[]> {
  desk = await Shifted.start(join(stage.folder, `shifted-${++desks}`), stage.centre.url, offsetMs)
  expect(await desk.tell('cycle')).toBe(true)
  return desk.tell<string[]>('first')
}
const atCentre = (id: string) => stage.rowAtCentre<RequestRow>('request', id)
const REFUSAL = { reason: 'NotOnShelf' }

test(
  'a held answer does not leave early when the clock jumps a day ahead, and can still be taken back',
  GENEROUS,
  async () => {
    const [id] = (await begin()) as [string]
    await desk.tell('hold', LONG_HOLD)
    const { opId } = await desk.tell<{ opId: string }>('act', [id, 'cannotSupply', REFUSAL])
    await desk.tell('clock', DAY)
    // Two cycles: the first learns that the clock was set.
    for (let i = 0; i < 2; i++) expect(await desk.tell('cycle')).toBe(true)
    expect((await atCentre(id)).status).toBe('RequestReceived')
    await desk.tell('withdraw', opId)
    expect(await desk.tell('states')).toEqual([{ state: 'withdrawn' }])
  },
)

test('nor when core is killed and comes back with its clock a day ahead', GENEROUS, async () => {
  const [id] = (await begin()) as [string]
  await desk.tell('hold', LONG_HOLD)
  await desk.tell('act', [id, 'cannotSupply', REFUSAL])
  await desk.kill()
  desk = await Shifted.start(join(stage.folder, `shifted-${desks}`), stage.centre.url, DAY)
  expect(await desk.tell('cycle')).toBe(true)
  expect(await desk.tell('states')).toEqual([{ state: 'held' }])
  expect((await atCentre(id)).status).toBe('RequestReceived')
})

test('a hold ends in its time when the clock is set a day back', GENEROUS, async () => {
  const [id] = (await begin()) as [string]
  await desk.tell('hold', 1)
  await desk.tell('act', [id, 'cannotSupply', REFUSAL])
  await desk.tell('clock', -DAY)
  await expect
    .poll(() => desk.tell('cycle').then(() => desk.tell('states')), { timeout: 40_000 })
    .toEqual([{ state: 'applied' }])
  expect((await atCentre(id)).status).toBe('Unfilled')
})

test.each([
  ['a day ahead', DAY],
  ['a day behind', -DAY],
])(
  'a clock %s, then jumping during the sync: everything arrives once, in the order it was done',
  GENEROUS,
  async (_, by) => {
    const ids = await begin(by)
    await desk.tell('hold', 0)
    const skew = await desk.tell<number | null>('skewMs')
    expect(Math.abs(Math.abs(skew ?? 0) - DAY), 'the person is told how far it is').toBeLessThan(60_000)
    // All cases work on the same requests, and every desk is called the same.
    const noteOf = (i: number) => `${by}: ${i}`
    const jumps = [0, -by, by * 2, 0, by]
    for (let i = 0; i < 20; i++) {
      await desk.tell('act', [ids[i % ids.length], 'note', { text: noteOf(i) }])
      if (i % 2 === 0) continue
      const cycle = desk.tell('cycle')
      await desk.tell('clock', jumps[i % jumps.length])
      expect(await cycle).toBe(true)
    }
    await expect
      .poll(() => desk.tell('cycle').then(() => desk.tell<{ state: string }[]>('states')), { timeout: 40_000 })
      .toEqual(Array.from({ length: 20 }, () => ({ state: 'applied' })))
    for (const [place, id] of ids.entries()) {
      const { history } = await atCentre(id)
      const texts = history
        .filter(({ desk: at, event }) => at === 'shifted' && event === 'note')
        .map(({ text }) => text)
      expect(texts.filter((text) => text.startsWith(`${by}: `))).toEqual(
        Array.from({ length: 20 }, (_, i) => i)
          .filter((i) => i % 4 === place)
          .map(noteOf),
      )
    }
    // Two answers in a row say that the clock was set: by then the desk counts by the new offset.
    await desk.tell('clock', -by)
    for (let i = 0; i < 6; i++) await desk.tell('cycle')
    const after = await desk.tell<number | null>('skewMs')
    expect(Math.abs((after ?? 0) + skew!)).toBeLessThan(60_000)
  },
)
