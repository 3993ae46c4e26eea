/** Whatever two libraries do, in whatever order: no item in two places, no bag with two truths, no row going back. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { requestRow } from '../../../electron/centre/request-row.ts'
import { plantRequests } from '../../../electron/centre/seed/plant.ts'
import type { BagRow, RequestRow, RowEnvelope } from '../../../electron/contract/centre.contract.ts'
import { OpArgs, type Op, type OpArgsOf, type OpKind } from '../../../electron/contract/ops.contract.ts'
import { push } from '../../../electron/centre/ops.ts'
import { NOW, WHO } from '../../cases/operations.ts'
import { CentreWorld } from './world.ts'

const DESKS = [
  { id: WHO.desk1, library: 'RUC' },
  { id: WHO.desk2, library: 'RUC' },
  { id: 'desk-pku', library: 'PKU' },
] as const

/** One random deed; numbers choose among the few objects of a history. */
interface Deed {
  kind: OpKind
  desk: number
  request: number
  bag: number
  manifest: number
  volume: number
  barcode: number
  supervisor: boolean
}
// prettier-ignore
const KINDS = [
  'claim', 'release', 'takeOver', 'accept', 'accept', 'accept', 'unaccept', 'printed', 'cannotSupply', 'retryLater', 'forward',
  'answerCancel', 'requestCancel', 'bindItem', 'bindItem', 'bindItem', 'unbindItem', 'openBag', 'openBag', 'pack', 'pack', 'pack', 'unpack',
  'closeBag', 'closeBag', 'reopenBag', 'openManifest', 'openManifest', 'moveBag', 'closeManifest', 'closeManifest', 'handedOver', 'handedOver',
  'bagArrived', 'itemArrived', 'itemMissing', 'received', 'shippedBack', 'checkedIn', 'lost', 'damaged', 'lentToReader', 'returnedByReader',
  'renewAsk', 'renewAnswer', 'recall', 'setDue', 'bagForwarded',
] as const satisfies readonly OpKind[]

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom<OpKind>(...KINDS),
  desk: fc.nat(2),
  request: fc.nat(2),
  bag: fc.nat(1),
  manifest: fc.nat(1),
  volume: fc.integer({ min: 1, max: 2 }),
  barcode: fc.nat(2),
  supervisor: fc.boolean(),
})

let world: CentreWorld
let history = 0
let n = 0
beforeAll(async () => {
  world = await CentreWorld.make()
  world.db
    .sql(
      `INSERT INTO device(id, library, desk_name, pruned_through, generation, created_at, seen_at) VALUES (?,?,?,0,0,?,?)`,
    )
    .run('desk-pku', 'PKU', 'desk-pku', NOW, NOW)
})
afterAll(() => world.close())

interface Objects {
  requests: string[]
  bags: string[]
  manifests: string[]
}

/** Three loans that PKU asks RUC for, and ids for bags and manifests yet to be made. */
function newObjects(): Objects {
  history++
  const requests = [1, 2, 3].map((i) => `BD${String(history).padStart(6, '0')}${String(i).padStart(2, '0')}`)
  const rows = requests.map((id, i) =>
    requestRow({
      id,
      service: 'loan',
      appliedAt: NOW,
      labels: i === 0 ? ['上', '下'] : [''],
      fields: { centreNo: id, title: id, partner: 'PKU' },
    }),
  )
  plantRequests(world.db, 'RUC', rows, true)
  return { requests, bags: [0, 1].map(() => crypto.randomUUID()), manifests: [0, 1].map(() => crypto.randomUUID()) }
}

function argsOf(d: Deed, o: Objects): unknown {
  const item = { requestId: o.requests[d.request]!, volume: d.volume }
  const bagId = o.bags[d.bag]!
  const other = DESKS[d.desk]!.library === 'RUC' ? 'PKU' : 'RUC'
  const all: { [K in OpKind]?: OpArgsOf<K> } = {
    printed: { kind: 'pullSlip', copy: 1 },
    cannotSupply: { reason: 'NotHeld' },
    retryLater: { reason: 'OnLoan' },
    forward: { reason: 'NotHeld', to: 'BNU' },
    answerCancel: { yes: d.supervisor },
    bindItem: { volume: d.volume, barcode: `X${history}-${d.barcode}` },
    unbindItem: { volume: d.volume },
    openBag: { code: `B-${bagId}`, destination: other, route: '' },
    pack: { item, bagId },
    unpack: { item, bagId },
    closeBag: { seal: 'S' },
    openManifest: { number: `M-${d.manifest}`, run: '' },
    moveBag: { manifestId: o.manifests[d.manifest]! },
    closeManifest: { bagIds: [bagId] },
    handedOver: { driver: '张', signature: { strokes: [] }, digest: '0'.repeat(64) },
    itemArrived: { item, condition: 'good' },
    itemMissing: { item },
    checkedIn: { volume: d.volume, condition: 'worn' },
    lost: { volume: d.volume },
    damaged: { volume: d.volume, note: 'x' },
    renewAsk: { until: NOW + 1 },
    renewAnswer: { yes: d.supervisor },
    setDue: { date: NOW + 2, reason: 'x' },
    bagForwarded: { to: 'BNU' },
  }
  return OpArgs[d.kind].parse(all[d.kind] ?? {})
}

const BAG_KINDS = new Set<OpKind>([
  'openBag',
  'moveBag',
  'closeBag',
  'reopenBag',
  'bagArrived',
  'itemArrived',
  'itemMissing',
  'bagForwarded',
])
const MANIFEST_KINDS = new Set<OpKind>(['openManifest', 'closeManifest', 'handedOver'])

function opOf(d: Deed, o: Objects): Op {
  const objectId = BAG_KINDS.has(d.kind)
    ? o.bags[d.bag]!
    : MANIFEST_KINDS.has(d.kind)
      ? o.manifests[d.manifest]!
      : o.requests[d.request]!
  const user = d.supervisor ? WHO.supervisor : WHO.staff
  return {
    opId: crypto.randomUUID(),
    n: ++n,
    objectId,
    touches: [objectId],
    kind: d.kind,
    args: argsOf(d, o),
    seen: { version: 0 },
    after: [],
    needsPrev: false,
    blobs: [],
    at: { wall: NOW, monotonicMs: 0, bootId: 'b' },
    actor: { desk: DESKS[d.desk]!.id, user },
  }
}

function perform(op: Op, desk: (typeof DESKS)[number]) {
  const [result] = push(
    {
      db: world.db,
      now: NOW,
      library: desk.library,
      device: desk.id,
      actorOf: (user) => ({
        library: desk.library,
        desk: desk.id,
        deskName: desk.id,
        user,
        userName: user,
        role: user === WHO.supervisor ? 'supervisor' : 'staff',
      }),
      mutants: new Set(),
    },
    { deviceId: desk.id, protocol: 1, ackThrough: 0, ops: [op] },
  ).results
  return result!
}

const FACTS = new Set([
  'handedOver',
  'bagArrived',
  'itemArrived',
  'itemMissing',
  'received',
  'shippedBack',
  'checkedIn',
  'lost',
  'damaged',
  'lentToReader',
  'returnedByReader',
  'bagForwarded',
])
const LIBRARIES = ['RUC', 'PKU', 'BNU']

function live<T>(library: string, type: 'request' | 'bag', id: string): T | null {
  const draft = world.row(type, id, library)
  return draft && draft.gone === null ? (draft.row as T) : null
}

function checkRequests(o: Objects): void {
  const boundAt = new Map<string, string>()
  for (const id of o.requests) {
    const ours = live<RequestRow>('RUC', 'request', id)
    if (!ours) continue
    const theirs = live<RequestRow>('PKU', 'request', id)
    if (theirs?.fields.partner === 'RUC') {
      // Between two answers each side may lag only in what never travels before the next answer.
      expect([theirs.status, theirs.dueAt, theirs.cancelAsked]).toEqual([ours.status, ours.dueAt, ours.cancelAsked])
    }
    const lent = ['Loaned', 'Overdue', 'Recalled', 'LoanCompleted', 'CompletedWithoutReturn'].includes(ours.status)
    if (lent) expect(ours.dueAt).not.toBeNull()
    if (['WillSupply', 'Loaned', 'Recalled'].includes(ours.status))
      for (const volume of ours.volumes) {
        if (volume.barcode === null || volume.place === 'shelf') continue
        const place = `${id}#${volume.volume}`
        expect(boundAt.get(volume.barcode) ?? place, `${volume.barcode} in two places`).toBe(place)
        boundAt.set(volume.barcode, place)
      }
  }
}

function checkBags(o: Objects): void {
  const packedIn = new Map<string, string>()
  for (const id of o.bags) {
    const copies = LIBRARIES.map((library) => live<BagRow>(library, 'bag', id)).filter((bag) => bag !== null)
    for (const bag of copies) expect({ ...bag, seq: 0, version: 0 }).toEqual({ ...copies[0]!, seq: 0, version: 0 })
    const bag = copies[0]
    if (!bag) continue
    expect(new Set(bag.items.map((item) => `${item.requestId}#${item.volume}`)).size).toBe(bag.items.length)
    if (bag.state !== 'open' && bag.state !== 'closed') continue
    for (const item of bag.items) {
      const name = `${item.requestId}#${item.volume}`
      expect(packedIn.has(name), `${name} in two bags`).toBe(false)
      packedIn.set(name, id)
    }
  }
}

it('random histories of three desks in two libraries keep every invariant', { timeout: 1_800_000 }, () => {
  const read = new Map<string, { seq: number; versions: Map<string, number> }>()
  fc.assert(
    fc.property(fc.array(deed, { minLength: 20, maxLength: 45 }), (deeds) => {
      const o = newObjects()
      for (const d of deeds) {
        const result = perform(opOf(d, o), DESKS[d.desk]!)
        if (FACTS.has(d.kind)) expect(result.outcome, 'facts are never refused').toBe('applied')
      }
      checkRequests(o)
      checkBags(o)
      for (const library of LIBRARIES) {
        const seen = read.get(library) ?? { seq: 0, versions: new Map<string, number>() }
        read.set(library, seen)
        const fresh = world.db
          .sql<{ body: string; seq: number; version: number }>(
            'SELECT body, seq, version FROM entity WHERE library = ? AND seq > ? ORDER BY seq',
          )
          .all(library, seen.seq)
        for (const row of fresh) {
          const envelope = JSON.parse(row.body) as RowEnvelope
          expect([envelope.seq, envelope.version]).toEqual([row.seq, row.version])
          const key = `${envelope.type} ${envelope.id}`
          expect(row.version).toBeGreaterThan(seen.versions.get(key) ?? 0)
          seen.versions.set(key, row.version)
          seen.seq = row.seq
        }
      }
    }),
    { numRuns: Number(process.env.CENTRE_HISTORIES ?? 200) },
  )
})
