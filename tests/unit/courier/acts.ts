/**
 * What two desks do in a history: single acts, sensible or not, and courses (a bag from the shelf to the driver, a bag
 * that comes back) which a random act of the other desk may cut across at any step.
 */
import fc from 'fast-check'
import type { OpKind } from '../../../electron/contract/ops.contract.ts'
import { WHO } from '../../cases/operations.ts'
import { pictureOf } from './picture.ts'
import type { Desk, TwoDesks } from './two-desks.ts'

/** An object nobody has ever heard of. */
const NOBODY = '00000000-0000-4000-8000-0000000000ff'
const DIGEST = 'd'.repeat(64)

/** Single acts by how often they come; the partner's are played through the centre's own rules. */
const WEIGHTS = {
  bind: 10,
  unbind: 1,
  openBag: 6,
  pack: 16,
  unpack: 3,
  closeBag: 8,
  reopenBag: 2,
  openManifest: 4,
  moveBag: 3,
  closeManifest: 6,
  handOver: 6,
  bagArrived: 3,
  itemArrived: 5,
  itemMissing: 2,
  itemSurplus: 1,
  forward: 1,
  received: 2,
  shippedBack: 1,
  checkIn: 4,
  lose: 1,
  damage: 1,
  partner: 6,
  sync: 4,
} as const
type Name = keyof typeof WEIGHTS
const NAMES = (Object.keys(WEIGHTS) as Name[]).flatMap((name) => Array.from({ length: WEIGHTS[name] }, () => name))

const COURSES: readonly (readonly Name[])[] = [
  ['bind', 'openBag', 'pack', 'pack', 'closeBag', 'openManifest', 'closeManifest', 'handOver'],
  ['openBag', 'pack', 'pack', 'pack', 'closeBag', 'openManifest', 'moveBag', 'closeManifest', 'handOver', 'sync'],
  ['sync', 'closeBag', 'openManifest', 'closeManifest', 'handOver', 'sync', 'partner'],
  ['sync', 'partner', 'sync', 'bagArrived', 'itemArrived', 'checkIn', 'itemArrived', 'checkIn', 'itemMissing'],
]

export interface Act {
  desk: 0 | 1
  names: readonly Name[]
  one: number
  two: number
  /** Sent although the desk itself would refuse it: the centre must hold by itself. */
  stubborn: boolean
  sensible: boolean
}
const common = {
  desk: fc.constantFrom(0 as const, 1 as const),
  one: fc.nat(11),
  two: fc.nat(11),
}
const single: fc.Arbitrary<Act> = fc.record({
  ...common,
  names: fc.constantFrom(...NAMES).map((name) => [name]),
  stubborn: fc.boolean(),
  sensible: fc.integer({ min: 0, max: 9 }).map((n) => n < 7),
})
const course: fc.Arbitrary<Act> = fc.record({
  ...common,
  names: fc.constantFrom(...COURSES),
  stubborn: fc.constant(false),
  sensible: fc.constant(true),
})

/** Courses run step by step with the other desk's acts in between: a history is one list of single steps. */
export const histories: fc.Arbitrary<Act[]> = fc
  .array(fc.oneof({ weight: 5, arbitrary: single }, { weight: 2, arbitrary: course }), { minLength: 12, maxLength: 40 })
  .map((acts) => {
    const lanes = [0, 1].map((desk) => acts.filter((act) => act.desk === desk).flatMap(steps))
    const merged: Act[] = []
    while (lanes.some((lane) => lane.length > 0)) for (const lane of lanes) merged.push(...lane.splice(0, 2))
    return merged
  })
const steps = (act: Act): Act[] => act.names.map((name, n) => ({ ...act, names: [name], one: act.one + n }))

const pick = <T>(list: readonly T[], n: number): T | undefined => (list.length ? list[n % list.length] : undefined)

/** Arguments that make sense on what this desk sees now, where there are any; senseless acts take anything. */
function choose(desk: Desk, { one, two, sensible }: Act) {
  const { requests, bags, manifests } = pictureOf(desk)
  const volumes = requests.flatMap((row) => row.volumes.map((volume) => ({ row, volume })))
  const like = <T>(list: readonly T[], fits: (thing: T) => boolean, n: number): T | undefined =>
    (sensible ? pick(list.filter(fits), n) : undefined) ?? pick(list, n)
  const openFor = (partner: string) => bags.filter((bag) => bag.state === 'open' && bag.owner === WHO.library && bag.destination === partner) // prettier-ignore
  const ready = ({ row, volume }: (typeof volumes)[number]) => volume.place === 'desk' && volume.barcode !== null && row.status !== 'RequestReceived' // prettier-ignore
  const packable = like(volumes, (one) => ready(one) && openFor(one.row.fields.partner).length > 0, one)!
  const wanting = like(volumes, ready, one)!
  const coming = bags.filter((bag) => bag.destination === WHO.library)
  return {
    unbound: like(volumes, ({ row, volume }) => row.status === 'WillSupply' && volume.barcode === null, one)!,
    packable,
    wanting,
    out: like(volumes, ({ row, volume }) => row.status === 'Loaned' && volume.place !== 'shelf', one)!,
    into: pick(openFor(packable.row.fields.partner), two)?.id ?? NOBODY,
    full: like(bags, (bag) => bag.state === 'open' && bag.items.length > 0, two)?.id ?? NOBODY,
    sealed: bags.filter((bag) => bag.state === 'closed' && (!sensible || bag.manifestId === null)).map((bag) => bag.id),
    away: (sensible ? pick(coming.filter((bag) => bag.state === 'handed_over' || bag.state === 'arrived'), two) : undefined) ?? pick(bags, two), // prettier-ignore
    bag: pick(bags, two)?.id ?? NOBODY,
    draft: like(manifests, (row) => row.state === 'open', one)?.id ?? NOBODY,
    firm: like(manifests, (row) => row.state === 'closed', one)?.id ?? NOBODY,
  }
}

/** One act by its name. Doing nothing is a legal act, too. */
export function perform(all: TwoDesks, desk: Desk, act: Act): void {
  const { one, two, stubborn, sensible } = act
  const at = choose(desk, act)
  const run = (kind: OpKind, objectId: string, args: object) => void desk.act(kind, objectId, args, stubborn)
  const itemOf = ({ row, volume }: typeof at.out) => ({ requestId: row.id, volume: volume.volume })
  const unticked = at.away?.items.filter((item) => item.arrived === '') ?? []
  const inBag = pick(sensible && unticked.length > 0 ? unticked : (at.away?.items ?? []), one)
  const item = inBag ? { requestId: inBag.requestId, volume: inBag.volume } : itemOf(at.out)
  const awayId = at.away?.id ?? NOBODY
  const destination = sensible ? at.wanting.row.fields.partner : two % 2 ? WHO.partner : WHO.third
  const did: Record<Name, () => void> = {
    bind: () => run('bindItem', at.unbound.row.id, { volume: at.unbound.volume.volume, barcode: `RUC${one}${sensible ? at.unbound.row.id.at(-1) : ''}` }), // prettier-ignore
    unbind: () => run('unbindItem', at.out.row.id, { volume: at.out.volume.volume }),
    openBag: () => run('openBag', crypto.randomUUID(), { code: `B-R-${desk.name}-${one}${two}`, destination, route: two % 2 ? '北线' : '' }), // prettier-ignore
    pack: () => run('pack', at.packable.row.id, { item: itemOf(at.packable), bagId: at.into }),
    unpack: () => run('unpack', at.packable.row.id, { item: itemOf(at.packable), bagId: at.full }),
    closeBag: () => run('closeBag', at.full, { seal: `S${two}`, weightGrams: 500 * (1 + two) }),
    reopenBag: () => run('reopenBag', at.bag, {}),
    openManifest: () => run('openManifest', crypto.randomUUID(), { number: `M-R-${desk.name}-2026-${one}${two}`, run: '' }), // prettier-ignore
    moveBag: () => run('moveBag', sensible ? (at.sealed[0] ?? at.bag) : at.bag, { manifestId: at.draft }),
    closeManifest: () => run('closeManifest', at.draft, { bagIds: at.sealed.length > 0 ? at.sealed : [at.bag] }),
    handOver: () => run('handedOver', at.firm, { driver: '张师傅', signature: { strokes: [] }, digest: DIGEST }),
    bagArrived: () => run('bagArrived', awayId, {}),
    itemArrived: () => run('itemArrived', awayId, { item, condition: 'good' }),
    itemMissing: () => run('itemMissing', awayId, { item }),
    itemSurplus: () => run('itemSurplus', at.bag, { barcode: `XX${two}` }),
    forward: () => run('bagForwarded', awayId, { to: two % 2 ? WHO.third : WHO.partner }),
    received: () => run('received', at.out.row.id, {}),
    shippedBack: () => run('shippedBack', at.out.row.id, {}),
    checkIn: () => run('checkedIn', at.out.row.id, { volume: at.out.volume.volume, condition: two % 4 ? 'good' : 'damaged' }), // prettier-ignore
    lose: () => run('lost', at.out.row.id, { volume: at.out.volume.volume }),
    damage: () => run('damaged', at.out.row.id, { volume: at.out.volume.volume, note: '封面' }),
    partner: () => all.partnerActs(one),
    sync: () => desk.sync(),
  }
  did[act.names[0]!]()
}
