/** Labelled sets for the scan desk, each a generator from seeds: nothing is stored, everything can be drawn again. */
import { drawPage, kindWear, makePage, wearPage, type DrawnPage, type MadePage, type PageKind } from '../pages/page.ts'
import { random, seedOf } from '../pages/random.ts'
import type { Raster } from '../pages/sheet.ts'

export const TEXT_KINDS: readonly PageKind[] = [
  'grey',
  'colour',
  'lownoise',
  'halftone',
  'pencil',
  'seal',
  'carbon',
  'bleed',
]

const languageOf = (i: number): 'en' | 'zh' => (Math.floor(i / TEXT_KINDS.length) % 2 === 0 ? 'zh' : 'en')

/** So many pages are drawn; each is scanned again and again with other skew, light, noise and dust. */
export const DRAWN_PAGES = 48
const drawn = new Map<number, Promise<DrawnPage>>()

/** A text page of each kind in turn, lying within 5 degrees of straight; every fifth almost straight. */
export async function skewedPage(i: number, dpi: number): Promise<MadePage> {
  const which = i % DRAWN_PAGES
  const kind = TEXT_KINDS[which % TEXT_KINDS.length] as PageKind
  const page =
    drawn.get(which) ?? drawPage({ kind, lang: languageOf(which), seed: which, dpi }, random(seedOf('drawn', which)))
  drawn.set(which, page)
  const rng = random(seedOf('skewed', i))
  const wear = {
    ...kindWear(kind, rng),
    skewDeg: rng.between(-5, 5) * (i % 5 === 4 ? 0.1 : 1),
    surround: rng.chance(0.4) ? rng.between(0, 50) : null,
  }
  return wearPage(await page, seedOf('worn', i), wear)
}

/** A spread within 2 degrees of straight. */
export const spreadPage = (i: number, dpi: number): Promise<MadePage> =>
  makePage({
    kind: 'spread',
    lang: i % 2 === 0 ? 'zh' : 'en',
    seed: i,
    dpi,
    wear: { skewDeg: (((i * 37) % 41) - 20) / 10 },
  })

/** A blank or a nearly blank page, some with a black surround. */
export const nearlyBlankPage = (kind: 'blank' | 'sparse', i: number, dpi: number): Promise<MadePage> =>
  makePage({
    kind,
    lang: i % 2 === 0 ? 'zh' : 'en',
    seed: i,
    dpi,
    wear: { skewDeg: (((i * 13) % 61) - 30) / 10, surround: i % 3 === 0 ? 30 : null },
  })

/** The eight ways a page can lie on the glass, mirrored ones (seen through the paper) included. */
export function laid(raster: Raster, way: number): Raster {
  const { width, height, channels } = raster
  const sideways = way % 2 === 1
  const out = new Uint8Array(raster.data.length)
  const [w, h] = sideways ? [height, width] : [width, height]
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let [sx, sy] = sideways ? [y, x] : [x, y]
      if (way & 2) sx = width - 1 - sx
      if (way & 4) sy = height - 1 - sy
      for (let c = 0; c < channels; c++)
        out[(y * w + x) * channels + c] = raster.data[(sy * width + sx) * channels + c] ?? 0
    }
  return { ...raster, data: out, width: w, height: h }
}
