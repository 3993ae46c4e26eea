import type { Sharp } from 'sharp'
import { encodeJbig2 } from '../bilevel/jbig2.ts'
import { DocumentError } from '../errors.ts'
import { decodeStream, isDecodable } from '../pdf/read/filters.ts'
import type { PdfFile } from '../pdf/read/pdf-file.ts'
import { isArray, nameOf, PdfStream, type PdfValue } from '../pdf/read/values.ts'
import { likeness, type GreySamples } from '../raster/likeness.ts'
import { sharp } from '../raster/sharp.ts'
import type { DrawnSize } from './drawn-size.ts'
import type { ImageTreatment } from './treatment.ts'

/** What takes an image's place: its data and the entries that say how to read it. */
export interface SmallerImage {
  readonly data: Uint8Array
  readonly entries: string
}

/** Entries of the image's dictionary that `entries` of a smaller one replace. */
export const REPLACED = /^(Width|Height|BitsPerComponent|Filter|DecodeParms|DP|Length)$/

/** Smaller images gain too little to be touched. */
const WORTH_BYTES = 16_000
const LARGEST_PIXELS = 60_000_000
const LONGEST_SIDE = 20_000
/** Bytes of the new data to those of the old; a gain of less is not worth any change. */
const GAIN = 0.8
const LOSSLESS_GAIN = 0.9
/** An image is made coarser where it has so many times the pixels that are wished. */
const TOO_FINE = 1.5
/** What a second attempt adds to the quality where the first does not look the same. */
const FINER = 10
/** Resolution at which the eye of the judge compares, and the longest side it looks at. */
const JUDGED_DPI = 150
const JUDGED_SIDE = 2500

interface Picture {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  /** A fresh pipeline over all samples. */
  open(): Sharp
}

/**
 * An image of a received PDF with fewer bytes: the same pixels where it is black and white, the same to the eye where
 * it is a picture. null where nothing is to be gained or where anything about the image is out of the ordinary.
 */
export async function smallerImage(
  file: PdfFile,
  stream: PdfStream,
  drawn: DrawnSize | null,
  treatment: ImageTreatment,
): Promise<SmallerImage | null> {
  const bytes = file.encoded(stream).length
  const [width, height] = [file.number(stream.dict.get('Width')), file.number(stream.dict.get('Height'))]
  if (bytes < WORTH_BYTES || !isSide(width) || !isSide(height) || width * height > LARGEST_PIXELS) return null
  try {
    if (file.number(stream.dict.get('BitsPerComponent')) === 1 || file.resolve(stream.dict.get('ImageMask')) === true)
      return bilevel(file, stream, width, height, bytes)
    // What no page draws by itself is the transparency of another image, where losses would show as fringes.
    if (!drawn || drawn.width < 1 || drawn.height < 1) return null
    const picture = pictureOf(file, stream, width, height, treatment.jpegs || tooFine(width, drawn, treatment))
    return picture && (await lossy(picture, drawn, treatment, bytes))
  } catch (error) {
    if (error instanceof DocumentError) return null
    throw error
  }
}

const isSide = (value: number | null): value is number =>
  value !== null && Number.isInteger(value) && value >= 16 && value <= LONGEST_SIDE

const tooFine = (width: number, drawn: DrawnSize, { dpi }: ImageTreatment): boolean =>
  (width / drawn.width) * 72 > dpi * TOO_FINE

/** Black and white that is packed as if it were text: the same bits by the coder made for them. */
function bilevel(file: PdfFile, stream: PdfStream, width: number, height: number, bytes: number): SmallerImage | null {
  const steps = file.filters(stream)
  if (!steps.every(isDecodable) || steps.some(({ name }) => name === 'Crypt')) return null
  const stride = (width + 7) >> 3
  const samples = decodeStream(file.encoded(stream), steps, stride * height + 65_536)
  if (samples.length < stride * height) return null
  const bits = samples.slice(0, stride * height)
  const last = width % 8 === 0 ? 0xff : (0xff00 >> (width % 8)) & 0xff
  // A sample of 0 is what the coder calls black, whatever colour it then gets.
  for (let i = 0; i < bits.length; i++) bits[i] = ~bits[i]! & ((i + 1) % stride === 0 ? last : 0xff)
  const data = encodeJbig2({ width, height, stride, bits })
  if (data.length > bytes * LOSSLESS_GAIN) return null
  const entries = `/Width ${width}/Height ${height}/BitsPerComponent 1/Filter/JBIG2Decode`
  return { data, entries }
}

/** The image as samples, where it is grey or RGB of eight bits and nothing else is told of its colours. */
function pictureOf(file: PdfFile, stream: PdfStream, width: number, height: number, jpegs: boolean): Picture | null {
  const { dict } = stream
  if (file.number(dict.get('BitsPerComponent')) !== 8) return null
  const plain = ['Decode', 'Mask', 'SMaskInData', 'F', 'Alternates'].every(
    (key) => file.resolve(dict.get(key)) === null,
  )
  const matte = file.resolve(dict.get('SMask'))
  if (!plain || (matte instanceof PdfStream && matte.dict.has('Matte'))) return null
  const channels = channelsOf(file, dict.get('ColorSpace'))
  if (channels === null) return null
  const steps = file.filters(stream)
  const last = steps.at(-1)
  const limit = width * height * channels + 65_536
  if (last && /^DCT(Decode)?$/.test(last.name)) {
    const inner = steps.slice(0, -1)
    if (!jpegs || !inner.every(isDecodable) || file.resolve(dict.get('DecodeParms')) !== null) return null
    const jpeg = decodeStream(file.encoded(stream), inner, limit)
    const open = (): Sharp => sharp(jpeg, { failOn: 'warning', limitInputPixels: LARGEST_PIXELS, ignoreIcc: true })
    return { width, height, channels, open }
  }
  if (!steps.every(isDecodable)) return null
  const samples = decodeStream(file.encoded(stream), steps, limit)
  const size = width * height * channels
  if (samples.length < size) return null
  return { width, height, channels, open: () => sharp(samples.subarray(0, size), { raw: { width, height, channels } }) }
}

function channelsOf(file: PdfFile, value: PdfValue | undefined): 1 | 3 | null {
  const space = file.resolve(value)
  const name = nameOf(isArray(space) ? file.resolve(space[0]) : space)
  if (name === 'DeviceGray' || name === 'CalGray') return 1
  if (name === 'DeviceRGB' || name === 'CalRGB') return 3
  if (name !== 'ICCBased' || !isArray(space)) return null
  const profile = file.resolve(space[1])
  const count = profile instanceof PdfStream ? file.number(profile.dict.get('N')) : null
  return count === 1 || count === 3 ? count : null
}

async function lossy(
  picture: Picture,
  drawn: DrawnSize,
  treatment: ImageTreatment,
  bytes: number,
): Promise<SmallerImage | null> {
  const scale = tooFine(picture.width, drawn, treatment) ? treatment.dpi / ((picture.width / drawn.width) * 72) : 1
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ]
  const judged = Math.min(1, (drawn.width / 72) * (JUDGED_DPI / picture.width), JUDGED_SIDE / picture.width)
  const seen = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * judged)))
  try {
    await check(picture)
    const before = await greyOf(picture.open(), seen)
    for (const quality of [treatment.quality, treatment.quality + FINER]) {
      const data = await resized(picture.open(), width, height)
        .toColourspace(picture.channels === 1 ? 'b-w' : 'srgb')
        // Without the slow search for the last tenth: a received book has hundreds of these.
        .jpeg({ quality, chromaSubsampling: '4:2:0' })
        .toBuffer()
      if (data.length > bytes * GAIN) return null
      if (likeness(before, await greyOf(sharp(data), seen)) < treatment.likeness) continue
      return { data, entries: `/Width ${width}/Height ${height}/BitsPerComponent 8/Filter/DCTDecode` }
    }
  } catch {
    // An image that cannot be decoded is mended, or lost, where all streams are looked after.
  }
  return null
}

/** A JPEG whose own header tells another size or kind than the dictionary is left to those who know which is right. */
async function check(picture: Picture): Promise<void> {
  const { width, height, channels } = await picture.open().metadata()
  if (width !== picture.width || height !== picture.height || channels !== picture.channels)
    throw new Error('not what its dictionary says')
}

const resized = (image: Sharp, width: number, height: number): Sharp =>
  image.resize(width, height, { fit: 'fill', kernel: 'lanczos3' })

async function greyOf(image: Sharp, [width, height]: readonly number[]): Promise<GreySamples> {
  const { data, info } = await resized(image, width!, height!)
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}
