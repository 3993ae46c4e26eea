/**
 * A centre that speaks the protocol and fills it with whatever its schemas let through: hostile texts, dates at the edges,
 * names of other rows, and rows of wrong shape between them. Every page is taken, what fails alone is put aside, every
 * screen can still be read, and a row that comes right again heals.
 *
 * BALIS_DESK_FUZZ says how many pages, BALIS_DESK_SEED which.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ENTITY_SCHEMAS, type EntityType, type RowEnvelope } from '../../electron/contract/centre.contract.ts'
import { CORE_PROTOCOL, coreContract } from '../../electron/contract/core.contract.ts'
import { createRpcServer } from '../../electron/contract/rpc-server.ts'
import { arbitraryOf, HOSTILE } from '../support/arbitrary.ts'
import { Stage, type TestDesk } from '../support/desk.ts'
import { FaultLine } from '../faults/line.ts'

const PAGES = Number(process.env['BALIS_DESK_FUZZ'] ?? 5)
const SEED = Number(process.env['BALIS_DESK_SEED'] ?? 20261122)

let stage: Stage
let line: FaultLine
let desk: TestDesk
beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 30 })
  line = new FaultLine(stage.centre.url)
  desk = await stage.desk('one', 'ruc-lin', await line.open())
  expect(await desk.core.sync.settle()).toBe(true)
}, 60_000)
afterAll(async () => {
  await line.close()
  await stage.end()
})

/** Screens, each with what it is asked for when it opens. */
const SCREENS: [method: keyof typeof coreContract, params: object][] = [
  ['status.get', {}],
  ['counts.get', {}],
  ...(['due', 'title', 'callNumber', 'partner', 'applied', 'status'] as const).map(
    (sort) => ['queue.window', { query: { text: '', filter: {}, sort, descending: false }, offset: 0, limit: 200 }] as [keyof typeof coreContract, object], // prettier-ignore
  ),
  ['outbox.list', { states: ['held', 'queued', 'parked', 'rejected'] }],
  ['refused.list', {}],
  ['libraries.list', {}],
  ['desk.staff', {}],
  ['courier.board', {}],
  ['arrival.board', {}],
  ['anomaly.list', {}],
  ['pickup.waiting', {}],
  ['asking.drafts', {}],
  ['readers.list', {}],
  ['journal.get', {}],
  ['doctor.run', {}],
]

const TYPES = Object.keys(ENTITY_SCHEMAS) as EntityType[]
const junk = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(...HOSTILE, 2 ** 53, -1, 0.5, 'x'.repeat(5000)))

/** A row by its schema, now and then with one member that is anything. */
const rowArbitrary = fc.constantFrom(...TYPES).chain((type) =>
  fc
    .tuple(arbitraryOf(ENTITY_SCHEMAS[type]), fc.nat(4), junk, fc.nat(), fc.constantFrom('', ...HOSTILE))
    .map(([made, broken, wrong, at, name]) => {
      const row = { ...(made as object), type } as Record<string, unknown>
      const keys = Object.keys(row)
      if (broken === 0) row[keys[at % keys.length]!] = wrong
      if (broken === 1 && name !== '') Object.defineProperty(row, name, { value: wrong, enumerable: true })
      return row
    }),
)

test(`${PAGES} pages of rows made for harm (seed ${SEED})`, { timeout: 120_000 + PAGES * 20_000 }, async () => {
  const unexpected: string[] = []
  const answer = createRpcServer({
    contract: coreContract,
    protocol: CORE_PROTOCOL,
    handlers: desk.handlers,
    onUnexpected: (method, error) => unexpected.push(`${method}: ${String((error as Error).stack)}`),
  })
  const ids: string[] = []
  let planted = 0
  for (let page = 0; page < PAGES; page++) {
    const drawn = fc.sample(rowArbitrary, { numRuns: 40, seed: SEED + page })
    await stage.lever('request')
    line.plan = ({ path }) =>
      path.includes('/feed')
        ? {
            kind: 'rewrite',
            change: (json) => {
              const rows = json['rows'] as RowEnvelope[]
              // Shared ids, so that rows of several kinds meet under one name; versions as high as they come.
              const mine =
                rows.length === 0 ? [] : drawn.map((row) => ({ ...row, seq: rows.at(-1)!.seq }) as RowEnvelope)
              planted += mine.length
              return { ...json, rows: [...rows, ...mine].filter((row) => envelope(row)) }
            },
          }
        : null
    expect(await desk.core.sync.cycle(), `page ${page}`).toBe(true)
    ids.push(
      ...drawn
        .map((row) => row['id'])
        .filter((id) => typeof id === 'string')
        .slice(0, 6),
    )
    for (const [method, params] of SCREENS) await answer({ protocol: CORE_PROTOCOL, kind: 'call', id: 1, method, params }, undefined) // prettier-ignore
    for (const id of ids.slice(-6))
      await answer({ protocol: CORE_PROTOCOL, kind: 'call', id: 1, method: 'request.get', params: { id } }, undefined)
    expect(unexpected).toEqual([])
  }
  expect(planted).toBeGreaterThan(PAGES * 20)
  expect(desk.core.db.pragma('integrity_check')).toBe('ok')

  // The centre is itself again and begins anew: nothing of all that is left.
  line.plan = () => null
  await stage.lever('epoch')
  expect(await desk.core.sync.settle()).toBe(true)
  const status = await desk.handlers['status.get']({})
  expect(status).toMatchObject({ connection: 'online', quarantined: 0 })
})

/** What the page as a whole is held to; one without that is no page at all and is tested elsewhere. */
function envelope({ id, version, type, gone }: RowEnvelope): boolean {
  return (
    typeof id === 'string' && id.length > 0 && id.length <= 64 && Number.isSafeInteger(version) && version > 0 &&
    typeof type === 'string' && type.length > 0 && type.length <= 40 && gone === undefined
  ) // prettier-ignore
}
