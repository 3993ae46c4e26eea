/** What a courier is owed for: every bag on a signed manifest, once. */
import type { BagRow, ManifestRow } from '../../contract/centre.contract.ts'
import { priceOf, tariffFor, type Tariff } from './tariff.ts'

export interface Line {
  bagId: string
  bag: string
  manifestId: string
  manifest: string
  /** Hand-over, ms UTC. */
  at: number
  driver: string
  courier: string
  route: string
  destination: string
  items: number
  weightGrams: number | null
  priceFen: number | null
  digest: string
}

/** @param from first, `to` past-the-last instant of the hand-over, ms UTC */
export function linesOf(
  manifests: Iterable<ManifestRow>,
  bagOf: (id: string) => BagRow | undefined,
  tariffs: readonly Tariff[],
  { from, to }: { from: number; to: number },
): Line[] {
  const lines: Line[] = []
  for (const manifest of manifests) {
    const handed = manifest.handedOver
    if (!handed || handed.at < from || handed.at >= to) continue
    for (const bagId of new Set(manifest.bagIds)) {
      const bag = bagOf(bagId)
      if (!bag) continue
      const tariff = tariffFor(tariffs, bag.route, handed.at)
      const counted = { items: bag.items.length, weightGrams: bag.weightGrams }
      lines.push({
        bagId,
        bag: bag.code,
        manifestId: manifest.id,
        manifest: manifest.number,
        at: handed.at,
        driver: handed.driver,
        courier: tariff?.courier ?? '',
        route: bag.route,
        destination: bag.destination,
        ...counted,
        priceFen: tariff ? priceOf(tariff, counted) : null,
        digest: handed.digest,
      })
    }
  }
  return lines.sort((a, b) => a.at - b.at || (a.bag < b.bag ? -1 : 1))
}
