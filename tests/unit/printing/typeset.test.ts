import { beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { slipFont, type SlipFont } from '../../../electron/core/printing/templates/font.ts'
import { cutEnd, maskName, plainText, widthOf, wrap } from '../../../electron/core/printing/templates/typeset.ts'

let font: SlipFont
beforeAll(async () => {
  font = await slipFont()
})

const words = fc
  .array(
    fc.constantFrom('文化', '苦旅', '（修订本）', '，', '。', 'the', 'Proceedings', '2019', '(3)', '“引文”', ' '),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''))

describe('wrapping', () => {
  it('keeps every character and never runs over the width', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 120 }), (text, width) => {
        const lines = wrap(font, text, 10, width)
        expect(lines.join('').replaceAll(' ', '')).toBe(plainText(text).replaceAll(' ', ''))
        // A sign that may not begin a line clings to what is before it, so nothing else may run over.
        for (const line of lines) expect(widthOf(font, line, 10)).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('never begins a line with a closing sign nor ends one with an opening sign', () => {
    const text = '一二三四五六七，八九十（甲乙）丙丁。“戊己”庚辛'.repeat(4)
    for (let width = 14; width < 60; width++) {
      for (const line of wrap(font, text, 10, width)) {
        expect(line).not.toMatch(/^[，。）”]/)
        expect(line).not.toMatch(/[（“]$/)
      }
    }
  })

  it('breaks English between words and only breaks a word that is wider than the line', () => {
    expect(wrap(font, 'Applications and Experience', 10, 26)).toEqual(['Applications', 'and Experience'])
    expect(wrap(font, 'TP391.41-532/ICVLT:37(2)/2019', 10, 20).length).toBeGreaterThan(1)
  })

  it('marks what was left out', () => {
    const [first, second, ...rest] = wrap(font, 'one two three four five six', 10, 20, 2)
    expect(rest).toEqual([])
    expect(first).not.toContain('…')
    expect(second).toMatch(/…$/)
    expect(cutEnd(font, '短', 10, 50)).toBe('短')
  })
})

describe('names on paper that leaves the library', () => {
  it('show one character a word', () => {
    expect(maskName('张三丰')).toBe('张**')
    expect(maskName('Anna Berg')).toBe('A*** B***')
    expect(maskName('')).toBe('')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        for (const word of maskName(name).split(' ')) expect([...word].slice(1).join('')).toMatch(/^\**$/)
      }),
    )
  })
})
