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
export async function readSeparator(grey: Grey, half = halfOf(grey), skewDeg = 0): Promise<SeparatorReading> {
  await prepare()
  const first = judge(await decode(half))
  if (first.kind === 'slip' || (first.kind === 'none' && !hasFinderPatterns(half))) return first
  let seen = first.kind === 'unsure'
  for (const attempt of attempts(grey, half, skewDeg)) {
    const reading = judge(await decode(await attempt()))
    if (reading.kind === 'slip') return reading
    seen ||= reading.kind === 'unsure'
  }
  return { kind: seen ? 'unsure' : 'none' }
}

/** The picture at 75 to 140 dpi, on which a code is first looked for. */
export const halfOf = (grey: Grey): Grey => shrink(grey, grey.dpi >= 140 ? 2 : 1)

type Attempt = () => Grey | Promise<Grey>

function attempts(grey: Grey, half: Grey, skewDeg: number): Attempt[] {
  const turned = skewDeg === 0 ? [] : [() => closed(turnGrey(half, -skewDeg), 1)]
  return [() => closed(half, 1), () => closed(half, 2), () => grey, () => blurred(grey, 1.5), ...turned]
}

/** Side in mm of a square that must be dark all over: less than the heart of a finder pattern, more than most letters. */
const SOLID_MM = 3
const SOLID_SHARE = 0.6
/** Two hearts of one code are never nearer than this. */
const APART_MM = 5
/** Dark and light of a code are told apart here, as a share of white. */
const EDGE_SHARE = 0.62
/** From the heart of the largest finder pattern to beyond its ring. */
const LONGEST_RAY_MM = 9
/** More solid places than this are a photograph; the darkest are looked at. */
const MOST_PLACES = 48

interface Place {
  x: number
  y: number
}

/** Whether at least two solid places look like the finder patterns of a code: a ring around a heart. */
function hasFinderPatterns(half: Grey): boolean {
  const factor = Math.max(1, Math.round(half.dpi / 50))
  const small = shrink(half, factor)
  const dark = percentile(half, 0.8) * EDGE_SHARE
  let found = 0
  for (const { x, y } of solidPlaces(small))
    if (isFinder(half, (x + 0.5) * factor, (y + 0.5) * factor, dark) && ++found >= 2) return true
  return false
}

const RAYS = Array.from({ length: 8 }, (_, k) => ({ dx: Math.cos((k * Math.PI) / 4), dy: Math.sin((k * Math.PI) / 4) }))
/** Of the eight rays from the heart; the others may run into a fold or a stamp. */
const RAYS_NEEDED = 6

/** Along a ray from the heart of a finder pattern lie one and a half modules of dark, one of light, one of dark. */
function isFinder(half: Grey, cx: number, cy: number, dark: number): boolean {
  const longest = pixels(LONGEST_RAY_MM, half.dpi)
  let right = 0
  for (const { dx, dy } of RAYS) {
    const runs = [0, 0, 0]
    let run = 0
    for (let r = 0; r < longest && run < 3; r += 0.5) {
      const x = Math.round(cx + dx * r)
      const y = Math.round(cy + dy * r)
      if (x < 0 || y < 0 || x >= half.width || y >= half.height) break
      if (half.data[y * half.width + x]! < dark !== (run !== 1)) run++
      if (run < 3) runs[run]! += 0.5
    }
    const [heart, gap, ring] = runs as [number, number, number]
    const fits = (length: number): boolean => length > heart * 0.25 && length < heart * 1.6
    if (run === 3 && fits(gap) && fits(ring)) right++
  }
  return right >= RAYS_NEEDED
}

/** The darkest solid places, each standing for those around it. */
function solidPlaces(small: Grey): Place[] {
  const mean = boxMean(small, Math.max(1, Math.round(pixels(SOLID_MM, small.dpi) / 2 - 0.5)))
  const limit = percentile(small, 0.8) * SOLID_SHARE
  const outside = surroundMask(small, 2)
  const dark: number[] = []
  for (let i = 0; i < mean.length; i++) if (mean[i]! <= limit && !outside[i]) dark.push(i)
  dark.sort((a, b) => mean[a]! - mean[b]!)
  const apart = pixels(APART_MM, small.dpi)
  const places: Place[] = []
  for (const i of dark) {
    const place = { x: i % small.width, y: Math.floor(i / small.width) }
    if (places.every(({ x, y }) => Math.hypot(place.x - x, place.y - y) > apart)) places.push(place)
    if (places.length >= MOST_PLACES) break
  }
  return places
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
