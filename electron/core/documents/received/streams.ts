import { deflate } from '../pdf/object-file.ts'
import { isWholeFlate, decodeStream, isDecodable, type FilterStep } from '../pdf/read/filters.ts'
import type { PdfFile } from '../pdf/read/pdf-file.ts'
import type { PdfStream } from '../pdf/read/values.ts'
import { DocumentError } from '../errors.ts'
import { mendJpeg } from './jpeg.ts'

/** How a stream is written out again. */
export type SoundStream =
  /** With its own filters and parameters. */
  | { readonly kind: 'as_it_was'; readonly data: Uint8Array }
  /** Without the first `decoded` of its filters, which are undone. */
  | { readonly kind: 'partly_decoded'; readonly data: Uint8Array; readonly decoded: number }
  | { readonly kind: 'deflated'; readonly data: Uint8Array }
  /** An image nobody can decode. */
  | { readonly kind: 'lost_image' }

/** Streams shorter than this gain nothing from compression. */
const WORTH_COMPRESSING = 80
/** What a decoder of ours may make of one stream on the way into another file; more stays as it came. */
const MAXIMUM_MENDED = 64 * 2 ** 20
/** Images beyond this are taken as they are; to look through them would take seconds. */
const LARGEST_VERIFIED = 16 * 2 ** 20

/**
 * A stream that every reader can decode to its end: what is damaged is cut where it breaks off, and what only old
 * writers use (LZW, ASCII85, run lengths) becomes Flate. Sound Flate and images stay as they are, byte for byte.
 */
export async function soundStream(file: PdfFile, stream: PdfStream): Promise<SoundStream> {
  const data = file.encoded(stream)
  const steps = file.filters(stream)
  const [first] = steps
  if (!first) return plain(data)
  const decodable = steps.findIndex((step) => !isDecodable(step))
  const prefix = decodable < 0 ? steps : steps.slice(0, decodable)
  const rest = steps.slice(prefix.length)
  try {
    if (rest.length === 0 && steps.length === 1 && isSoundFlate(first, data)) return { kind: 'as_it_was', data }
    const inner = prefix.length > 0 ? decodeStream(data, prefix, MAXIMUM_MENDED) : data
    if (rest.length === 0) return plain(inner)
    const image =
      rest.length === 1 && isJpeg(rest[0]!) && inner.length <= LARGEST_VERIFIED ? await mendJpeg(inner) : inner
    if (!image) return { kind: 'lost_image' }
    return image === data
      ? { kind: 'as_it_was', data }
      : { kind: 'partly_decoded', data: image, decoded: prefix.length }
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    return error.code === 'too_large' ? { kind: 'as_it_was', data } : plain(new Uint8Array(0))
  }
}

function plain(data: Uint8Array): SoundStream {
  const packed = data.length > WORTH_COMPRESSING ? deflate(data) : null
  return packed && packed.length < data.length
    ? { kind: 'deflated', data: packed }
    : { kind: 'partly_decoded', data, decoded: Infinity }
}

const isJpeg = ({ name }: FilterStep): boolean => name === 'DCTDecode' || name === 'DCT'

function isSoundFlate(step: FilterStep, data: Uint8Array): boolean {
  if (step.name !== 'FlateDecode' && step.name !== 'Fl') return false
  const { predictor, saneParameters } = step
  const known = predictor === 1 || predictor === 2 || (predictor >= 10 && predictor <= 15)
  return known && saneParameters && isWholeFlate(data)
}
