import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { loadCore, ownProduct, PRODUCT_SLOT, type Product } from '../../../electron/core/documents/ocr/engine.ts'

/** Byte addresses in the engine's memory, far apart enough for the largest case. */
interface Room {
  readonly memory: WebAssembly.Memory
  readonly start: number
}
let room: Room
let engines: Product
let own: Product

beforeAll(async () => {
  const { memory, table } = await loadCore()
  engines = table.get(PRODUCT_SLOT) as Product
  own = ownProduct(memory)
  // Pages of our own, which the engine knows nothing of.
  room = { memory, start: memory.grow(20) * 65_536 }
})

interface Layer {
  readonly outputs: number
  readonly inputs: number
  readonly seed: number
}

/** Fills memory from the seed and returns the bits of what the product says. */
function multiply(product: Product, { outputs, inputs, seed }: Layer): number[] {
  const { memory, start } = room
  let state = seed
  const next = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 16
  const stride = inputs + (inputs & 1) + 1
  const [scales, input, result] = [start + 2 ** 20, start + 2 ** 20 + 4096, start + 2 ** 20 + 8192]
  const weights = new Int8Array(memory.buffer, start, outputs * stride)
  weights.forEach((_, i) => (weights[i] = next() % 255 - 127)) // prettier-ignore
  new Float32Array(memory.buffer, scales, outputs).forEach((_, i, all) => (all[i] = next() / 65_536 / 127))
  const values = new Int8Array(memory.buffer, input, inputs + 64)
  // What stands after the inputs is nobody's: it must not count.
  values.forEach((_, i) => (values[i] = i === inputs && inputs & 1 ? 0 : (next() % 255) - 127))
  const results = new Uint32Array(memory.buffer, result, outputs + 4).fill(0xdead_beef)
  product(outputs, inputs + 1, start, scales, input, result)
  return [...results]
}

test("the matrix product is the engine's own to the last bit, and writes nothing beside its results", () => {
  fc.assert(
    fc.property(
      fc.record({ outputs: fc.integer({ min: 1, max: 70 }), inputs: fc.integer({ min: 1, max: 700 }), seed: fc.nat() }),
      (layer) => void expect(multiply(own, layer)).toEqual(multiply(engines, layer)),
    ),
    { numRuns: 300 },
  )
})

test('the largest weights and inputs do not overflow', () => {
  const { memory, start } = room
  const [outputs, inputs] = [5, 1024]
  const [scales, input, result] = [start + 2 ** 20, start + 2 ** 20 + 4096, start + 2 ** 20 + 8192]
  new Int8Array(memory.buffer, start, outputs * (inputs + 1)).fill(-127)
  new Int8Array(memory.buffer, input, inputs).fill(-127)
  new Float32Array(memory.buffer, scales, outputs).fill(1)
  own(outputs, inputs + 1, start, scales, input, result)
  const expected = inputs * 127 * 127 - 127 * 127
  expect([...new Float32Array(memory.buffer, result, outputs)]).toEqual(Array(outputs).fill(expected))
})
