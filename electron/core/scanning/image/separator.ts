/** Reads the code of a pull slip from a scanned page: QR `BD1:<request number>:<check>`. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import sharp from 'sharp'
import { prepareZXingModule, readBarcodes, type ReadResult } from 'zxing-wasm/reader'
import { parseScan } from '../../../domain/codes.ts'
import { boxMean, percentile, pixels, shrink, turnGrey, type Grey } from './grey.ts'
import { surroundMask } from './surround.ts'

export type SeparatorReading =
  /** A slip whose check character is right. */
  | { kind: 'slip'; id: string }
  /** A code of ours that could not be read whole, or two different ones: a person must say which. */
  | { kind: 'unsure' }
  | { kind: 'none' }

let ready: Promise<unknown> | undefined

/** The reader's program comes out of the installed package; by itself the library would fetch it from the net. */
function prepare(): Promise<unknown> {
  ready ??= readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')).then((file) =>
    prepareZXingModule({
      overrides: { wasmBinary: file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer },
      fireImmediately: true,
    }),
  )
  return ready
}

/**
 * Looks for a slip on a page given as grey at 100 to 300 dpi. First at half the resolution, which averages noise away.
 * Where that fails on a page that has the solid squares of a code, thin dark strokes (pencil, stamps, folds) are closed
 * over, then the full resolution, blur and the straightened page are tried.
 * An id is believed only with its ISO 7064 check character; two different ids on one page are believed neither.
 */
export async function readSeparator(grey: Grey, skewDeg = 0): Promise<SeparatorReading> {
  await prepare()
  const half = grey.dpi >= 140 ? shrink(grey, 2) : grey
  const first = judge(await decode(half))
  if (first.kind === 'slip' || (first.kind === 'none' && !hasSolidSquares(half))) return first
  let seen = first.kind === 'unsure'
  for (const attempt of attempts(grey, half, skewDeg)) {
    const reading = judge(await decode(await attempt()))
    if (reading.kind === 'slip') return reading
    seen ||= reading.kind === 'unsure'
  }
  return { kind: seen ? 'unsure' : 'none' }
}

type Attempt = () => Grey | Promise<Grey>

function attempts(grey: Grey, half: Grey, skewDeg: number): Attempt[] {
  const turned = skewDeg === 0 ? [] : [() => closed(turnGrey(half, -skewDeg), 1)]
  return [() => closed(half, 1), () => closed(half, 2), () => grey, () => blurred(grey, 1.5), ...turned]
}

/** Side in mm of a square that must be dark all over: less than the heart of a finder pattern, more than any letter. */
const SOLID_MM = 3
const SOLID_SHARE = 0.6

/** Whether there are at least three places solid enough to be the hearts of a code's finder patterns. */
function hasSolidSquares(half: Grey): boolean {
  const small = shrink(half, Math.max(1, Math.round(half.dpi / 50)))
  const mean = boxMean(small, Math.max(1, Math.round(pixels(SOLID_MM, small.dpi) / 2 - 0.5)))
  const limit = percentile(small, 0.8) * SOLID_SHARE
  const outside = surroundMask(small, 2)
  const apart = pixels(8, small.dpi)
  const places: { x: number; y: number }[] = []
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++) {
      const i = y * small.width + x
      if (mean[i]! > limit || outside[i]) continue
      if (places.every((place) => Math.hypot(place.x - x, place.y - y) > apart)) places.push({ x, y })
      if (places.length >= 3) return true
    }
  return false
}

/** Closes dark strokes up to 2r pixels wide: the brightest, then the darkest of each square. */
function closed(grey: Grey, r: number): Grey {
  const { width, height } = grey
  const pass = (from: Uint8Array, step: number, length: number, lines: number, skip: number, most: boolean) => {
    const to = new Uint8Array(from.length)
    for (let line = 0; line < lines; line++)
      for (let k = 0; k < length; k++) {
        let value = from[line * skip + k * step]!
        for (let d = Math.max(0, k - r); d <= Math.min(length - 1, k + r); d++) {
          const other = from[line * skip + d * step]!
          if (most ? other > value : other < value) value = other
        }
        to[line * skip + k * step] = value
      }
    return to
  }
  const both = (from: Uint8Array, most: boolean): Uint8Array =>
    pass(pass(from, 1, width, height, width, most), width, height, width, 1, most)
  return { ...grey, data: both(both(grey.data, true), false) }
}

async function blurred(grey: Grey, sigma: number): Promise<Grey> {
  const data = await sharp(grey.data, { raw: { width: grey.width, height: grey.height, channels: 1 } })
    .blur(sigma)
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  return { ...grey, data }
}

async function decode(grey: Grey): Promise<ReadResult[]> {
  const rgba = new Uint8ClampedArray(grey.width * grey.height * 4)
  for (let i = 0, o = 0; i < grey.data.length; i++, o += 4) {
    rgba[o] = rgba[o + 1] = rgba[o + 2] = grey.data[i]!
    rgba[o + 3] = 255
  }
  return readBarcodes({ data: rgba, width: grey.width, height: grey.height, colorSpace: 'srgb' } as ImageData, {
    formats: ['QRCode'],
    tryHarder: true,
    tryInvert: false,
    tryDownscale: false,
    returnErrors: true,
    maxNumberOfSymbols: 4,
  })
}

/** What the codes on one page mean together. Codes that are not ours say nothing. */
export function judge(results: readonly Pick<ReadResult, 'isValid' | 'text'>[]): SeparatorReading {
  const ids = new Set<string>()
  let damaged = false
  for (const { isValid, text } of results) {
    if (!isValid) {
      damaged = true
      continue
    }
    const code = parseScan(text)
    if (code.kind === 'request' && code.checked) ids.add(code.id)
    else if (code.kind === 'damaged') damaged = true
  }
  const [id] = ids
  if (ids.size === 1 && id !== undefined) return { kind: 'slip', id }
  return { kind: damaged || ids.size > 1 ? 'unsure' : 'none' }
}
