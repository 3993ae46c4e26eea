/**
 * The loops over a page's pixels, compiled ahead to WebAssembly (assembly/, by `npm run kernels`): at full speed from a worker's
 * first page on, and up to sixteen pixels at a time.
 *
 *   withKernels(({ run, take, bytes }) => {
 *     const pixels = take(width)
 *     bytes(pixels, width).set(row)
 *     run.inkOfRows(pixels, …)
 *   })
 */
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { assetPath } from '../../host/places.ts'

/** Addresses are those that `take` gives; see assembly/ for what stands there. */
interface Run {
  readonly memory: WebAssembly.Memory
  firstFree(): number
  encodeGenericRegion(
    bits: number,
    width: number,
    height: number,
    stride: number,
    states: number,
    rows: number,
    out: number,
  ): number
  usePaper(levels: number, columns: number, rows: number, block: number, room: number): void
  thresholdsOfRows(y: number, count: number, share: number, stride: number, room: number, levels: number): void
  inkOfRows(pixels: number, width: number, count: number, levels: number, step: number, bits: number): void
  upperLevels(
    pixels: number,
    width: number,
    rows: number,
    block: number,
    share: number,
    histogram: number,
    levels: number,
  ): void
  countTones(
    pixels: number,
    width: number,
    y: number,
    count: number,
    darkShare: number,
    lightShare: number,
    counts: number,
  ): void
  countColoured(pixels: number, width: number, count: number, least: number, counts: number): void
  countRuns(bits: number, stride: number, height: number): number
  whitenSpecks(bits: number, width: number, stride: number, height: number, least: number, room: number): number
}

export interface Kernels {
  readonly run: Run
  /** Room for so many bytes, not cleared; kernels may read and write a few bytes past it. Views made before may be void. */
  take(length: number): number
  /** Views of what was taken. */
  bytes(at: number, length: number): Uint8Array
  words(at: number, length: number): Uint32Array
  floats(at: number, length: number): Float32Array
}

const PAGE = 65_536
/** What kernels may read or write past a row: one step of sixteen. */
const SLACK = 16
/** Memory never shrinks: what a large page needed is given back with the instance. */
const MOST_KEPT = 32 * 2 ** 20

let module: WebAssembly.Module | null = null
let idle: Run | null = null

/** Lends the kernels with a memory of their own; what was taken is free again afterwards. */
export function withKernels<T>(work: (kernels: Kernels) => T): T {
  module ??= compile()
  const run = idle ?? (new WebAssembly.Instance(module).exports as unknown as Run)
  idle = null
  const { memory } = run
  let next = run.firstFree()
  const result = work({
    run,
    take(length) {
      const at = (next + 15) & ~15
      next = at + length + SLACK
      if (next > memory.buffer.byteLength) memory.grow(Math.ceil((next - memory.buffer.byteLength) / PAGE))
      return at
    },
    bytes: (at, length) => new Uint8Array(memory.buffer, at, length),
    words: (at, length) => new Uint32Array(memory.buffer, at, length),
    floats: (at, length) => new Float32Array(memory.buffer, at, length),
  })
  if (memory.buffer.byteLength <= MOST_KEPT) idle = run
  return result
}

/** V8 begins with code that is made quickly and runs slowly, and a page is long done before it thinks again. */
const WELL_AT_ONCE = ['--no-liftoff', '--no-wasm-lazy-compilation']
const AS_USUAL = ['--liftoff', '--wasm-lazy-compilation']

function compile(): WebAssembly.Module {
  for (const flag of WELL_AT_ONCE) setFlagsFromString(flag)
  try {
    return new WebAssembly.Module(readFileSync(assetPath('kernels/kernels.wasm')))
  } finally {
    for (const flag of AS_USUAL) setFlagsFromString(flag)
  }
}
