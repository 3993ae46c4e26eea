import { withKernels } from '../kernels/kernels.ts'
import type { Bitmap } from './bitmap.ts'

const BYTES_A_RUN = 20

/**
 * Whitens every 8-connected group of fewer than `minimumArea` black pixels in place and returns how many were removed.
 * Works on runs with a union-find, so time depends on the ink, not on the paper.
 */
export function despeckle({ bits, width, height, stride }: Bitmap, minimumArea: number): number {
  return withKernels(({ run, take, bytes }) => {
    const at = take(bits.length)
    bytes(at, bits.length).set(bits)
    const room = take(run.countRuns(at, stride, height) * BYTES_A_RUN)
    const removed = run.whitenSpecks(at, width, stride, height, minimumArea, room)
    bits.set(bytes(at, bits.length))
    return removed
  })
}
