/** Lists of the courier desk: bags with what is in them, manifests, books that wait for a reader, what did not fit. */
import type { BagView } from '../../contract/core.contract.ts'
import type { Core } from '../context.ts'
import { anomalies } from '../courier/anomalies.ts'
import { board } from '../courier/bags.ts'
import { waitingPickups } from '../courier/pickup.ts'
import { source, type ListSource, type Words } from './source.ts'

type Item = BagView['items'][number]

/** A line a book; an empty bag has one without. */
export function bagList(core: Core, words: Words, side: 'ours' | 'coming'): ListSource {
  const here = core.deskLibrary()
  const { bags, manifests } = board(core)
  const numbers = new Map(manifests.map(({ id, number: no }) => [id, no]))
  const chosen = bags.filter(({ owner, destination }) => (owner === here && destination !== here) === (side === 'ours'))
  const lines = chosen.flatMap((bag) =>
    (bag.items.length > 0 ? bag.items : [null]).map((item: Item | null) => ({ bag, item })),
  )
  const { word } = words
  return source(words, lines, ({ text, number }) => ({
    bag: text(({ bag }) => bag.code),
    bagState: text(({ bag }) => word('bagState', bag.state)),
    destination: text(({ bag }) => bag.destinationName),
    route: text(({ bag }) => bag.route),
    seal: text(({ bag }) => bag.seal),
    grams: number(({ bag }) => bag.weightGrams),
    manifest: text(({ bag }) => numbers.get(bag.manifestId ?? '') ?? ''),
    id: text(({ item }) => item?.requestId ?? ''),
    volume: number(({ item }) => item?.volume ?? null),
    barcode: text(({ item }) => item?.barcode ?? ''),
    title: text(({ item }) => item?.title ?? ''),
    arrived: text(({ item }) => word('arrived', item?.arrived ?? '')),
  }))
}

export function manifestList(core: Core, words: Words): ListSource {
  const { word } = words
  return source(words, board(core).manifests, ({ text, number, moment }) => ({
    manifest: text((one) => one.number),
    run: text((one) => one.run),
    manifestState: text((one) => word('manifestState', one.state)),
    bagCount: number((one) => one.bagCount),
    itemCount: number((one) => one.itemCount),
    destinations: number((one) => one.destinationCount),
    grams: number((one) => one.weightGrams),
    closedAt: moment((one) => one.closedAt),
    handedOverAt: moment((one) => one.handedOver?.at ?? null),
    driver: text((one) => one.handedOver?.driver ?? ''),
    digest: text((one) => one.handedOver?.digest ?? ''),
    amendments: text((one) => one.amendments.map(({ who, text: said }) => `${who}: ${said}`).join('\n')),
  }))
}

export function pickupList(core: Core, words: Words): ListSource {
  return source(words, waitingPickups(core), ({ text, number, moment }) => ({
    id: text((one) => one.requestId),
    title: text((one) => one.title),
    partner: text((one) => one.partnerName),
    callNumber: text((one) => one.callNumber),
    volumes: number((one) => one.volumes),
    until: moment((one) => one.until),
  }))
}

export function anomalyList(core: Core, words: Words, state: 'open' | 'resolved'): ListSource {
  const { word } = words
  return source(words, anomalies(core, state), ({ text, moment }) => ({
    at: moment((one) => one.at),
    about: text((one) => one.aboutTitle),
    id: text((one) => (one.aboutType === 'request' ? one.about : '')),
    anomaly: text((one) => word('anomaly', one.event)),
    detail: text((one) => one.text),
    person: text((one) => one.personName),
    state: text((one) => word('anomalyState', one.state)),
    outcome: text((one) => one.history.findLast(({ event }) => event === 'resolveAnomaly')?.text ?? ''),
  }))
}
