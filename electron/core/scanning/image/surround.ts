/** What lies around the page: lid, roller, cradle. Dark areas that reach the edge of the picture. */
import { percentile, pixels, type Grey } from './grey.ts'

/** Brightness under which a pixel cannot be paper, as a share of the page's own white. */
const DARK_SHARE = 0.55
/** Noise and uneven light of the surround, as a share of white. */
const TONE_PLAY = 0.14

/**
 * 1 where the picture shows the dark surround, grown by `growMm` over the soft edge of the page.
 * Only dark areas connected to the edge of the picture count: a black photograph in the middle stays.
 */
export function surroundMask(grey: Grey, growMm = 1): Uint8Array {
  const { data, width, height } = grey
  const dark = darkLimit(grey)
  const mask = new Uint8Array(width * height)
  const queue: number[] = []
  const enter = (i: number): void => {
    if (mask[i] === 0 && data[i]! < dark) {
      mask[i] = 1
      queue.push(i)
    }
  }
  for (let x = 0; x < width; x++) {
    enter(x)
    enter((height - 1) * width + x)
  }
  for (let y = 0; y < height; y++) {
    enter(y * width)
    enter(y * width + width - 1)
  }
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const x = at % width
    if (x > 0) enter(at - 1)
    if (x < width - 1) enter(at + 1)
    if (at >= width) enter(at - width)
    if (at < (height - 1) * width) enter(at + width)
  }
  return grow(mask, width, height, Math.round(pixels(growMm, grey.dpi)))
}

/**
 * Brightness up to which a pixel looks like the surround: the tone found along the edge of the picture plus some
 * play, so that a dark plate printed to the edge of its page is not eaten along with a darker cradle.
 */
function darkLimit(grey: Grey): number {
  const { data, width, height } = grey
  const white = percentile(grey, 0.9)
  const limit = white * DARK_SHARE
  const edge: number[] = []
  const look = (i: number): void => {
    if (data[i]! < limit) edge.push(data[i]!)
  }
  for (let x = 0; x < width; x++) {
    look(x)
    look((height - 1) * width + x)
  }
  for (let y = 0; y < height; y++) {
    look(y * width)
    look(y * width + width - 1)
  }
  if (edge.length === 0) return 0
  edge.sort((a, b) => a - b)
  return Math.min(limit, edge[edge.length >> 1]! + white * TONE_PLAY)
}

/** Widens the ones of a mask by a square of side 2r+1. */
export function grow(mask: Uint8Array, width: number, height: number, r: number): Uint8Array {
  if (r <= 0 || !mask.includes(1)) return mask
  const rows = new Uint8Array(mask.length)
  for (let y = 0; y < height; y++) {
    let last = -Infinity
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x]) last = x
      if (x - last <= r) rows[y * width + x] = 1
    }
    last = Infinity
    for (let x = width - 1; x >= 0; x--) {
      if (mask[y * width + x]) last = x
      if (last - x <= r) rows[y * width + x] = 1
    }
  }
  // a row at a time, though the columns are what is walked: a column's pixels lie far apart in memory
  const out = new Uint8Array(mask.length)
  const left = new Int32Array(width)
  for (let y = 0; y < height; y++) spread(y)
  left.fill(0)
  for (let y = height - 1; y >= 0; y--) spread(y)
  return out

  /** Paints the columns that saw a one within the last `r` rows. */
  function spread(y: number): void {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (rows[i]) left[x] = r + 1
      if (left[x]! > 0) {
        left[x]!--
        out[i] = 1
      }
    }
  }
}
