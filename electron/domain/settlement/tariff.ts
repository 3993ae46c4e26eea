/** What a courier gets for a bag: by route, with a time of validity. Money is whole fen (分), weight grams. */

export interface Tariff {
  courier: string
  /** '' = every route that has no line of its own. */
  route: string
  /** Valid for hand-overs in [from, to), ms UTC; null = until further notice. */
  from: number
  to: number | null
  perBagFen: number
  perItemFen: number
  /** For every started kilogram. */
  perKgFen: number
}

/** The line that holds for a hand-over: the route's own before the general one. */
export function tariffFor(tariffs: readonly Tariff[], route: string, at: number): Tariff | undefined {
  const valid = tariffs.filter((one) => one.from <= at && (one.to === null || at < one.to))
  return valid.find((one) => one.route === route) ?? valid.find((one) => one.route === '')
}

/** Price of one bag, fen. A bag that was not weighed pays nothing by weight. */
export function priceOf(tariff: Tariff, bag: { items: number; weightGrams: number | null }): number {
  const kilos = Math.ceil((bag.weightGrams ?? 0) / 1000)
  return tariff.perBagFen + bag.items * tariff.perItemFen + kilos * tariff.perKgFen
}

/** Two lines for one route may not hold at the same time. @returns the one that is in the way */
export function overlapping(tariffs: readonly Tariff[], added: Tariff): Tariff | undefined {
  return tariffs.find(
    (one) =>
      one.route === added.route &&
      (one.to === null || added.from < one.to) &&
      (added.to === null || one.from < added.to),
  )
}
