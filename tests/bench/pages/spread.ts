/** An open book under a camera: two pages that curve into the gutter, on a dark cradle or under a pale lid. */
import type { Random } from './random.ts'
import type { Raster } from './sheet.ts'

export interface SpreadShape {
  /** Uncovered border in mm: left, right, top and bottom. */
  border: readonly [number, number, number, number]
  /** Brightness of what lies around the book in the clean raster. */
  surround: number
  /** Paper lost into the curve in mm, left and right page. */
  curl: readonly [number, number]
  /** Distance in mm over which the curve fades. */
  reach: number
  /** How much the page shrinks towards the gutter, as the camera sees it. */
  sink: number
  /** Depth of the shadow (share of light lost at the seam), left and right page. */
  shadow: readonly [number, number]
  /** Width of the shadow in mm, left and right page. */
  shadowReach: readonly [number, number]
}

export function spreadShape(rng: Random): SpreadShape {
  const pale = rng.chance(0.25)
  const border = (): number => rng.between(4, 22)
  return {
    border: [border(), border(), rng.between(3, 14), rng.between(3, 14)],
    surround: pale ? rng.between(205, 240) : rng.between(0, 40),
    curl: [rng.between(0.5, 5), rng.between(0.5, 5)],
    reach: rng.between(5, 13),
    sink: rng.between(0, 0.022),
    // below 0: a lamp from one side lights the curve of the page that faces it
    shadow: rng.chance(0.2)
      ? [rng.between(-0.06, 0), rng.between(0.15, 0.6)]
      : [rng.between(0.05, 0.65), rng.between(0.05, 0.65)],
    shadowReach: [rng.between(2.5, 14), rng.between(2.5, 14)],
  }
}

/** Lays two pages of one size side by side; returns the picture and the x of the seam in pixels. */
export function layOpen(left: Raster, right: Raster, shape: SpreadShape): { spread: Raster; seamX: number } {
  const { dpi, channels } = left
  const px = (mm: number): number => (mm * dpi) / 25.4
  const visible = shape.curl.map((curl) => left.width - px(curl)) as [number, number]
  const width = Math.round(px(shape.border[0]) + visible[0] + visible[1] + px(shape.border[1]))
  const height = Math.round(left.height + px(shape.border[2] + shape.border[3]))
  const seamX = px(shape.border[0]) + visible[0]
  const top = px(shape.border[2])
  const centre = top + left.height / 2
  const data = new Uint8Array(width * height * channels).fill(shape.surround)
  for (let x = 0; x < width; x++) {
    const side = x + 0.5 < seamX ? 0 : 1
    const page = side === 0 ? left : right
    const d = Math.abs(x + 0.5 - seamX)
    const fade = Math.exp(-d / px(shape.reach))
    // arc length along the curved paper for this distance from the seam, as seen from above
    const s = d + px(shape.curl[side]) * (1 - fade)
    if (s >= page.width) continue
    const sx = side === 0 ? page.width - 1 - s : s
    const light =
      1 - shape.shadow[side] * Math.exp(-((d / px(shape.shadowReach[side])) ** 1.3)) - 0.25 * Math.exp(-d / px(0.25))
    const scale = 1 + shape.sink * fade
    const x0 = Math.max(0, Math.min(page.width - 2, Math.floor(sx)))
    const fx = Math.max(0, Math.min(1, sx - x0))
    for (let y = 0; y < height; y++) {
      const sy = left.height / 2 + (y + 0.5 - centre) * scale
      if (sy < 0 || sy >= page.height - 1) continue
      const y0 = Math.floor(sy)
      const fy = sy - y0
      for (let c = 0; c < channels; c++) {
        const i = (y0 * page.width + x0) * channels + c
        const j = i + page.width * channels
        const upper = (page.data[i] ?? 0) * (1 - fx) + (page.data[i + channels] ?? 0) * fx
        const lower = (page.data[j] ?? 0) * (1 - fx) + (page.data[j + channels] ?? 0) * fx
        data[(y * width + x) * channels + c] = Math.max(0, Math.min(255, (upper * (1 - fy) + lower * fy) * light))
      }
    }
  }
  return { spread: { data, width, height, channels, dpi }, seamX }
}

/** The x at mid-height of a seam at seamX after the picture was turned about its centre. */
export const turnedSeam = (seamX: number, width: number, skewDeg: number): number =>
  width / 2 + (seamX - width / 2) / Math.cos((skewDeg * Math.PI) / 180)
