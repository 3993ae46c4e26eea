/** Grey samples, one byte each, row by row. */
export interface GreySamples {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

const WINDOW = 8
const STEP = 4
const C1 = (0.01 * 255) ** 2
const C2 = (0.03 * 255) ** 2

/**
 * Structural similarity (Wang et al. 2004) of two pictures of the same size, over windows of 8 x 8 samples at every
 * fourth place; 1 for the same picture. Pictures smaller than a window are compared as one window.
 */
export function likeness(a: GreySamples, b: GreySamples): number {
  let sum = 0
  let windows = 0
  const [right, bottom] = [Math.max(0, a.width - WINDOW), Math.max(0, a.height - WINDOW)]
  for (let y = 0; y <= bottom; y += STEP)
    for (let x = 0; x <= right; x += STEP) {
      sum += likenessOfWindow(a, b, x, y)
      windows++
    }
  return sum / windows
}

function likenessOfWindow(a: GreySamples, b: GreySamples, x: number, y: number): number {
  let [sumA, sumB, squareA, squareB, product, count] = [0, 0, 0, 0, 0, 0]
  for (let v = y; v < Math.min(a.height, y + WINDOW); v++)
    for (let u = x; u < Math.min(a.width, x + WINDOW); u++) {
      const p = a.data[v * a.width + u]!
      const q = b.data[v * b.width + u]!
      sumA += p
      sumB += q
      squareA += p * p
      squareB += q * q
      product += p * q
      count++
    }
  const [meanA, meanB] = [sumA / count, sumB / count]
  const [varianceA, varianceB] = [squareA / count - meanA * meanA, squareB / count - meanB * meanB]
  const covariance = product / count - meanA * meanB
  return (
    ((2 * meanA * meanB + C1) * (2 * covariance + C2)) /
    ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2))
  )
}
