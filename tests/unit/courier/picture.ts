/** What a desk or the centre shows, and what is wrong with it: sentences, none where custody is kept. */
import type { BagRow, ManifestRow, RequestRow } from '../../../electron/contract/centre.contract.ts'
import { WHO } from '../../cases/operations.ts'
import { REQUESTS, type Desk } from './two-desks.ts'

export interface Picture {
  requests: RequestRow[]
  bags: BagRow[]
  manifests: ManifestRow[]
}

export function pictureOf(desk: Desk): Picture {
  const { world } = desk.view()
  const rows = <T>(list: (T | undefined)[]) => list.filter((row) => row !== undefined)
  return {
    requests: rows(REQUESTS.map((id) => world.get('request', id))),
    bags: rows(desk.ids('bag').map((id) => world.get('bag', id))),
    manifests: rows(desk.ids('manifest').map((id) => world.get('manifest', id))),
  }
}

/** Bags of ours that have not left; the partner's own stand at the partner. */
const inHouse = (bag: BagRow) => bag.owner === WHO.library && (bag.state === 'open' || bag.state === 'closed')
const lists = (bag: BagRow, requestId: string, volume: number) =>
  bag.items.some((item) => item.requestId === requestId && item.volume === volume)
const said = (wrong: boolean, sentence: () => string): string[] => (wrong ? [sentence()] : [])

/** No item in two places, no bag with two owners. */
export function placesWrong({ requests, bags, manifests }: Picture): string[] {
  const items = requests.flatMap((row) =>
    row.volumes.flatMap((item) => {
      const name = `${row.id}#${item.volume}`
      const holding = bags.filter((bag) => inHouse(bag) && lists(bag, row.id, item.volume))
      const [only] = holding
      return [
        ...said(holding.length > 1, () => `${name} lies in ${holding.length} bags`),
        ...said(only !== undefined && (item.bagId !== only.id || item.place !== 'bag'), () => `${only!.code} lists ${name}, which says ${item.place}/${item.bagId}`), // prettier-ignore
        ...said(item.place === 'bag' && !bags.some((bag) => bag.id === item.bagId && lists(bag, row.id, item.volume)), () => `${name} says it lies in a bag that does not list it`), // prettier-ignore
      ]
    }),
  )
  const owned = bags.flatMap((bag) => {
    const firm = manifests.filter((one) => one.state !== 'open' && one.bagIds.includes(bag.id))
    const names = bag.items.map((item) => `${item.requestId}#${item.volume}`)
    return [
      ...said(firm.length > 1, () => `${bag.code} stands on ${firm.length} manifests`),
      ...said(firm[0] !== undefined && bag.manifestId !== firm[0].id, () => `${bag.code} does not know its manifest`),
      ...said(new Set(names).size < names.length, () => `${bag.code} lists an item twice`),
    ]
  })
  return [...items, ...owned]
}

const RUNNING = new Set(['WillSupply', 'Loaned', 'Overdue', 'Recalled'])
/** A barcode is bound in one running loan only. */
export function barcodesWrong({ requests }: Picture): string[] {
  const bound = requests
    .filter((row) => RUNNING.has(row.status))
    .flatMap((row) =>
      row.volumes.filter((one) => one.barcode !== null && one.place !== 'shelf' && one.place !== 'lost'),
    )
    .map((one) => one.barcode)
  return said(new Set(bound).size < bound.length, () => `bound twice: ${bound.join()}`)
}

/**
 * Every item that left in a bag of ours is lent (or somebody was told), and is at our desk again only if its arrival
 * was reported.
 * @param named objects that an anomaly, known or about to be made, names
 * @param reported items somebody reported to have arrived: `id#volume`
 */
export function itemsLost(
  { requests, bags }: Picture,
  named: ReadonlySet<string>,
  reported: ReadonlySet<string>,
): string[] {
  return bags
    .filter((bag) => bag.owner === WHO.library && !inHouse(bag))
    .flatMap((bag) =>
      bag.items.flatMap(({ requestId, volume, arrived }) => {
        const row = requests.find((one) => one.id === requestId)
        const item = row?.volumes.find((one) => one.volume === volume)
        const name = `${requestId}#${volume} of ${bag.code}`
        if (!row || !item) return [`${name} is nowhere`]
        const lent = row.status !== 'RequestReceived' && row.status !== 'WillSupply'
        const athome = item.place === 'desk' || item.place === 'bag'
        return [
          ...said(!lent && !named.has(row.id), () => `${name} left unlent (${row.status}) and nobody was told`),
          ...said(athome && !reported.has(`${requestId}#${volume}`), () => `${name} is here again (${item.place}) although nothing arrived`), // prettier-ignore
          ...said(arrived === 'missing' && !named.has(bag.id) && !named.has(row.id), () => `${name} is missing and nobody was told`), // prettier-ignore
        ]
      }),
    )
}
