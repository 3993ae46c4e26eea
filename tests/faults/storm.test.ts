/** Three processes, as in life: a centre, core, and a line between them that does whatever it likes; both ends are killed too. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningCentre } from '../../electron/centre/server.ts'
import { Stage } from '../support/desk.ts'
import { Killing } from './killing.ts'
import { FaultLine, type Fault } from './line.ts'

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
const FAULTS: ((next: () => number) => Fault)[] = [
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

test(
  `a storm (seed ${SEED}): every third call meets a fault, core dies four times and the centre once; all is done once`,
  { timeout: 120_000 },
  async () => {
    const victim = await new Killing(stage, 'storm', 30, line.url).prepare()
    const next = random(SEED)
    line.plan = ({ path }) =>
      next() > 0.34 || path.includes('/enrol') ? null : FAULTS[Math.floor(next() * FAULTS.length)]!(next)
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
    expect(line.done.size).toBeGreaterThan(6)
    line.plan = () => null
    await victim.expectWhole()
  },
)
