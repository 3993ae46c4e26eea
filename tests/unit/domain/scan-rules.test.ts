import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeCount, routeSheet, type Segment, type SlipReading } from '../../../electron/domain/batch-router.ts'
import { folioIn } from '../../../electron/domain/folio-text.ts'
import { checkFolios } from '../../../electron/domain/folios.ts'

describe('whose a sheet of a stack is', () => {
  test('a page is with the request of the last slip before it, or with nobody', () => {
    const reading: fc.Arbitrary<SlipReading> = fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      fc.constantFrom<SlipReading>({ id: 'A' }, { id: 'B' }, { id: 'foreign' }, 'unsure'),
    )
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 60 }), (stack) => {
        const segments: Segment[] = []
        let current: Segment | null = null
        let truth = ''
        for (const sheet of stack) {
          const { segment, isSlip } = routeSheet(segments, current, sheet, (id) => id !== 'foreign')
          if (!segments.includes(segment) && !segments.some(({ n }) => n === segment.n)) segments.push(segment)
          current = segment
          if (sheet === 'unsure') truth = ''
          else if (sheet) truth = sheet.id === 'foreign' ? '' : sheet.id
          expect(segment.slip === 'request' ? segment.slipId : '').toBe(truth)
          expect(isSlip).toBe(sheet !== null && sheet !== 'unsure')
        }
      }),
    )
  })

  test('a count far above what was asked for is a missed slip; a page more is only one too many', () => {
    expect([14, 13, 15, 17, 40].map((pages) => judgeCount(14, pages))).toEqual([
      'complete',
      'missing',
      'surplus',
      'surplus',
      'many',
    ])
    expect(judgeCount(null, 3)).toBe('unknown')
    expect(judgeCount(2, 5)).toBe('many')
  })
})

describe('printed page numbers', () => {
  test('pages that lie out of order are named, fewest first, in the order that was asked for', () => {
    const misplaced = (asked: string, folios: (number | null)[]) => checkFolios(asked, folios).misplaced
    expect(misplaced('1-5', [1, 5, 2, 3, 4])).toEqual([5])
    expect(misplaced('1-5', [1, 2, 4, null, 3, 5])).toHaveLength(1)
    expect(misplaced('1-4', [4, 3, 2, 1])).toHaveLength(3)
    expect(misplaced('45-47,12-13', [45, 46, 47, 12, 13])).toEqual([])
    expect(misplaced('45-47,12-13', [12, 13, 45, 46, 47])).toEqual([12, 13])
    expect(misplaced('1-3', [1, 2, 2, 3])).toEqual([])
  })

  test('missing and double pages are named by their numbers; a plate without one is counted on', () => {
    expect(checkFolios('123-127', [123, 124, 126, 127])).toEqual({
      byFolio: true,
      missing: [125],
      double: [],
      misplaced: [],
    })
    expect(checkFolios('123-126', [123, 124, 124, 125, 126])).toEqual({
      byFolio: true,
      missing: [],
      double: [124],
      misplaced: [],
    })
    expect(checkFolios('12-15', [12, null, 14, 15])).toEqual({ byFolio: true, missing: [], double: [], misplaced: [] })
  })

  test('too few numbers, numbers of another book and requests without pages claim nothing', () => {
    for (const folios of [[null, null, 125], [1, 2, 3], []]) expect(checkFolios('123-127', folios).byFolio).toBe(false)
    expect(checkFolios('全文', [1, 2]).byFolio).toBe(false)
  })

  test.each([
    ['131', 131],
    ['·12·', 12],
    ['«15»', 15],
    ['—70一', 70],
    ['[53]', 53],
    ['〔8〕', 8],
    ['第8页', 8],
    ['第1838頁', 1838],
    ['Page12', 12],
    ['p.7', 7],
    ['六一四', 614],
    ['一〇二', 102],
    ['第一百二十三页', 123],
    ['二十', 20],
  ])('%s is page %i', (text, folio) => {
    expect(folioIn(text)).toBe(folio)
  })

  test.each(['xiv', 'II', 'Vol.12', '第12期', '2019年', '3月', '10.13266/j', '12345', '0', '—', '一', 'Sl2', ''])(
    '%s is no page number',
    (text) => {
      expect(folioIn(text)).toBeNull()
    },
  )
})
