/**
 * Custody under random hands (invariant I13): two desks, days offline, sensible and senseless acts, merged by the real
 * centre, with borrowers that receive and send back. No item in two places, no bag with two owners, every handed-over
 * item accounted for at each moment, every anomaly in sight, and a settlement that equals a count of the raw events.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpKind } from '../../../electron/contract/ops.contract.ts'
import { linesOf } from '../../../electron/domain/settlement/lines.ts'
import { histories, perform } from './acts.ts'
import { barcodesWrong, itemsLost, pictureOf, placesWrong, type Picture } from './picture.ts'
import { TwoDesks, type Desk, type RawEvent } from './two-desks.ts'

const HISTORIES = Number(process.env['BALIS_HISTORIES'] ?? 30)
let all: TwoDesks
beforeAll(async () => void (all = await TwoDesks.make()))
afterAll(() => all.close())

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

/** Items whose arrival anybody reported; what the desks did offline counts for their own pictures. */
const reportedIn = (events: Iterable<Pick<RawEvent, 'kind' | 'args'>>): Set<string> => {
  const names = new Set<string>()
  for (const { kind, args } of events) {
    const item = args['item'] as { requestId: string; volume: number } | undefined
    if (kind === 'itemArrived' && item) names.add(`${item.requestId}#${item.volume}`)
  }
  return names
}

/** Every fact that did not fit is in sight: as an anomaly of the centre, or as what will become one. */
function namedBy(desk: Desk): Set<string> {
  const view = desk.view()
  const misfits = desk.waiting().filter((op) => view.misfits.has(op.opId))
  const known = desk.ids('anomaly').map((id) => view.world.get('anomaly', id)!.about)
  const lent = misfits.flatMap((op) => (op.kind === 'handedOver' ? lentBy(desk, op.objectId) : []))
  return new Set([...known, ...misfits.map((op) => op.objectId), ...lent])
}
/** A hand-over that did not fit names its manifest; the items are those of its bags. */
const lentBy = (desk: Desk, manifestId: string): string[] =>
  (desk.view().world.get('manifest', manifestId)?.bagIds ?? []).flatMap((id) =>
    (desk.view().world.get('bag', id)?.items ?? []).map((item) => item.requestId),
  )

/** How far the histories got, over all of them. */
const reach = { runs: 0, handOvers: 0, lent: 0, bagsClosed: 0, manifestsClosed: 0, arrivals: 0, returned: 0, anomalies: 0, refused: 0 } // prettier-ignore
function measure(picture: Picture): void {
  const applied = (kind: OpKind) => all.events.filter((one) => one.kind === kind && one.outcome === 'applied').length
  reach.runs++
  reach.handOvers += picture.manifests.filter((one) => one.handedOver).length
  reach.lent += picture.requests.flatMap((row) => row.volumes).filter((one) => one.place === 'courier' || one.place === 'borrower').length // prettier-ignore
  reach.bagsClosed += applied('closeBag')
  reach.manifestsClosed += applied('closeManifest')
  reach.arrivals += picture.bags.filter((bag) => bag.state === 'arrived' || bag.state === 'reconciled').length
  reach.returned += picture.requests.filter((row) => row.status === 'LoanCompleted').length
  reach.anomalies += all.rows('anomaly').length
  reach.refused += all.events.filter((one) => one.outcome === 'rejected').length
}

test(`${HISTORIES} histories of two desks keep custody`, { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(histories, (acts) => {
      all.begin()
      for (const act of acts) {
        const desk = all.desks[act.desk]!
        perform(all, desk, act)
        const picture = pictureOf(desk)
        const reported = reportedIn([...all.events, ...all.theirs, ...desk.waiting()])
        expect([...placesWrong(picture), ...itemsLost(picture, namedBy(desk), reported)]).toEqual([])
      }
      for (const desk of [...all.desks, ...all.desks]) desk.sync()
      const picture = { requests: all.rows('request'), bags: all.rows('bag'), manifests: all.rows('manifest') }
      const anomalies = all.rows('anomaly')
      const named = new Set(anomalies.map((one) => one.about))
      const reported = reportedIn([...all.events, ...all.theirs])
      expect([...placesWrong(picture), ...barcodesWrong(picture), ...itemsLost(picture, named, reported)]).toEqual([])
      assertSettlement(picture)
      // Every event that says "something is wrong" left an anomaly, and both desks see all of them.
      for (const event of all.events)
        if (event.kind === 'itemMissing' || event.kind === 'itemSurplus')
          expect(anomalies.some((one) => one.about === event.objectId && one.event === event.kind)).toBe(true)
      for (const desk of all.desks)
        for (const one of anomalies) expect(desk.view().world.get('anomaly', one.id)?.state).toBe('open')
      measure(picture)
    }),
    { numRuns: HISTORIES, endOnFailure: true },
  )
})

/** At least so much a history on average, far below what they reach: less would be luck, or a test gone weak. */
const FAR = { handOvers: 1.5, lent: 0.8, bagsClosed: 1.5, manifestsClosed: 1, arrivals: 0.8, returned: 0.4, anomalies: 3, refused: 1 } // prettier-ignore

test('the histories went far enough to mean something: bags signed out, received, sent back, contradicted', () => {
  const each = Object.entries(FAR).map(([name, least]) => ({ name, least, got: reach[name as keyof typeof FAR] / reach.runs })) // prettier-ignore
  expect(each.filter(({ least, got }) => !(got >= least))).toEqual([])
})
