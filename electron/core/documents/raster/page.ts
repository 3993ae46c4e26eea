import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { Bitmap } from '../bilevel/bitmap.ts'
import { engineFor } from '../ocr/engine.ts'
import { recognise, type OcrLine } from '../ocr/recognise.ts'
import type { BilevelCodec, DocumentProfile, ImageSource, OcrLanguage } from '../types.ts'
import { inkFreeBackground } from './background.ts'
import { binarise, binariseNormalised, threshold } from './binarise.ts'
import { jpegOfRegion, jpegOfSamples, losslessPage, readPng, stencil } from './encode.ts'
import { hasColouredInk, inkColours, splitByColour, type InkColours } from './ink-colour.ts'
import { layerBytes, type Layer, type PageLayers } from './layers.ts'
import { decode, openImage, type OpenedImage } from './load.ts'
import { normalise } from './normalise.ts'
import { estimatePaper, type Paper } from './paper.ts'
import { findPictures } from './pictures.ts'
import type { Raster, Rectangle } from './raster.ts'

/** How finely the parts of a page are kept; a size budget makes these coarser. */
export interface Quality {
  /** Highest resolution of the bilevel ink layer. */
  readonly inkDpi: number
  readonly pictureDpi: number
  readonly pictureQuality: number
  readonly backgroundDpi: number
  readonly backgroundQuality: number
  /** Of pages kept whole as grey or colour. */
  readonly wholeDpi: number
  readonly wholeQuality: number
}

export const STANDARD_QUALITY: Quality = {
  inkDpi: 650,
  pictureDpi: 150,
  pictureQuality: 55,
  backgroundDpi: 100,
  backgroundQuality: 45,
  wholeDpi: 200,
  wholeQuality: 60,
}

/** Ink share of the page below which it is called blank (text pages have 0.03 and more). */
const BLANK_INK_SHARE = 0.0004
/** Below this the ink is drawn at twice the resolution, since thin strokes would break in black and white. */
const LOW_RESOLUTION = 250
/** A page of which pictures cover this share gains nothing from a bilevel layer. */
const ALL_PICTURE_SHARE = 0.85

export interface PageOptions {
  readonly profile: DocumentProfile
  readonly bilevel: BilevelCodec
  readonly quality: Quality
  readonly ocr?: readonly OcrLanguage[]
}

/** Decodes a scanned page and turns it into the layers of the wished profile. Throws DocumentError. */
export async function analysePage(source: ImageSource, options: PageOptions): Promise<PageLayers> {
  const opened = await openImage(source)
  const languages = options.ocr ?? []
  const asItIs = options.profile === 'original' ? await passThrough(opened, source) : null
  if (asItIs && languages.length === 0) return asItIs
  const decoded = decode(opened, source)
  // The engine gets ready while the picture is read.
  if (languages.length > 0) engineFor(languages).catch(() => {})
  const raster = await decoded
  const text = languages.length > 0 ? { text: await readRaster(raster, languages) } : {}
  if (asItIs) return { ...asItIs, ...text }
  const made = await makeLayers(raster, opened, options)
  const { width, height, dpi } = raster
  // A page that came small already, such as a fax TIFF or a thrifty JPEG, is not made larger.
  const untouched = opened.bytes < layerBytes(made.layers) ? await passThrough(opened, source) : null
  if (untouched) return { ...untouched, ...text, blank: made.blank }
  return { ...made, ...text, width, height, dpi, bytesIn: opened.bytes }
}

/** The engine reads the page of even light better than the black and white one: thin strokes keep their greys. */
async function readRaster(raster: Raster, languages: readonly OcrLanguage[]): Promise<OcrLine[]> {
  const { width, height, dpi } = raster
  return recognise({ data: normalise(raster, estimatePaper(raster)), width, height, dpi }, languages)
}

type Made = Pick<PageLayers, 'layers' | 'choice' | 'blank'>

async function makeLayers(raster: Raster, opened: OpenedImage, options: PageOptions): Promise<Made> {
  const whole: Rectangle = { x0: 0, y0: 0, x1: raster.width, y1: raster.height }
  const { profile, bilevel, quality } = options
  if (isBilevelFile(opened)) {
    const ink = threshold(raster.grey, raster.width, raster.height, 128)
    return { layers: [await stencil(ink, bilevel, whole, 0, null)], choice: 'bilevel', blank: isBlank(ink) }
  }
  if (profile === 'original') return { layers: [await losslessPage(raster)], choice: 'original', blank: false }
  if (profile === 'grey' || profile === 'colour') {
    const seen = profile === 'grey' ? { ...raster, rgb: null } : raster
    const layer = await jpegOfRegion(seen, whole, { dpi: quality.wholeDpi, quality: quality.wholeQuality })
    return { layers: [layer], choice: seen.rgb ? 'colour' : 'grey', blank: false }
  }
  const paper = estimatePaper(raster)
  const pictures = findPictures(raster, paper)
  const ink = await inkOf(raster, paper, pictures, quality.inkDpi)
  const blank = pictures.length === 0 && isBlank(ink)
  return profile === 'clean'
    ? { ...(await cleanLayers(raster, paper, pictures, ink, options)), blank }
    : { ...(await paperLayers(raster, paper, pictures, ink, options)), blank }
}

/** Black (or coloured) ink on white, and the pictures where they stand. */
async function cleanLayers(
  raster: Raster,
  paper: Paper,
  pictures: readonly Rectangle[],
  ink: Bitmap,
  { bilevel, quality }: PageOptions,
): Promise<Omit<Made, 'blank'>> {
  const whole: Rectangle = { x0: 0, y0: 0, x1: raster.width, y1: raster.height }
  const covered = pictures.reduce((sum, { x0, y0, x1, y1 }) => sum + (x1 - x0) * (y1 - y0), 0)
  if (covered > ALL_PICTURE_SHARE * raster.width * raster.height) {
    const layer = await jpegOfRegion(raster, whole, { dpi: quality.wholeDpi, quality: quality.wholeQuality })
    return { layers: [layer], choice: raster.rgb ? 'colour' : 'grey' }
  }
  const layers: Layer[] = []
  const gain = 255 / (paper.white * 0.98)
  for (const box of pictures)
    layers.push(await jpegOfRegion(raster, box, { dpi: quality.pictureDpi, quality: quality.pictureQuality, gain }))
  const { rgb } = raster
  const colours = rgb && hasColouredInk(raster, ink) ? inkColours({ ...raster, rgb }, paper, ink, true) : null
  layers.push(...(await inkLayers(ink, colours, bilevel, whole, 0)))
  return { layers, choice: pictures.length > 0 || colours ? 'mixed' : 'bilevel' }
}

/** The paper as it looks, coarsely, and the ink sharp over it. */
async function paperLayers(
  raster: Raster,
  paper: Paper,
  pictures: readonly Rectangle[],
  ink: Bitmap,
  { bilevel, quality }: PageOptions,
): Promise<Omit<Made, 'blank'>> {
  const whole: Rectangle = { x0: 0, y0: 0, x1: raster.width, y1: raster.height }
  const { rgb } = raster
  const normalised = normalise(raster, paper)
  const background = inkFreeBackground(raster, normalised, paper, pictures, quality.backgroundDpi)
  const layers: Layer[] = [await jpegOfSamples(background, whole, quality.backgroundQuality)]
  // Finer than the paper, which has nothing to show but its noise.
  const pictureDpi = (quality.backgroundDpi + quality.pictureDpi) / 2
  for (const box of pictures)
    layers.push(await jpegOfRegion(raster, box, { dpi: pictureDpi, quality: quality.backgroundQuality }))
  const colours = rgb && hasColouredInk(raster, ink) ? inkColours({ ...raster, rgb }, paper, ink, false) : null
  layers.push(...(await inkLayers(ink, colours, bilevel, whole, meanInk(raster, normalised))))
  return { layers, choice: 'paper' }
}

/** The ink in its colours: what is coloured through a coarse image of colours, all other ink evenly in `grey`. */
async function inkLayers(
  ink: Bitmap,
  colours: InkColours | null,
  codec: BilevelCodec,
  whole: Rectangle,
  grey: number,
): Promise<Layer[]> {
  if (!colours) return [await stencil(ink, codec, whole, grey, null)]
  const { coloured, plain } = splitByColour(ink, colours)
  return [await stencil(coloured, codec, whole, 0, colours), await stencil(plain, codec, whole, grey, null)]
}

function meanInk({ grey }: Raster, normalised: Uint8Array): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < grey.length; i += 7)
    if (normalised[i]! < 70) {
      sum += grey[i]!
      count++
    }
  return count > 0 ? sum / count / 255 : 0
}

/** The ink at the scan's own resolution, doubled where that is low and reduced where it is higher than wished. */
async function inkOf(
  raster: Raster,
  paper: Paper,
  pictures: readonly Rectangle[],
  highestDpi: number,
): Promise<Bitmap> {
  const { width, height, dpi } = raster
  const doubled = dpi < LOW_RESOLUTION && width * height <= 20_000_000
  const factor = doubled ? 2 : Math.min(1, highestDpi / dpi)
  if (factor === 1) return binarise(raster, paper, pictures)
  const [toWidth, toHeight] = [Math.round(width * factor), Math.round(height * factor)]
  const scaled = await sharp(normalise(raster, paper), { raw: { width, height, channels: 1 } })
    .resize(toWidth, toHeight, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  const boxes = pictures.map(({ x0, y0, x1, y1 }) => ({
    x0: Math.floor(x0 * factor),
    y0: Math.floor(y0 * factor),
    x1: Math.min(toWidth, Math.ceil(x1 * factor)),
    y1: Math.min(toHeight, Math.ceil(y1 * factor)),
  }))
  return binariseNormalised(scaled, toWidth, toHeight, boxes, dpi * factor)
}

const isBilevelFile = ({ meta }: OpenedImage): boolean =>
  meta.bitsPerSample === 1 && meta.channels === 1 && (meta.format === 'tiff' || meta.format === 'png')

/** Counts black pixels only until there are too many of them, which text is within its first lines. */
function isBlank({ bits, width, height }: Bitmap): boolean {
  const enough = width * height * BLANK_INK_SHARE
  let black = 0
  for (let i = 0; i < bits.length && black < enough; i++) for (let rest = bits[i]!; rest; rest &= rest - 1) black++
  return black < enough
}

/** The file's own coded pixels, where PDF can carry them and nothing is to be cut off. */
async function passThrough(opened: OpenedImage, source: ImageSource): Promise<PageLayers | null> {
  const { meta } = opened
  if (source.crop || source.angleDeg || source.even) return null
  const rotate = source.rotate ?? 0
  const quarter = rotate === 90 || rotate === 270
  const width = quarter ? opened.height : opened.width
  const height = quarter ? opened.width : opened.height
  const page = { width, height, dpi: opened.dpi, choice: 'original', blank: false, bytesIn: opened.bytes } as const
  const box = { x0: 0, y0: 0, x1: width, y1: height }
  // Inverted CMYK of image editors is left to the decoder.
  if (meta.format === 'jpeg' && (meta.channels === 1 || meta.channels === 3) && meta.space !== 'cmyk') {
    const data = await readFile(source.path)
    return { ...page, layers: [{ kind: 'jpeg', data, box, orientation: meta.orientation ?? 1, rotate }] }
  }
  if (meta.format === 'png' && rotate === 0 && (meta.orientation ?? 1) === 1) {
    const png = readPng(await readFile(source.path))
    if (png) return { ...page, layers: [{ kind: 'png', ...png, box }] }
  }
  return null
}
