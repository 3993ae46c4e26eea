/**
 * Custody under random hands (invariant I13): two desks, days offline, sensible and senseless acts, merged by the real
 * centre. No item in two places, no bag with two owners, every handed-over item accounted for, every anomaly in sight,
 * and a settlement that equals a count of the raw events.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BagRow, ManifestRow, RequestRow } from '../../../electron/contract/centre.contract.ts'
import type { OpKind } from '../../../electron/contract/ops.contract.ts'
import { linesOf } from '../../../electron/domain/settlement/lines.ts'
import { WHO } from '../../cases/operations.ts'
import { REQUESTS, TwoDesks, type Desk, type RawEvent } from './two-desks.ts'

const HISTORIES = Number(process.env['BALIS_HISTORIES'] ?? 30)
/** An object nobody has ever heard of. */
const NOBODY = '00000000-0000-4000-8000-0000000000ff'
const DIGEST = 'd'.repeat(64)
let all: TwoDesks
beforeAll(async () => void (all = await TwoDesks.make()))
afterAll(() => all.close())

interface Act {
  desk: 0 | 1
  what: number
  one: number
  two: number
  /** Sent although the desk itself would refuse it: the centre must hold by itself. */
  stubborn: boolean
  sensible: boolean
}
const act: fc.Arbitrary<Act> = fc.record({
  desk: fc.constantFrom(0 as const, 1 as const),
  what: fc.nat(99),
  one: fc.nat(11),
  two: fc.nat(11),
  stubborn: fc.boolean(),
  sensible: fc.integer({ min: 0, max: 9 }).map((n) => n < 8),
})

const pick = <T>(list: readonly T[], n: number): T | undefined => (list.length ? list[n % list.length] : undefined)

/** Arguments that make sense on what this desk sees now, where there are any; senseless acts take anything. */
function choose(desk: Desk, { one, two, sensible }: Act) {
  const { requests, bags, manifests } = pictureOf(desk)
  const volumes = requests.flatMap((row) => row.volumes.map((volume) => ({ row, volume })))
  const anyVolume = pick(volumes, one)!
  const like = <T>(list: readonly T[], fits: (thing: T) => boolean, n: number): T | undefined =>
    (sensible ? pick(list.filter(fits), n) : undefined) ?? pick(list, n)
  const packable = like(volumes, ({ row, volume }) => row.status === 'WillSupply' && volume.place === 'desk', one) ?? anyVolume // prettier-ignore
  return {
    unbound:
      like(volumes, ({ row, volume }) => row.status === 'WillSupply' && volume.barcode === null, one) ?? anyVolume,
    packable,
    out: like(volumes, ({ row, volume }) => row.status === 'Loaned' && volume.place !== 'shelf', one) ?? anyVolume,
    into:
      like(bags, (bag) => bag.state === 'open' && bag.destination === packable.row.fields.partner, two)?.id ?? NOBODY,
    full: like(bags, (bag) => bag.state === 'open' && bag.items.length > 0, two)?.id ?? NOBODY,
    sealed: bags.filter((bag) => bag.state === 'closed' && (!sensible || bag.manifestId === null)).map((bag) => bag.id),
    away: like(bags, (bag) => bag.state === 'handed_over' || bag.state === 'arrived', two),
    bag: pick(bags, two)?.id ?? NOBODY,
    draft: like(manifests, (row) => row.state === 'open', one)?.id ?? NOBODY,
    firm: like(manifests, (row) => row.state === 'closed', one)?.id ?? NOBODY,
  }
}

/** One act by its number; the frequent ones have more numbers. Doing nothing is a legal act, too. */
function perform(desk: Desk, act: Act): void {
  const { what, one, two, stubborn, sensible } = act
  const at = choose(desk, act)
  const run = (kind: OpKind, objectId: string, args: object) => void desk.act(kind, objectId, args, stubborn)
  const itemOf = ({ row, volume }: typeof at.out) => ({ requestId: row.id, volume: volume.volume })
  const inBag = pick(at.away?.items ?? [], one)
  const item = inBag ? { requestId: inBag.requestId, volume: inBag.volume } : itemOf(at.out)
  const awayId = at.away?.id ?? NOBODY
  if (what < 14)
    run('bindItem', at.unbound.row.id, { volume: at.unbound.volume.volume, barcode: `RUC${one}${sensible ? at.unbound.row.id.at(-1) : ''}` }) // prettier-ignore
  else if (what < 15) run('unbindItem', at.out.row.id, { volume: at.out.volume.volume })
  else if (what < 21)
    run('openBag', crypto.randomUUID(), { code: `B-R-${desk.name}-${one}${two}`, destination: sensible ? at.packable.row.fields.partner : two % 2 ? WHO.partner : WHO.third, route: two % 2 ? '北线' : '' }) // prettier-ignore
  else if (what < 42) run('pack', at.packable.row.id, { item: itemOf(at.packable), bagId: at.into })
  else if (what < 45) run('unpack', at.packable.row.id, { item: itemOf(at.packable), bagId: at.full })
  else if (what < 55) run('closeBag', at.full, { seal: `S${two}`, weightGrams: 500 * (1 + two) })
  else if (what < 57) run('reopenBag', at.bag, {})
  else if (what < 62)
    run('openManifest', crypto.randomUUID(), { number: `M-R-${desk.name}-2026-${one}${two}`, run: '' })
  else if (what < 65) run('moveBag', at.bag, { manifestId: at.draft })
  else if (what < 73) run('closeManifest', at.draft, { bagIds: at.sealed.length > 0 ? at.sealed : [at.bag] })
  else if (what < 80) run('handedOver', at.firm, { driver: '张师傅', signature: { strokes: [] }, digest: DIGEST })
  else if (what < 82) run('bagArrived', awayId, {})
  else if (what < 84) run('itemArrived', awayId, { item, condition: 'good' })
  else if (what < 86) run('itemMissing', awayId, { item })
  else if (what < 87) run('itemSurplus', at.bag, { barcode: `XX${two}` })
  else if (what < 89) run('received', at.out.row.id, {})
  else if (what < 90) run('shippedBack', at.out.row.id, {})
  else if (what < 94)
    run('checkedIn', at.out.row.id, { volume: at.out.volume.volume, condition: two % 4 ? 'good' : 'damaged' })
  else if (what < 95) run('lost', at.out.row.id, { volume: at.out.volume.volume })
  else desk.sync()
}

interface Picture {
  requests: RequestRow[]
  bags: BagRow[]
  manifests: ManifestRow[]
}
const inHouse = (bag: BagRow) => bag.state === 'open' || bag.state === 'closed'

/** What must hold of any picture, a desk's own or the centre's. */
function assertCustody({ requests, bags, manifests }: Picture): void {
  for (const request of requests)
    for (const item of request.volumes) {
      const holding = bags.filter(
        (bag) => inHouse(bag) && bag.items.some((one) => one.requestId === request.id && one.volume === item.volume),
      )
      expect(holding.length, `${request.id}#${item.volume} in ${holding.length} bags`).toBeLessThanOrEqual(1)
      if (holding[0]) expect([item.bagId, item.place]).toEqual([holding[0].id, 'bag'])
      const listing = bags.find((bag) => bag.id === item.bagId && bag.items.some((one) => one.requestId === request.id && one.volume === item.volume)) // prettier-ignore
      if (item.place === 'bag') expect(listing?.id, `${request.id}#${item.volume} says bag`).toBe(item.bagId)
    }
  for (const bag of bags) {
    const firm = manifests.filter((one) => one.state !== 'open' && one.bagIds.includes(bag.id))
    expect(firm.length, `${bag.code} on ${firm.length} manifests`).toBeLessThanOrEqual(1)
    if (firm[0]) expect(bag.manifestId).toBe(firm[0].id)
    const twice = bag.items.filter((item, at) => bag.items.findIndex((one) => one.requestId === item.requestId && one.volume === item.volume) !== at) // prettier-ignore
    expect(twice).toEqual([])
  }
}

/** A bound barcode is in one running loan only. */
function assertBoundOnce(requests: readonly RequestRow[]): void {
  const running = requests.flatMap((row) =>
    ['WillSupply', 'Loaned', 'Overdue', 'Recalled'].includes(row.status)
      ? row.volumes.filter((one) => one.barcode !== null && one.place !== 'shelf' && one.place !== 'lost').map((one) => one.barcode) // prettier-ignore
      : [],
  )
  expect(new Set(running).size).toBe(running.length)
}

/** Whatever was listed in a bag that left is out, back, given up, or named by an anomaly. */
function assertAccounted({ requests, bags }: Picture, named: ReadonlySet<string>): void {
  for (const bag of bags.filter((one) => !inHouse(one)))
    for (const item of bag.items) {
      const row = requests.find((one) => one.id === item.requestId)!
      const volume = row.volumes.find((one) => one.volume === item.volume)!
      const known = ['courier', 'borrower', 'reader', 'desk', 'shelf', 'lost', 'bag'].includes(volume.place)
      const lent = !['RequestReceived', 'WillSupply'].includes(row.status)
      expect(known && (lent || named.has(row.id)), `${row.id}#${item.volume} ${row.status}/${volume.place}`).toBe(true)
      if (item.arrived === 'missing') expect(named.has(bag.id)).toBe(true)
    }
}

/** Counted from the events alone: who was packed where when a manifest went. */
function recount(events: readonly RawEvent[]): Map<string, { items: number; weight: number | null; bags: string[] }> {
  const inBag = new Map<string, Set<string>>()
  const weight = new Map<string, number>()
  const onManifest = new Map<string, string[]>()
  const gone = new Map<string, { items: number; weight: number | null; bags: string[] }>()
  for (const { kind, objectId, args, outcome } of events) {
    if (outcome !== 'applied') continue
    const bagId = String(args['bagId'] ?? '')
    const item = args['item'] as { requestId: string; volume: number } | undefined
    const name = item && `${item.requestId}#${item.volume}`
    if (kind === 'openBag') inBag.set(objectId, new Set())
    if (kind === 'pack') inBag.get(bagId)!.add(name!)
    if (kind === 'unpack') inBag.get(bagId)!.delete(name!)
    if (kind === 'closeBag' && args['weightGrams'] !== undefined) weight.set(objectId, Number(args['weightGrams']))
    if (kind === 'openManifest') onManifest.set(objectId, [])
    if (kind === 'moveBag') {
      for (const [id, list] of onManifest) onManifest.set(id, list.filter((one) => one !== objectId)) // prettier-ignore
      onManifest.get(String(args['manifestId']))?.push(objectId)
    }
    if (kind === 'closeManifest') onManifest.set(objectId, args['bagIds'] as string[])
    if (kind === 'handedOver' && onManifest.has(objectId) && !gone.has(objectId)) {
      const bags = onManifest.get(objectId)!
      const items = bags.reduce((sum, id) => sum + (inBag.get(id)?.size ?? 0), 0)
      const grams = bags.reduce<number | null>((sum, id) => (weight.has(id) ? (sum ?? 0) + weight.get(id)! : sum), null)
      gone.set(objectId, { items, weight: grams, bags })
    }
  }
  return gone
}

function assertSettlement(picture: Picture): void {
  const tariff = { courier: '京邮', route: '', from: 0, to: null, perBagFen: 800, perItemFen: 50, perKgFen: 100 }
  const bagOf = (id: string) => picture.bags.find((bag) => bag.id === id)
  const lines = linesOf(picture.manifests, bagOf, [tariff], { from: 0, to: Infinity })
  const counted = recount(all.events)
  expect(new Set(lines.map((line) => line.manifestId))).toEqual(new Set([...counted].filter(([, one]) => one.bags.length > 0).map(([id]) => id))) // prettier-ignore
  for (const [manifestId, { items, weight, bags }] of counted) {
    const own = lines.filter((line) => line.manifestId === manifestId)
    expect(own.map((line) => line.bagId).sort()).toEqual([...new Set(bags)].sort())
    expect(own.reduce((sum, line) => sum + line.items, 0)).toBe(items)
    expect(own.reduce<number | null>((sum, line) => (line.weightGrams === null ? sum : (sum ?? 0) + line.weightGrams), null)).toBe(weight) // prettier-ignore
  }
}

function pictureOf(desk: Desk): Picture {
  const { world } = desk.view()
  const rows = <T>(list: (T | undefined)[]) => list.filter((row) => row !== undefined)
  return {
    requests: rows(REQUESTS.map((id) => world.get('request', id))),
    bags: rows(desk.ids('bag').map((id) => world.get('bag', id))),
    manifests: rows(desk.ids('manifest').map((id) => world.get('manifest', id))),
  }
}

test(`${HISTORIES} histories of two desks keep custody`, { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 30, maxLength: 110 }), (acts) => {
      all.begin()
      for (const one of acts) {
        const desk = all.desks[one.desk]!
        perform(desk, one)
        assertCustody(pictureOf(desk))
      }
      for (const desk of all.desks) desk.sync()
      for (const desk of all.desks) desk.sync()
      const picture = { requests: all.rows('request'), bags: all.rows('bag'), manifests: all.rows('manifest') }
      const anomalies = all.rows('anomaly')
      const named = new Set(anomalies.map((one) => one.about))
      assertCustody(picture)
      assertBoundOnce(picture.requests)
      assertAccounted(picture, named)
      assertSettlement(picture)
      // Every event that says "something is wrong" left an anomaly, and both desks see all of them.
      for (const event of all.events)
        if (event.kind === 'itemMissing' || event.kind === 'itemSurplus')
          expect(anomalies.some((one) => one.about === event.objectId && one.event === event.kind)).toBe(true)
      for (const desk of all.desks)
        for (const one of anomalies) expect(desk.view().world.get('anomaly', one.id)?.state).toBe('open')
    }),
    { numRuns: HISTORIES, endOnFailure: true },
  )
})
