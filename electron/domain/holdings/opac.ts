/** Items in an OPAC record (Z39.50 holdings as XML, as YAZ writes it): place, enumeration, circulation. */
import type { Item } from './items.ts'
import { attribute, elements, textAt, textOf, type XmlElement } from './marcxml.ts'
import { availabilityOf } from './items.ts'

export function opacItems(opac: XmlElement): Item[] {
  return elements(opac, 'holdings', 'holding').flatMap((holding) => {
    const place = [textAt(holding, 'localLocation'), textAt(holding, 'shelvingLocation')].filter(Boolean).join(' ')
    const item = {
      callNumber: textAt(holding, 'callNumber'),
      location: place,
      volume: textAt(holding, 'enumAndChron'),
    }
    const circulations = elements(holding, 'circulations', 'circulation')
    if (circulations.length === 0)
      return [{ ...item, barcode: '', availability: availabilityOf(textAt(holding, 'publicNote')), until: '' }]
    return circulations.map((one): Item => {
      const now = elements(one, 'availableNow')[0]
      const here = attribute(now, 'value') || textOf(now)
      return {
        ...item,
        volume: textAt(one, 'enumAndChron') || item.volume,
        barcode: textAt(one, 'itemId'),
        availability: here === '1' || here === 'true' ? 'available' : here === '' ? 'unknown' : 'on_loan',
        until: textAt(one, 'availabilityDate'),
      }
    })
  })
}
