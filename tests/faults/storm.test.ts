/** Three processes, as in life: a centre, core, and a line between them that does whatever it likes; both ends are killed too. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningCentre } from '../../electron/centre/server.ts'
import { Stage } from '../support/desk.ts'
import { Killing } from './killing.ts'
import { FaultLine, type Fault as LineFault } from './line.ts'

const CENTRE = fileURLToPath(new URL('../../electron/centre/index.ts', import.meta.url))
const SEED = Number(process.env['BALIS_DESK_SEED'] ?? 20260311)

let stage: Stage
let centre: ChildProcess
let line: FaultLine
async function startCentre(port: number): Promise<string> {
  const args = ['--data', join(stage.folder, 'centre'), '--rehearsal', '--rows', '60', '--port', String(port)]
  centre = fork(CENTRE, [...args, '--manual-borrower'], { silent: true })
  const [message] = (await once(centre, 'message')) as [{ listening: string }]
  return message.listening
}
beforeAll(async () => {
  stage = new Stage()
  const url = await startCentre(0)
  stage.centre = { url, close: () => Promise.resolve(void centre.kill('SIGKILL')) } as unknown as RunningCentre
  line = new FaultLine(url)
  await line.open()
})
afterAll(async () => {
  await line.close()
  await stage.end()
})

/** Small and repeatable; what happens depends on timing all the same, so the seed only chooses the faults. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
type Fault = (next: () => number) => LineFault
const FAULTS: readonly Fault[] = [
  () => ({ kind: 'dropRequest' }),
  () => ({ kind: 'dropReply' }),
  () => ({ kind: 'double' }),
  (next) => ({ kind: 'delay', ms: next() * 60 }),
  (next) => ({ kind: 'cutReply', share: next() }),
  (next) => ({ kind: 'cutRequest', bytes: Math.floor(next() * 400_000) }),
  () => ({ kind: 'portal' }),
  () => ({ kind: 'redirect' }),
  () => ({ kind: 'status', status: 503, retryAfter: 1 }),
  () => ({ kind: 'status', status: 500 }),
]

const KINDS = [...new Set(FAULTS.map((fault) => fault(Math.random).kind))].sort()

/** One call of every three meets a fault; which call it is and what happens to it is drawn, each fault once before any again. */
function storm(next: () => number): FaultLine['plan'] {
  let call = -1
  let hit = 0
  let left: Fault[] = []
  return ({ path }) => {
    if (path.includes('/enrol')) return null
    if (++call % 3 === 0) hit = Math.floor(next() * 3)
    if (call % 3 !== hit) return null
    if (left.length === 0) left = [...FAULTS]
    return left.splice(Math.floor(next() * left.length), 1)[0]!(next)
  }
}

test(
  `a storm (seed ${SEED}): one call of three meets a fault, each kind in turn; core dies four times and the centre once; all is done once`,
  { timeout: 120_000 },
  async () => {
    const victim = await new Killing(stage, 'storm', 30, line.url).prepare()
    line.plan = storm(random(SEED))
    for (const fault of [
      'after-results-commit#2',
      'before-slice-commit#3',
      'after-upload-chunk',
      'after-push-sent#2',
    ]) {
      await victim.run(fault)
      if (fault === 'after-upload-chunk') {
        const gone = once(centre, 'exit')
        centre.kill('SIGKILL')
        await gone
        await startCentre(Number(new URL(stage.centre.url).port))
      }
    }
    expect(await victim.run()).toBe(0)
    expect([...line.done.keys()].sort()).toEqual(KINDS)
    line.plan = () => null
    await victim.expectWhole()
  },
)
