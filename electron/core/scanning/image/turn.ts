/**
 * Turns the pixels of a page by a few degrees: three shears (Paeth 1986), each by cubic convolution (Keys 1981, a = -0.5).
 * A shear moves a whole row or column by the same fraction of a pixel, so that its four weights are the same all along;
 * that takes a third of the time of a general affine transform, and only what is kept is made.
 */

export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  /** Samples a pixel, interleaved. */
  readonly channels: number
}

export interface PixelBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Weights are whole numbers, of which 2^BITS is one. */
const BITS = 14
const HALF = 1 << (BITS - 1)
/** Rows that are made at a time: what stands between the shears stays small, and most of it in the processor's cache. */
const STRIP = 512

/**
 * @param degrees clockwise about the middle of the page, within 45
 * @param box what is kept of the turned page, in pixels of the page's own frame
 * @param background 0-255, for what the page does not cover
 */
export function turnPixels(page: Pixels, degrees: number, box: PixelBox, background = 255): Pixels {
  const { channels } = page
  const data = new Uint8Array(box.width * box.height * channels)
  for (let y = 0; y < box.height; y += STRIP) {
    const strip = { ...box, top: box.top + y, height: Math.min(STRIP, box.height - y) }
    turnStrip(page, degrees, strip, background, data.subarray(y * box.width * channels))
  }
  return { data, width: box.width, height: box.height, channels }
}

/**
 * What is wanted at (x, y), both from the middle of the page, lies in the page at (x cos + y sin, y cos - x sin). That is
 * x += y tan(a/2), then y -= x sin(a), then x += y tan(a/2) again.
 */
function turnStrip(page: Pixels, degrees: number, box: PixelBox, background: number, out: Uint8Array): void {
  const rad = (degrees * Math.PI) / 180
  const [sin, tan] = [Math.sin(rad), Math.tan(rad / 2)]
  const { width, height, channels } = page
  const [mx, my] = [(width - 1) / 2, (height - 1) / 2]
  const bottom = box.top + box.height - 1
  const moved = [tan * (box.top - my), tan * (bottom - my)]
  const left = box.left + Math.floor(Math.min(...moved)) - 2
  const wide = box.left + box.width + Math.ceil(Math.max(...moved)) + 3 - left
  const fallen = [sin * (left - mx), sin * (left + wide - 1 - mx)]
  const top = box.top - Math.ceil(Math.max(...fallen)) - 2
  const tall = bottom - Math.floor(Math.min(...fallen)) + 4 - top
  const stride = wide * channels

  const first = new Uint8Array(stride * tall).fill(background)
  for (let v = Math.max(0, -top); v < tall && top + v < height; v++) {
    const row = page.data.subarray((top + v) * width * channels, (top + v + 1) * width * channels)
    shiftRow(row, first.subarray(v * stride, (v + 1) * stride), left + tan * (top + v - my), channels)
  }
  const shifts = Float64Array.from({ length: wide }, (_, x) => box.top - top - sin * (left + x - mx))
  const second = shiftColumns(first, stride, shifts, box.height, channels)
  for (let y = 0; y < box.height; y++) {
    const row = second.subarray(y * stride, (y + 1) * stride)
    const to = out.subarray(y * box.width * channels, (y + 1) * box.width * channels)
    shiftRow(row, to, box.left - left + tan * (box.top + y - my), channels)
  }
}

/** `to[x] = from[x + shift]`, in pixels; what lies outside is left as it is. */
function shiftRow(from: Uint8Array, to: Uint8Array, shift: number, channels: number): void {
  const whole = Math.floor(shift)
  const [width, room] = [from.length / channels, to.length / channels]
  const inside = (x: number): number => Math.min(room, Math.max(0, x))
  const [start, end] = [inside(1 - whole), inside(width - 2 - whole)]
  for (let c = 0; c < channels; c++)
    convolve(from, to, {
      weights: cubicWeights(shift - whole),
      from: (start + whole - 1) * channels + c,
      to: start * channels + c,
      count: end - start,
      step: channels,
    })
  // beside its first and last pixels a row goes on as they are
  const nearest = (x: number): void => {
    const source = Math.min(width - 1, Math.max(0, Math.round(x + shift)))
    for (let c = 0; c < channels; c++) to[x * channels + c] = from[source * channels + c]!
  }
  for (let x = inside(Math.ceil(-0.5 - shift)); x < start; x++) nearest(x)
  for (let x = Math.max(start, end); x < inside(Math.floor(width - 0.5 - shift) + 1); x++) nearest(x)
}

/** Column x of the result begins in the rows of `from` at `shifts[x]`; all that is asked for lies inside. */
function shiftColumns(
  from: Uint8Array,
  stride: number,
  shifts: Float64Array,
  rows: number,
  channels: number,
): Uint8Array {
  const to = new Uint8Array(stride * rows)
  for (let x = 0; x < shifts.length; x++) {
    const whole = Math.floor(shifts[x]!)
    const weights = cubicWeights(shifts[x]! - whole)
    for (let c = 0; c < channels; c++) {
      const at = x * channels + c
      convolve(from, to, { weights, from: (whole - 1) * stride + at, to: at, count: rows, step: stride })
    }
  }
  return to
}

type Weights = readonly [number, number, number, number]

interface Line {
  readonly weights: Weights
  /** Where the first of the four samples for the first result stands, and that result. */
  readonly from: number
  readonly to: number
  readonly count: number
  /** From one sample to the next. */
  readonly step: number
}

/** Each sample of a line out of four that follow one another: of which three are known from the one before. */
function convolve(from: Uint8Array, to: Uint8Array, line: Line): void {
  const { step, count } = line
  const [w0, w1, w2, w3] = line.weights
  let i = line.from
  let k = line.to
  let s0 = from[i]!
  let s1 = from[(i += step)]!
  let s2 = from[(i += step)]!
  for (let n = 0; n < count; n++, k += step) {
    const s3 = from[(i += step)]!
    const value = (Math.imul(s0, w0) + Math.imul(s1, w1) + Math.imul(s2, w2) + Math.imul(s3, w3) + HALF) >> BITS
    to[k] = value < 0 ? 0 : value > 255 ? 255 : value
    s0 = s1
    s1 = s2
    s2 = s3
  }
}

/** Of the four pixels around a place that lies `t` of a pixel after the second; they sum to one, so that even paper stays even. */
function cubicWeights(t: number): Weights {
  const scaled = (share: number): number => Math.round(share * (1 << (BITS - 1)))
  const [w0, w1, w3] = [scaled(((2 - t) * t - 1) * t), scaled((3 * t - 5) * t * t + 2), scaled((t - 1) * t * t)]
  return [w0, w1, (1 << BITS) - w0 - w1 - w3, w3]
}
