/** Urgency, due dates, clocks, page ranges, search text and shelf order. */
import fc from 'fast-check'
import { Converter } from 'opencc-js/t2cn'
import { describe, expect, test } from 'vitest'
import { pinyinOrder } from '../../../build/tasks/support/pinyin-order.mjs'
import { callNumberKey } from '../../../electron/domain/call-number.ts'
import { ClockOffset } from '../../../electron/domain/clock-offset.ts'
import { dueDate } from '../../../electron/domain/due-date.ts'
import { checkPages, countPages, parsePages } from '../../../electron/domain/page-ranges.ts'
import { normalise, searchQuery, writeWords } from '../../../electron/domain/search-text.ts'
import { Utf8Text } from '../../../electron/domain/utf8-text.ts'
import { initials, mayBeInitials, writeInitials } from '../../../electron/domain/pinyin.ts'
import { PINYIN_PLACES } from '../../../electron/domain/pinyin-order.ts'
import { nearest, slips } from '../../../electron/domain/typo.ts'
import { titleKey } from '../../../electron/domain/sort-keys.ts'
import { NOTHING_OWED, urgencyOf } from '../../../electron/domain/urgency.ts'

/** Beijing wall time as ms UTC. */
const beijing = (text: string) => Date.parse(`${text}:00+08:00`)

describe('urgency', () => {
  const due = beijing('2026-03-17T00:00')
  test.each([
    ['2026-03-15T10:00', 'safe'],
    ['2026-03-16T00:00', 'today'],
    ['2026-03-16T23:59', 'today'],
    ['2026-03-17T00:00', 'late'],
  ])('at %s it is %s', (now, urgency) => expect(urgencyOf(due, beijing(now))).toBe(urgency))
  test('nothing owed is done', () => expect(urgencyOf(NOTHING_OWED, 0)).toBe('done'))
})

test('a loan is 30 days, the way there not counted', () => {
  expect(dueDate(beijing('2026-03-11T10:00'), 2)).toBe(beijing('2026-04-12T10:00'))
})

describe('clock offset', () => {
  test('is the median of the last nine samples and ignores slow replies', () => {
    const clock = new ClockOffset()
    expect(clock.ms).toBeNull()
    clock.add(0, 5000, 999_999)
    expect(clock.ms).toBeNull()
    for (const offset of [1, 2, 3, 4, 5, 6, 7, 8, 9, 900_000]) clock.add(1000, 1100, 1050 + offset)
    expect(clock.ms).toBe(6)
  })
  test('one wild sample among nine moves it by no more than its neighbours', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (wild) => {
        const clock = new ClockOffset()
        for (let i = 0; i < 8; i++) clock.add(1000, 1010, 1005 + 60)
        clock.add(1000, 1010, 1005 + wild)
        expect(clock.ms).toBe(60)
      }),
    )
  })
  test('two samples in a row that agree on another time are a clock that was set: the old ones are forgotten', () => {
    const day = 86_400_000
    const clock = new ClockOffset()
    for (let i = 0; i < 9; i++) clock.add(1000, 1010, 1005)
    clock.add(1000 + day, 1010 + day, 1005)
    expect(clock.ms).toBe(0)
    clock.add(1020 + day, 1030 + day, 1025)
    expect(clock.ms).toBe(-day)
    clock.add(1000, 1010, 1005)
    clock.add(1020, 1030, 1025)
    expect(clock.ms).toBe(0)
  })
})

describe('pages asked for', () => {
  test.each([
    ['123-131, 140', 10],
    ['第５－９页', 5],
    ['pp. 123–31', 9],
    ['1-3、2-5；9', 6],
    ['12 14 16', 3],
    ['7', 1],
  ])('%s is %i pages', (text, pages) => expect(countPages(parsePages(text)!)).toBe(pages))
  test.each(['', '全文', 'iv-xii', '5-3', '1-99999', 'see p. x'])('%j cannot be counted', (text) =>
    expect(parsePages(text)).toBeNull(),
  )
  test('names what is missing and what is too much', () => {
    expect(checkPages('123-131', 8)).toEqual({ asked: 9, present: 8, verdict: 'missing' })
    expect(checkPages('123-131', 9).verdict).toBe('complete')
    expect(checkPages('123-131', 10).verdict).toBe('surplus')
    expect(checkPages('全文', 10)).toEqual({ asked: null, present: 10, verdict: 'unknown' })
  })
  test('counts like a set does', () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 400 }), fc.nat(40))
      .map(([from, more]) => ({ from, to: from + more }))
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 8 }), (ranges) => {
        const set = new Set<number>()
        for (const { from, to } of ranges) for (let page = from; page <= to; page++) set.add(page)
        expect(countPages(ranges)).toBe(set.size)
        expect(parsePages(ranges.map(({ from, to }) => `${from}-${to}`).join(', '))).toEqual(ranges)
      }),
    )
  })
})

/** What a writer of words writes. */
function written(write: (out: Utf8Text) => void): string {
  // No room at first: what is not made room for would be missing.
  const out = new Utf8Text(0)
  write(out)
  return out.toString()
}
const indexText = (...texts: string[]) => written((out) => writeWords(texts, out))
const initialWords = (texts: string[]) => written((out) => writeInitials(texts, out))

describe('search text', () => {
  test('width, case, traditional forms and hyphens fold away', () => {
    expect(normalise('ＨＧ００００３９０２')).toBe('hg00003902')
    expect(normalise('圖書館學')).toBe('图书馆学')
    expect(normalise('978-7-5327-7245-9')).toBe('9787532772459')
    expect(normalise('ISSN 1002-187X')).toBe('issn 1002187x')
  })
  test('each character folds as OpenCC has it', () => {
    const toSimplified = Converter({ from: 't', to: 'cn' })
    const han = Array.from({ length: 0x9fff - 0x4e00 + 1 }, (_, i) => String.fromCharCode(0x4e00 + i))
    expect(han.map(normalise)).toEqual(toSimplified(han.join('\n')).split('\n'))
  })
  test('Han runs become pairs with the last character alone', () => {
    expect(indexText('文化苦旅 (修订本)')).toBe('文化 化苦 苦旅 旅 修订 订本 本')
    expect(indexText('HG00003902')).toBe('hg00003902 ˋ3902')
    expect(indexText('XML应用', '第2版')).toBe('xml 应用 用 第 ˋ2 版')
    expect(indexText('978-7-5325-0001-9 3d vol12a5')).toBe('ˋ9787 9787532500019 ˋ3 3d vol12a5')
  })
  test('the way by table and the careful way give the same words', () => {
    const unit = fc.constantFrom(...'aZ09x 文化圖書〇々〆 ，《》：ＨＧ３（）-—·…éßµ²½①ﬁ', '\ud842\udfb7', '\u0301')
    // The letter at the end is in no table: a text with it is always read the careful way.
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(`${indexText(text)} ꙮ`.trim()).toBe(indexText(`${text} ꙮ`))
      }),
      { numRuns: 2000 },
    )
  })
  test('words are whole UTF-8 whatever is in the text, and half a pair parts them', () => {
    // Bytes that are no UTF-8 would be read back as the replacement character.
    const unit = fc.constantFrom(...'a9ß߿ࠀ文ꙮ𝐱𐐷 -', '9a')
    fc.assert(
      fc.property(fc.array(fc.string({ unit, maxLength: 40 })), (texts) => {
        const words = indexText(...texts)
        expect(words).not.toContain('\ufffd')
        expect(words).toBe(words.trim().replace(/ +/g, ' '))
        for (const text of texts)
          for (const run of normalise(text).match(/[\p{L}\p{N}]+/gu) ?? [])
            if (!/\p{Script=Han}/u.test(run)) expect(` ${words} `).toMatch(new RegExp(` ˋ?${run} `, 'u'))
      }),
    )
    expect(indexText('ab\ud842cd \udfb7文')).toBe('ab cd 文')
    const text = new Utf8Text(0)
    const word = 'aß文𝐱𐐷z'
    text.word(
      Uint16Array.from({ length: word.length }, (_, i) => word.charCodeAt(i)),
      0,
      word.length,
      0,
    )
    expect(text.toString()).toBe(word)
  })
  test('an ISSN is one number, with its hyphen and without', () => {
    expect(indexText('1002-187X')).toBe('ˋ1002 1002187x')
    expect(indexText('0454-1367')).toBe(indexText('04541367'))
    expect(indexText('1002-187X 1002-187x')).toBe('ˋ1002 1002187x ˋ1002 1002187x')
  })
  test('a query asks for all pairs, beginnings of words, and pairs beginning with one character', () => {
    expect(searchQuery('苦旅')).toBe('"苦旅"')
    expect(searchQuery('文化苦')).toBe('"文化" AND "化苦"')
    expect(searchQuery('旅')).toBe('"旅"*')
    expect(searchQuery('Cultural 苦旅')).toBe('"cultural"* AND "苦旅"')
    expect(searchQuery('978')).toBe('"ˋ978"*')
    expect(searchQuery('9787')).toBe('"ˋ9787"')
    expect(searchQuery('97875')).toBe('"97875"*')
    expect(searchQuery('3d')).toBe('"3d"*')
    expect(searchQuery('whkl')).toBe('("whkl"* OR "ˊwhkl"*)')
    expect(searchQuery(' 《》"*() ')).toBeNull()
  })
  test('titles have the initials of their runs, with both readings of a character that has two', () => {
    expect(initialWords(['文化苦旅 (修订本)'])).toBe(' ˊwhkl ˊxdb')
    expect(initialWords(['重庆'])).toBe(' ˊzq ˊcq')
    expect(initialWords(['数字金融的发展'])).toBe(' ˊszjrdfz ˊszjr ˊfz')
    expect(initialWords(['啊八才大而发高好就看来买你哦怕去人三他万下要再'])).toContain('abcdefghjklmno')
    expect(['怕去人三他万下要再', '安本草地二分国黄'].map((run) => initials(run)[0])).toEqual(['pqrstwxyz', 'abcdefgh'])
    expect(initialWords(['XML', ''])).toBe('')
    for (const word of ['zl', 'wh']) expect(mayBeInitials(word)).toBe(true)
    for (const word of ['w', 'multi', 'hg01']) expect(mayBeInitials(word)).toBe(false)
  })
  test('one slip of the finger is forgiven, two in a long word', () => {
    const words = ['journal', 'journey', 'chemistry', 'chemical'].map((word) => ({ word, count: 1 }))
    expect(nearest('jornal', words)).toBe('journal')
    expect(nearest('juornal', words)).toBe('journal')
    expect(nearest('chemsitrry', words)).toBe('chemistry')
    expect(nearest('abcdef', words)).toBeUndefined()
    expect(slips('kitten', 'sitting', 5)).toBe(3)
  })
  test('whatever is typed, the query is well formed: only quoted words, stars, AND, and OR in brackets', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const query = searchQuery(text)
        if (query !== null)
          expect(query).toMatch(
            /^(?:"[\p{L}\p{N}\p{Script=Han}]+"\*?|\("[\p{L}\p{N}]+"\* OR "[\p{L}\p{N}]+"\*\))(?: AND (?:"[\p{L}\p{N}\p{Script=Han}]+"\*?|\("[\p{L}\p{N}]+"\* OR "[\p{L}\p{N}]+"\*\)))*$/u,
          )
      }),
    )
  })
})

describe('order', () => {
  test('titles sort by pinyin, then letters', () => {
    const titles = ['万历十五年', '《红楼梦》', '边城', 'Zero', 'algebra', '文化苦旅']
    const sorted = [...titles].sort((a, b) => (titleKey(a) < titleKey(b) ? -1 : 1))
    expect(sorted).toEqual(['algebra', 'Zero', '边城', '《红楼梦》', '万历十五年', '文化苦旅'])
  })
  test('the places of the characters are those that `npm run pinyin` makes', () => {
    expect(PINYIN_PLACES === pinyinOrder()).toBe(true)
  })
  test('call numbers sort as the shelves stand', () => {
    const shelf = [
      'H1/9',
      'I26/7',
      'I267/9',
      'I267/34',
      'I267/1034',
      'I267/1034:2',
      'I267/1034:10',
      'I267-61/2',
      'I267.1/3',
      'I27/1',
      'K248.307/4',
      'TP3/1',
      'TP311.13/20',
      'TP312C/5',
      '',
    ]
    const key = new Map(shelf.map((mark) => [mark, callNumberKey(mark)]))
    const shuffled = [...shelf].reverse()
    expect(shuffled.sort((a, b) => (key.get(a)! < key.get(b)! ? -1 : 1))).toEqual(shelf)
  })
})
