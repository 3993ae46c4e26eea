/** Where a row of the queue stands, by its number. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Slots } from '../../../db/queue/slots.ts'

const FAR = 1 << 24

test('a number has the slot it was given last, whether it is of base, of this desk or far beyond the rest', () => {
  const rid = fc.oneof(fc.integer({ min: -20, max: 3000 }), fc.constantFrom(1023, 1024, FAR - 1, FAR, 2 ** 40))
  const step = fc.record({ rid, slot: fc.option(fc.nat({ max: 2 ** 30 }), { nil: null }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const slots = new Slots()
      const model = new Map<number, number>()
      for (const { rid: of, slot } of steps) {
        if (slot === null) {
          slots.delete(of)
          model.delete(of)
        } else {
          slots.set(of, slot)
          model.set(of, slot)
        }
        for (const { rid: one } of steps) expect(slots.of(one)).toBe(model.get(one) ?? -1)
      }
      slots.clear()
      for (const { rid: one } of steps) expect(slots.of(one)).toBe(-1)
    }),
    { numRuns: 60 },
  )
})
