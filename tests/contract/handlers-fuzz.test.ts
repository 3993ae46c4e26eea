/**
 * Every method of the core contract on a real desk, with whatever its schema lets through: hostile texts, extreme numbers,
 * ids that exist where they do not belong. Each call gets an answer by the contract; none ends in an unexpected error,
 * hangs, writes outside the data folder, or leaves the database, the audit trail or the sync the worse for it.
 *
 * BALIS_DESK_FUZZ says how many calls a method gets, BALIS_DESK_SEED which.
 */
import fc from 'fast-check'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { checkAudit } from '../../db/queries/audit.ts'
import { askedOps } from '../../db/queries/review.ts'
import { CORE_PROTOCOL, coreContract } from '../../electron/contract/core.contract.ts'
import { DeskError } from '../../electron/contract/errors.ts'
import { OP_KINDS, OpArgs } from '../../electron/contract/ops.contract.ts'
import { ReplyMessage } from '../../electron/contract/rpc.ts'
import { createRpcServer } from '../../electron/contract/rpc-server.ts'
import { arbitraryOf } from '../support/arbitrary.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

type Method = keyof typeof coreContract
const CALLS = Number(process.env['BALIS_DESK_FUZZ'] ?? 2)
const SEED = Number(process.env['BALIS_DESK_SEED'] ?? 20261122)
const PATIENCE_MS = 60_000
/** These look for devices on the network, or copy or count everything: once is enough. */
const COSTLY: ReadonlySet<string> = new Set<Method>([
  'scanner.list',
  'printer.discover',
  'backup.make',
  'backup.export',
  'support.bundle',
  'doctor.run',
  'reports.export',
  'monthly.make',
])

let stage: Stage
let desk: TestDesk
let answer: ReturnType<typeof createRpcServer>
const unexpected: string[] = []

beforeAll(async () => {
  // Nothing of this machine: no queues, no scanners.
  vi.stubEnv('BALIS_DESK_CUPS', '')
  vi.stubEnv('SANE_CONFIG_DIR', '/nonexistent')
  stage = new Stage()
  await stage.startCentre({ rows: 40 })
  desk = await stage.desk('fuzzed', 'ruc-lin')
  await desk.core.sync.settle()
  const onUnexpected = (method: string, error: unknown) =>
    unexpected.push(`${method}: ${String((error as Error).stack)}`)
  answer = createRpcServer({ contract: coreContract, protocol: CORE_PROTOCOL, handlers: desk.handlers, onUnexpected })
}, 60_000)
afterAll(async () => {
  await stage.end()
  vi.unstubAllEnvs()
})

/** Values by the name of the member they stood under, out of what core answered. */
const seen = new Map<string, unknown[]>()
function remember(value: unknown, name = ''): void {
  if (Array.isArray(value)) for (const one of value.slice(0, 5)) remember(one, name)
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value).slice(0, 40)) remember(inner, key)
  else if (name !== '' && value !== null) {
    const there = seen.get(name) ?? []
    if (there.length < 20 && !there.includes(value)) seen.set(name, [...there, value])
  }
}
/** An id is called `requestId`, `objectId` or `id`, by whoever needs it. */
const known = (name: string): readonly unknown[] => [
  ...(seen.get(name) ?? []),
  ...(/id$/i.test(name) ? (seen.get('id') ?? []) : []),
]

async function call(method: string, params: unknown): Promise<ReplyMessage['reply']> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`${method} does not answer: ${JSON.stringify(params)}`)), PATIENCE_MS).unref()
  })
  const reply = await Promise.race([answer({ protocol: CORE_PROTOCOL, kind: 'call', id: 1, method, params }, undefined), late]) // prettier-ignore
  return ReplyMessage.parse(reply).reply
}

/** As the desk was: somebody there, unlocked, the centre where it is. */
async function atWork(settings: object): Promise<void> {
  const { identity, core } = desk.running
  core.settings.set(settings)
  if (identity.locked || core.me()?.role !== 'supervisor') await identity.signIn('ruc-lin', 'balis-rehearsal')
}

test(`every method, ${CALLS} times (seed ${SEED})`, { timeout: 200_000 + CALLS * 60_000 }, async () => {
  const settings = desk.core.settings.get()
  const prototype = Object.getOwnPropertyNames(Object.prototype)
  mkdirSync(join(stage.folder, 'beside'))
  writeFileSync(join(stage.folder, 'beside', 'file'), 'x')
  const outside = readdirSync(stage.folder).toSorted()
  const [first] = (await desk.handlers['queue.window']({ query: { text: '', filter: {}, sort: 'due', descending: false }, offset: 0, limit: 20 })).rows // prettier-ignore
  remember(first)
  const failed: string[] = []
  let valid = 0
  let calls = 0
  for (let round = 0; round < CALLS; round++)
    for (const method of Object.keys(coreContract)) {
      if (round > 0 && COSTLY.has(method)) continue
      const schema = coreContract[method as Method].in
      // Seeds of their own, so that what one method answered changes nothing but the ids another one is asked with.
      const [params] = fc.sample(arbitraryOf(schema, known), { numRuns: 1, seed: SEED + calls++ })
      if (schema.safeParse(params).success) valid++
      const reply = await call(method, params)
      if (reply.ok) remember(reply.data)
      else if (reply.code === 'internal') failed.push(`${method} ${JSON.stringify(params)}`)
      await atWork(settings)
    }
  expect([...failed, ...unexpected]).toEqual([])
  // Most of what was drawn passed the schema and reached its handler.
  expect(valid / calls).toBeGreaterThan(0.95)

  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototype)
  expect(readdirSync(stage.folder).toSorted()).toEqual(outside)
  const { core } = desk
  expect(core.db.pragma('integrity_check')).toBe('ok')
  expect(checkAudit(core.db)).toBeNull()
  // And it works on.
  const { requestId: id } = await stage.lever<{ requestId: string }>('request')
  expect(await core.sync.settle()).toBe(true)
  core.act({ objectId: id, kind: 'note', args: { text: 'after all that' } })
  expect(await core.sync.settle()).toBe(true)
  expect(core.views.request(id)?.row.history.map(({ text }) => text)).toContain('after all that')
})

test(
  `every operation of staff, ${CALLS} times: done, refused with a reason, never a call the centre cannot read`,
  {
    timeout: 120_000 + CALLS * 30_000,
  },
  async () => {
    const { core } = desk
    remember(await desk.handlers['courier.board']({}))
    let done = 0
    for (let round = 0; round < CALLS; round++) {
      for (const [at, kind] of OP_KINDS.entries()) {
        const seed = SEED + round * 1000 + at
        const [args] = fc.sample(arbitraryOf(OpArgs[kind], known), { numRuns: 1, seed })
        const [objectId] = fc.sample(fc.constantFrom(...known('requestId'), crypto.randomUUID()) as fc.Arbitrary<string>, { numRuns: 1, seed }) // prettier-ignore
        try {
          core.act({ objectId, kind, args: args as never })
          done++
        } catch (error) {
          if (!(error instanceof DeskError)) throw error
        }
      }
      await core.sync.settle()
    }
    expect(done).toBeGreaterThan(CALLS * 10)
    const open = core.db.sql<{ op_id: string; kind: string; state: string; code: string; args: string }>(`SELECT op_id, kind, state, code, args FROM outbox WHERE state NOT IN ('applied', 'rejected', 'withdrawn', 'held')`).all() // prettier-ignore
    const waitsForPerson = new Set(askedOps(core.db).map(({ opId }) => opId))
    expect(open.filter((op) => !waitsForPerson.has(op.op_id))).toEqual([])
    expect(checkAudit(core.db)).toBeNull()
  },
)
