import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutRows } from '../../../renderer/ui/rows.ts'

const layouts = fc
  .record({
    total: fc.integer({ min: 1, max: 5000 }),
    row: fc.constantFrom(28, 34),
    cuts: fc.array(fc.nat(4999), { maxLength: 4 }),
  })
  .map(({ total, row, cuts }) => {
    const before = [...new Set(cuts.filter((cut) => cut < total))].sort((a, b) => a - b)
    return { total, row, before, layout: layoutRows(total, row, before, 28) }
  })

describe('rows with group headers among them', () => {
  it('finds every row at its own top', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), ({ total, layout }, seed) => {
        const index = seed % total
        expect(layout.rowAt(layout.top(index))).toBe(index)
      }),
    )
  })
  it('never overlap and leave room for the headers only', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), ({ total, row, before, layout }, seed) => {
        const index = seed % total
        if (index === 0) return
        const gap = layout.top(index) - layout.top(index - 1) - row
        expect(gap).toBe(before.includes(index) ? 28 : 0)
      }),
    )
  })
  it('end where the height says', () => {
    fc.assert(fc.property(layouts, ({ total, row, layout }) => layout.top(total - 1) + row === layout.height))
  })
  it('clamps places before the first and after the last row', () => {
    const layout = layoutRows(10, 34, [0, 4], 28)
    expect(layout.rowAt(-50)).toBe(0)
    expect(layout.rowAt(99_999)).toBe(9)
  })
})
