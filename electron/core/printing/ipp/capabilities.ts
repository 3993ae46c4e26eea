import type { MediaSize, PrinterCapabilities } from '../driver.ts'
import {
  booleanOf,
  collectionsOf,
  find,
  numberOf,
  numbersOf,
  stringOf,
  stringsOf,
  type IppAttribute,
} from './message.ts'
import { attentionReasons } from './states.ts'
import { PRINTER_STATE } from './tags.ts'

/**
 * Width and height in mm of a PWG 5101.1 self-describing media name (`iso_a4_210x297mm`, `na_letter_8.5x11in`);
 * undefined for a name without a size.
 */
export function mediaSize(name: string): { widthMm: number; heightMm: number } | undefined {
  const match = /_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)$/.exec(name)
  if (!match) return undefined
  const unit = match[3] === 'in' ? 25.4 : 1
  return { widthMm: Number(match[1]) * unit, heightMm: Number(match[2]) * unit }
}

function resolutions(printer: IppAttribute[]): number[] {
  const names = ['printer-resolution-supported', 'pwg-raster-document-resolution-supported']
  const values = names.flatMap((name) => find(printer, name)?.values ?? [])
  const dpi = values.flatMap((value) => {
    if (value.tag !== 'resolution') return []
    // Unit 3 is dots per inch, 4 dots per centimetre (RFC 8011 section 5.1.16).
    return [value.value.units === 4 ? Math.round(value.value.x * 2.54) : value.value.x]
  })
  return [...new Set(dpi)].sort((a, b) => a - b)
}

function media(printer: IppAttribute[]): MediaSize[] {
  const ready = new Set(stringsOf(printer, 'media-ready'))
  return [...new Set([...stringsOf(printer, 'media-supported'), ...ready])].flatMap((name) => {
    const size = mediaSize(name)
    // Names such as custom_max_... say a range, not a paper that could be chosen.
    return size && !name.startsWith('custom_') ? [{ name, ...size, ready: ready.has(name) }] : []
  })
}

function copiesMax(printer: IppAttribute[]): number {
  const value = find(printer, 'copies-supported')?.values[0]
  if (value?.tag === 'rangeOfInteger') return value.value.upper
  return numberOf(printer, 'copies-supported') ?? 1
}

const STATES = new Map<number | undefined, PrinterCapabilities['state']>([
  [PRINTER_STATE.idle, 'idle'],
  [PRINTER_STATE.processing, 'printing'],
  [PRINTER_STATE.stopped, 'stopped'],
])

/** What a printer's description means for us. Unknown or missing attributes give the least that could be true. */
export function capabilitiesOf(printer: IppAttribute[]): PrinterCapabilities {
  const sources = [
    ...stringsOf(printer, 'media-source-supported'),
    ...collectionsOf(printer, 'media-col-ready').flatMap((member) => stringsOf(member, 'media-source')),
  ]
  return {
    makeAndModel: stringOf(printer, 'printer-make-and-model') ?? stringOf(printer, 'printer-name') ?? '',
    formats: stringsOf(printer, 'document-format-supported'),
    media: media(printer),
    mediaDefault: stringOf(printer, 'media-default'),
    sources: [...new Set(sources)],
    dpi: resolutions(printer),
    sides: stringsOf(printer, 'sides-supported'),
    copiesMax: copiesMax(printer),
    colour: booleanOf(printer, 'color-supported') ?? false,
    accepting: booleanOf(printer, 'printer-is-accepting-jobs') ?? true,
    state: STATES.get(numberOf(printer, 'printer-state')) ?? 'unknown',
    attention: attentionReasons(stringsOf(printer, 'printer-state-reasons')),
    // Only CUPS describes its queues by these two; a device never does.
    queue: numbersOf(printer, 'printer-type').length > 0 || stringOf(printer, 'cups-version') !== undefined,
  }
}
