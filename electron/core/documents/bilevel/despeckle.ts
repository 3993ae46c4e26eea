import type { Bitmap } from './bitmap.ts'

/**
 * Whitens every 8-connected group of fewer than `minimumArea` black pixels in place and returns how many were removed.
 * Works on runs with a union-find, so time depends on the ink, not on the paper.
 */
export function despeckle(bitmap: Bitmap, minimumArea: number): number {
  const runs = new Runs()
  let aboveFrom = 0
  let aboveTo = 0
  for (let y = 0; y < bitmap.height; y++) {
    const from = runs.count
    collectRuns(bitmap, y, runs)
    let above = aboveFrom
    for (let run = from; run < runs.count; run++) {
      while (above < aboveTo && runs.end[above]! < runs.start[run]!) above++
      for (let other = above; other < aboveTo && runs.start[other]! <= runs.end[run]!; other++) runs.join(run, other)
    }
    aboveFrom = from
    aboveTo = runs.count
  }
  let removed = 0
  for (let run = 0; run < runs.count; run++) {
    if (runs.area[runs.root(run)]! >= minimumArea) continue
    const row = runs.row[run]! * bitmap.stride
    for (let x = runs.start[run]!; x < runs.end[run]!; x++) bitmap.bits[row + (x >> 3)]! &= ~(128 >> (x & 7))
    if (runs.root(run) === run) removed++
  }
  return removed
}

class Runs {
  count = 0
  start = new Int32Array(1 << 16)
  /** One past the last black column. */
  end = new Int32Array(1 << 16)
  row = new Int32Array(1 << 16)
  area = new Int32Array(1 << 16)
  #parent = new Int32Array(1 << 16)

  add(row: number, start: number, end: number): void {
    if (this.count === this.start.length) this.#grow()
    this.start[this.count] = start
    this.end[this.count] = end
    this.row[this.count] = row
    this.area[this.count] = end - start
    this.#parent[this.count] = this.count
    this.count++
  }

  root(run: number): number {
    const parent = this.#parent
    while (parent[run] !== run) {
      parent[run] = parent[parent[run]!]!
      run = parent[run]!
    }
    return run
  }

  join(one: number, two: number): void {
    const a = this.root(one)
    const b = this.root(two)
    if (a === b) return
    this.#parent[a] = b
    this.area[b]! += this.area[a]!
  }

  #grow(): void {
    const larger = (array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const copy = new Int32Array(array.length * 2)
      copy.set(array)
      return copy
    }
    this.start = larger(this.start)
    this.end = larger(this.end)
    this.row = larger(this.row)
    this.area = larger(this.area)
    this.#parent = larger(this.#parent)
  }
}

function collectRuns(bitmap: Bitmap, y: number, runs: Runs): void {
  const { bits, width, stride } = bitmap
  const row = y * stride
  let start = -1
  for (let i = 0; i < stride; i++) {
    const byte = bits[row + i]!
    if (byte === (start < 0 ? 0 : 255)) continue
    for (let x = i * 8, mask = 128; mask > 0; mask >>= 1, x++) {
      if (byte & mask) {
        if (start < 0) start = x
      } else if (start >= 0) {
        runs.add(y, start, x)
        start = -1
      }
    }
  }
  if (start >= 0) runs.add(y, start, width)
}
