/** What the catalogue's word would mean as an answer (reasons of ISO 18626). Only a person gives it. */
import type { Proposal } from '../../contract/core.contract.ts'
import type { Service } from '../../contract/words.ts'
import type { Item } from './items.ts'
import { sameVolume, volumeOf } from './title.ts'

/** Items of records that are the one wanted, as far as the volume fits. */
export function fittingItems(items: readonly Item[], labels: readonly string[]): Item[] {
  const asked = labels.map(volumeOf).filter((volume) => volume !== null)
  if (asked.length === 0) return [...items]
  return items.filter((item) => {
    const own = volumeOf(item.volume)
    return own === null || asked.some((volume) => sameVolume(volume, own))
  })
}

/**
 * @param state `not_held` only when every own catalogue answered and nothing like it was found
 * @param items of the records that are the one wanted
 */
export function proposalFor(
  service: Service,
  state: 'held' | 'possible' | 'not_held' | 'unknown',
  items: readonly Item[],
): Proposal {
  if (state === 'not_held') return { kind: 'cannotSupply', reason: 'NotHeld' }
  if (state !== 'held') return { kind: 'none' }
  const has = (...wanted: Item['availability'][]) => items.some(({ availability }) => wanted.includes(availability))
  // A copy is made of what may be read in the library; a loan is not.
  if (has('available') || (service === 'copy' && has('in_library'))) return { kind: 'supply' }
  const all = (...wanted: Item['availability'][]) =>
    items.length > 0 && items.every(({ availability }) => wanted.includes(availability))
  if (all('on_loan', 'missing') && has('on_loan')) {
    const until =
      items
        .map((item) => item.until)
        .filter((text) => text !== '')
        .toSorted()[0] ?? ''
    return { kind: 'retryLater', reason: 'OnLoan', until }
  }
  if (all('in_library', 'missing') && has('in_library')) return { kind: 'cannotSupply', reason: 'NonCirculating' }
  if (all('in_library', 'on_loan', 'missing') && has('on_loan'))
    return { kind: 'retryLater', reason: 'OnLoan', until: '' }
  if (all('missing')) return { kind: 'cannotSupply', reason: 'NotOnShelf' }
  return { kind: 'none' }
}
