/** What a PDF must know of a JPEG, read from its own markers. */
export interface JpegHeader {
  readonly width: number
  readonly height: number
  readonly components: 1 | 3 | 4
  /** Written by Adobe software, whose CMYK is inverted. */
  readonly adobe: boolean
}

interface Segment {
  readonly marker: number
  readonly start: number
  readonly end: number
}

/** The marker segments before the first scan. */
function* segments(jpeg: Uint8Array): Generator<Segment> {
  let at = 2
  while (at + 4 <= jpeg.length) {
    if (jpeg[at] !== 0xff) return
    const marker = jpeg[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xda || marker === 0xd9) return
    const length = (jpeg[at + 2]! << 8) | jpeg[at + 3]!
    if (length < 2 || at + 2 + length > jpeg.length) return
    yield { marker, start: at, end: at + 2 + length }
    at += 2 + length
  }
}

/** Null where the bytes are no JPEG that PDF viewers read (baseline, extended or progressive Huffman, 8 bit). */
export function readJpegHeader(jpeg: Uint8Array): JpegHeader | null {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return null
  let adobe = false
  for (const { marker, start } of segments(jpeg)) {
    if (marker === 0xee) adobe = true
    if (marker < 0xc0 || marker > 0xc2) continue
    const components = jpeg[start + 9]!
    if (jpeg[start + 4] !== 8 || (components !== 1 && components !== 3 && components !== 4)) return null
    return {
      height: (jpeg[start + 5]! << 8) | jpeg[start + 6]!,
      width: (jpeg[start + 7]! << 8) | jpeg[start + 8]!,
      components,
      adobe,
    }
  }
  return null
}

/**
 * The same image data without camera data, places, thumbnails and comments: APP1 to APP13, APP15 and COM go, JFIF
 * (APP0) and Adobe's colour transform (APP14) stay. Pixels are untouched.
 */
export function withoutPrivateData(jpeg: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [jpeg.subarray(0, 2)]
  let end = 2
  for (const segment of segments(jpeg)) {
    const application = segment.marker >= 0xe0 && segment.marker <= 0xef
    const dropped = segment.marker === 0xfe || (application && segment.marker !== 0xe0 && segment.marker !== 0xee)
    if (!dropped) parts.push(jpeg.subarray(segment.start, segment.end))
    end = segment.end
  }
  parts.push(jpeg.subarray(end))
  return Buffer.concat(parts)
}
