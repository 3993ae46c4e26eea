/**
 * A layer of the network of the reading engine: weights times input, a third of the time that a page takes. Stands in the
 * engine's memory for its own function, with its layout and to the bit with its result.
 */

/** The weight of the bias. */
const ONE: i32 = 127

/**
 * result[row] = (weights[row] · input + 127 · bias[row]) · scales[row]
 * @param columns inputs and the bias
 * @param weights rows of i8, each of an even number of inputs (the last may be none) and the bias
 * @param scales @param result f32 @param input i8
 */
export function matrixDotVector(
  outputs: i32,
  columns: i32,
  weights: usize,
  scales: usize,
  input: usize,
  result: usize,
): void {
  const inputs: usize = columns - 1
  const bias: usize = (inputs + 1) & ~1
  const stride: usize = bias + 1
  let row = 0
  for (; row + 4 <= outputs; row += 4) {
    const dots = dotsOfFour(weights, stride, input, inputs)
    const total = i32x4.add(dots, i32x4.mul(columnOfFour(weights + bias, stride), i32x4.splat(ONE)))
    v128.store(result, f32x4.mul(f32x4.convert_i32x4_s(total), v128.load(scales)))
    weights += stride << 2
    scales += 16
    result += 16
  }
  for (; row < outputs; row++) {
    let total: i32 = i32(load<i8>(weights + bias)) * ONE
    for (let i: usize = 0; i < inputs; i++) total += i32(load<i8>(input + i)) * i32(load<i8>(weights + i))
    store<f32>(result, f32(total) * load<f32>(scales))
    weights += stride
    scales += 4
    result += 4
  }
}

/** The products of four rows with the input: what is read of the input serves all four. */
function dotsOfFour(weights: usize, stride: usize, input: usize, inputs: usize): v128 {
  let first = weights
  let second = first + stride
  let third = second + stride
  let fourth = third + stride
  let a = i32x4.splat(0)
  let b = a
  let c = a
  let d = a
  let at = input
  const end = input + (inputs & ~15)
  while (at < end) {
    const low = v128.load_ext<i8>(at)
    const high = v128.load_ext<i8>(at, 8)
    a = i32x4.add(a, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(first)))
    a = i32x4.add(a, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(first, 8)))
    b = i32x4.add(b, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(second)))
    b = i32x4.add(b, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(second, 8)))
    c = i32x4.add(c, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(third)))
    c = i32x4.add(c, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(third, 8)))
    d = i32x4.add(d, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(fourth)))
    d = i32x4.add(d, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(fourth, 8)))
    at += 16
    first += 16
    second += 16
    third += 16
    fourth += 16
  }
  let i = inputs & ~15
  if (i + 8 <= inputs) {
    const eight = v128.load_ext<i8>(at)
    a = i32x4.add(a, i32x4.dot_i16x8_s(eight, v128.load_ext<i8>(first)))
    b = i32x4.add(b, i32x4.dot_i16x8_s(eight, v128.load_ext<i8>(second)))
    c = i32x4.add(c, i32x4.dot_i16x8_s(eight, v128.load_ext<i8>(third)))
    d = i32x4.add(d, i32x4.dot_i16x8_s(eight, v128.load_ext<i8>(fourth)))
    i += 8
  }
  let dots = sumsOfLanes(a, b, c, d)
  for (; i < inputs; i++) {
    const value = i32x4.splat(i32(load<i8>(input + i)))
    dots = i32x4.add(dots, i32x4.mul(value, columnOfFour(weights + i, stride)))
  }
  return dots
}

/** One weight of each of four rows. */
function columnOfFour(at: usize, stride: usize): v128 {
  let four = i32x4.splat(i32(load<i8>(at)))
  four = i32x4.replace_lane(four, 1, i32(load<i8>(at + stride)))
  four = i32x4.replace_lane(four, 2, i32(load<i8>(at + (stride << 1))))
  return i32x4.replace_lane(four, 3, i32(load<i8>(at + stride * 3)))
}

function sumsOfLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7))
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7))
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7))
}
