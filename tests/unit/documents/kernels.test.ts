import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compileKernels, KERNELS } from '../../../build/tasks/support/kernels.mjs'
import { withKernels } from '../../../electron/core/documents/kernels/kernels.ts'
import { assetPath } from '../../../electron/core/host/places.ts'

test.each(Object.keys(KERNELS) as (keyof typeof KERNELS)[])('the compiled %s is what its sources say', async (name) => {
  const shipped = readFileSync(assetPath(`kernels/${name}`))
  expect(Buffer.compare(shipped, await compileKernels(name))).toBe(0)
})

test('places do not touch and hold what was put there while others are taken', () => {
  withKernels(({ take, bytes }) => {
    const places = [1, 100_000, 0, 17, 300_000].map((length, i) => {
      const at = take(length)
      bytes(at, length).fill(i + 1)
      return { at, length }
    })
    places.forEach(({ at, length }, i) =>
      expect(
        bytes(at, length).every((byte) => byte === i + 1),
        `place ${i}`,
      ).toBe(true),
    )
  })
})

test('a page that failed or was large leaves a fresh memory to the next', () => {
  const size = () => withKernels(({ run }) => run.memory.buffer.byteLength)
  const small = size()
  expect(() =>
    withKernels(({ take }) => {
      take(64 * 2 ** 20)
      throw new Error('damaged')
    }),
  ).toThrow('damaged')
  expect(size()).toBeLessThanOrEqual(small)
  withKernels(({ take }) => take(64 * 2 ** 20))
  expect(size()).toBeLessThanOrEqual(small)
})
