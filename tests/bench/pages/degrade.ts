/** What paper, lamp and sensor do to a clean page: turn, blur, tint, uneven light, fibres, noise, dust. */
import sharp from 'sharp'
import { fractal } from './photo.ts'
import { random, type Random } from './random.ts'
import { toSharp, type Raster } from './sheet.ts'

export interface Wear {
  /** Degrees clockwise by which the page lies turned on the glass. */
  skewDeg: number
  /** Optical blur, standard deviation in mm. */
  blurMm: number
  /** Brightness of the paper, 0-255, per channel where the page is in colour. */
  paper: readonly [number, number, number]
  /** Brightness of full ink. */
  ink: number
  /** Amplitude of the light falling off over the page, share of white. */
  light: number
  /** Amplitude of paper fibres and clouds, share of white. */
  texture: number
  /** Sensor noise, standard deviation in grey steps. */
  noise: number
  /** Specks on the page. */
  dust: number
  /** What shows where the turned page leaves the glass uncovered: null = more of what the page's edge is. */
  surround: number | null
  /** Value of the clean raster beyond its edge: 255 paper, lower where the clean raster shows its own background. */
  beyond: number
}

/** Wear of an ordinary flatbed or feeder scan, a little different for each seed. */
export function ordinaryWear(rng: Random, overrides: Partial<Wear> = {}): Wear {
  const white = rng.between(226, 246)
  const warm = rng.between(0, 9)
  return {
    skewDeg: rng.between(-1.2, 1.2),
    blurMm: rng.between(0.045, 0.075),
    paper: [white, white - warm * 0.3, white - warm],
    ink: rng.between(22, 48),
    light: rng.between(0.02, 0.08),
    texture: rng.between(0.015, 0.04),
    noise: rng.between(2.5, 5),
    dust: rng.int(10, 60),
    surround: null,
    beyond: 255,
    ...overrides,
  }
}

/** Turns a raster about its centre and keeps its size. */
export async function turn(raster: Raster, degrees: number, background: number): Promise<Raster> {
  if (degrees === 0) return raster
  const { width, height } = raster
  const rad = (degrees * Math.PI) / 180
  const cos = Math.cos(rad)
  const sin = Math.sin(rad)
  const { data, info } = await toSharp(raster)
    .affine([cos, -sin, sin, cos], {
      background: { r: background, g: background, b: background },
      interpolator: 'bicubic',
    })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const channels = raster.channels
  const out = new Uint8Array(width * height * channels).fill(background)
  const dx = Math.round((info.width - width) / 2)
  const dy = Math.round((info.height - height) / 2)
  for (let y = 0; y < height; y++) {
    const sy = y + dy
    if (sy < 0 || sy >= info.height) continue
    const from = Math.max(0, -dx)
    const to = Math.min(width, info.width - dx)
    const start = (sy * info.width + from + dx) * channels
    out.set(data.subarray(start, start + (to - from) * channels), (y * width + from) * channels)
  }
  return { ...raster, data: out }
}

/** Multiplier of the paper's brightness per pixel, 128 = 1, made small and enlarged because it varies slowly. */
async function paperField(rng: Random, width: number, height: number, dpi: number, wear: Wear): Promise<Uint8Array> {
  const step = Math.max(1, Math.round(dpi / 50))
  const w = Math.ceil(width / step)
  const h = Math.ceil(height / step)
  const cloud = fractal(rng.int(1, 1e9), 3)
  const fibre = fractal(rng.int(1, 1e9), 2)
  const angle = rng.between(0, 2 * Math.PI)
  const small = new Uint8Array(w * h)
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const u = x / w - 0.5
      const v = y / h - 0.5
      const slope = Math.cos(angle) * u + Math.sin(angle) * v - (u * u + v * v) * 0.9
      const grain = (cloud(x / 14, y / 14) - 0.5) * 1.2 + (fibre(x / 2.3, y / 2.3) - 0.5)
      small[y * w + x] = 128 * (1 + slope * wear.light + grain * wear.texture)
    }
  return sharp(small, { raw: { width: w, height: h, channels: 1 } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer()
}

const normals = ((): Float32Array => {
  const rng = random(20231122)
  return Float32Array.from({ length: 1 << 16 }, () => rng.normal())
})()

/** The scan of a clean raster, and the clean raster in the scan's geometry (the fair reference for likeness). */
export async function degrade(clean: Raster, seed: number, wear: Wear): Promise<{ scan: Raster; reference: Raster }> {
  const rng = random(seed)
  const { width, height, channels, dpi } = clean
  const reference = await turn(clean, wear.skewDeg, wear.beyond)
  const sigma = (wear.blurMm * dpi) / 25.4
  const soft = sigma > 0.3 ? await toSharp(reference).blur(sigma).raw().toBuffer() : reference.data
  const field = await paperField(rng, width, height, dpi, wear)
  const data = new Uint8Array(width * height * channels)
  const gain = wear.paper.map((paper) => (paper - wear.ink) / 255 / 128)
  const base = wear.ink / 128
  const mask = normals.length - 1
  for (let y = 0; y < height; y++) {
    let at = rng.int(0, mask)
    const stride = 1 + 2 * rng.int(1, 400)
    for (let x = 0; x < width; x++) {
      const p = y * width + x
      const light = field[p] ?? 128
      at = (at + stride) & mask
      const shared = (normals[at] ?? 0) * wear.noise
      for (let c = 0; c < channels; c++) {
        const own = channels === 3 ? (normals[(at + 7919 * (c + 1)) & mask] ?? 0) * wear.noise * 0.35 : 0
        const v = ((soft[p * channels + c] ?? 0) * (gain[c] ?? 0) + base) * light + shared + own
        data[p * channels + c] = v < 0 ? 0 : v > 255 ? 255 : v
      }
    }
  }
  const scan: Raster = { data, width, height, channels, dpi }
  dust(scan, rng, wear.dust)
  if (wear.surround !== null) uncover(scan, wear.skewDeg, wear.surround, rng)
  return { scan, reference }
}

function dust(scan: Raster, rng: Random, count: number): void {
  for (let i = 0; i < count; i++) {
    const r = Math.max(0.5, (rng.between(0.03, 0.16) * scan.dpi) / 25.4)
    const cx = rng.between(0, scan.width)
    const cy = rng.between(0, scan.height)
    const tone = rng.between(40, 150)
    const flat = rng.between(0.5, 1)
    for (let y = Math.floor(cy - r); y <= cy + r; y++)
      for (let x = Math.floor(cx - r); x <= cx + r; x++) {
        if (x < 0 || y < 0 || x >= scan.width || y >= scan.height) continue
        const d = ((x - cx) / r) ** 2 + ((y - cy) / r / flat) ** 2
        if (d > 1) continue
        for (let c = 0; c < scan.channels; c++) {
          const p = (y * scan.width + x) * scan.channels + c
          scan.data[p] = (scan.data[p] ?? 0) * d + tone * (1 - d)
        }
      }
  }
}

/** Darkens what the turned page does not cover, as a feeder with a black roller shows it. */
function uncover(scan: Raster, skewDeg: number, tone: number, rng: Random): void {
  const { width, height, channels } = scan
  const rad = (skewDeg * Math.PI) / 180
  const cos = Math.cos(rad)
  const sin = Math.sin(rad)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const dx = x + 0.5 - width / 2
      const dy = y + 0.5 - height / 2
      const u = cos * dx + sin * dy
      const v = -sin * dx + cos * dy
      if (Math.abs(u) <= width / 2 && Math.abs(v) <= height / 2) continue
      for (let c = 0; c < channels; c++)
        scan.data[(y * width + x) * channels + c] = Math.max(0, tone + rng.between(-4, 4))
    }
}
