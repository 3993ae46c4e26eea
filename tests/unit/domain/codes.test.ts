import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  bagCode,
  checkCharacter,
  foldScan,
  manifestCode,
  paperCode,
  parseScan,
  pickupCode,
} from '../../../electron/domain/codes.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const requestNumber = fc
  .tuple(fc.integer({ min: 0, max: 675 }), fc.integer({ min: 0, max: 99_999_999 }))
  .map(([l, n]) => `${ALPHABET[10 + Math.floor(l / 26)]}${ALPHABET[10 + (l % 26)]}${String(n).padStart(8, '0')}`)

describe('the check character', () => {
  it('agrees with the published example of blood donation numbers, which use the same system', () => {
    expect(checkCharacter('G123498654321')).toBe('H')
  })

  it('keeps the congruence that defines the system, computed from the right with powers of two', () => {
    for (const id of ['G123498654321', 'HG00003902', 'A', 'ZX0000434894']) {
      const weighted = [...id].reverse().reduce((sum, c, i) => sum + ALPHABET.indexOf(c) * 2 ** (i + 1), 0)
      expect((weighted + `${ALPHABET}*`.indexOf(checkCharacter(id))) % 37).toBe(1)
    }
  })

  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(requestNumber, fc.nat(9), fc.nat(35), (id, at, to) => {
        const wrong = id.slice(0, at) + ALPHABET[to] + id.slice(at + 1)
        fc.pre(wrong !== id)
        expect(checkCharacter(wrong)).not.toBe(checkCharacter(id))
      }),
    )
  })

  it('finds every swap of two neighbours', () => {
    fc.assert(
      fc.property(requestNumber, fc.nat(8), (id, at) => {
        const wrong = id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2)
        fc.pre(wrong !== id)
        expect(checkCharacter(wrong)).not.toBe(checkCharacter(id))
      }),
    )
  })

  it('does not mind case or hyphens', () => {
    expect(checkCharacter('b-ruc-d1-12')).toBe(checkCharacter('BRUCD112'))
  })
})

describe('a printed code read back', () => {
  it('gives the request it was printed for', () => {
    fc.assert(
      fc.property(requestNumber, (id) => {
        expect(parseScan(paperCode(id))).toMatchObject({ kind: 'request', id, checked: true })
      }),
    )
  })

  it('gives the same bag, manifest and pick-up code, with or without our frame', () => {
    const bag = bagCode('ruc', 'd1', 42)
    expect(bag).toBe('B-RUC-D1-42')
    expect(parseScan(bag)).toMatchObject({ kind: 'bag', library: 'RUC', desk: 'D1', n: 42, checked: false })
    expect(parseScan(paperCode(bag))).toMatchObject({ kind: 'bag', id: bag, checked: true })
    const run = manifestCode('RUC', 'D1', 2026, 312)
    expect(parseScan(paperCode(run))).toMatchObject({ kind: 'manifest', id: run, year: 2026, n: 312 })
    const pickup = pickupCode(1234)
    expect(pickup).toBe('P-00001234')
    expect(parseScan(paperCode(pickup))).toMatchObject({ kind: 'pickup', id: pickup })
  })

  it('is refused as damaged when one character was misread, and never opens another request', () => {
    fc.assert(
      fc.property(requestNumber, fc.nat(9), fc.nat(35), (id, at, to) => {
        const wrong = id.slice(0, at) + ALPHABET[to] + id.slice(at + 1)
        fc.pre(wrong !== id)
        expect(parseScan(paperCode(id).replace(id, wrong)).kind).toBe('damaged')
      }),
    )
  })

  it('is refused as damaged when it was cut off', () => {
    const code = paperCode('HG00003902')
    for (let length = 'BD1:'.length; length < code.length; length++) {
      expect(parseScan(code.slice(0, length)).kind).toBe('damaged')
    }
  })
})

describe('scanner and keyboard habits', () => {
  it('folds full-width letters, digits, colons and dashes of an input method', () => {
    expect(foldScan('ＨＧ０００３９０２')).toBe('HG0003902')
    const wide = [...paperCode('HG00003902')].map((c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0)).join('')
    expect(parseScan(wide)).toMatchObject({ kind: 'request', id: 'HG00003902', checked: true })
    expect(parseScan('Ｂ－ＲＵＣ－Ｄ１－７')).toMatchObject({ kind: 'bag', n: 7 })
  })

  it('drops blanks, line ends and the start and end signs some scanners send', () => {
    expect(parseScan('\u0002 hg00003902\r\n\u0003')).toMatchObject({ kind: 'request', id: 'HG00003902' })
  })

  it('never throws and always names a kind', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => Boolean(parseScan(text).kind)))
  })
})

describe('other codes on a desk', () => {
  it('tells request number, centre number, ISBN, ISSN and item barcode apart', () => {
    expect(parseScan('HG00003902')).toMatchObject({ kind: 'request', checked: false })
    expect(parseScan('zx0000434894')).toMatchObject({ kind: 'centreNumber', id: 'zx0000434894' })
    expect(parseScan('978-0-306-40615-7')).toMatchObject({ kind: 'isbn', isbn13: '9780306406157' })
    expect(parseScan('9780306406158').kind).toBe('item')
    expect(parseScan('0306406152').kind).toBe('item')
    expect(parseScan('0-306-40615-2')).toMatchObject({ kind: 'isbn', isbn13: '9780306406157' })
    expect(parseScan('0306-4062').kind).toBe('item')
    expect(parseScan('0378-5955')).toMatchObject({ kind: 'issn', issn: '0378-5955' })
    expect(parseScan('01234567')).toMatchObject({ kind: 'item', barcode: '01234567' })
    expect(parseScan('文化苦旅').kind).toBe('unknown')
    expect(parseScan('').kind).toBe('unknown')
  })
})

describe('making codes', () => {
  it('refuses what could not be read back', () => {
    expect(() => bagCode('', 'D1', 1)).toThrow(RangeError)
    expect(() => bagCode('RUC', 'D-1', 1)).toThrow(RangeError)
    expect(() => bagCode('RUC', 'D1', 1.5)).toThrow(RangeError)
    expect(() => manifestCode('RUC', 'D1', 26, 1)).toThrow(RangeError)
    expect(() => pickupCode(100_000_000)).toThrow(RangeError)
    expect(() => paperCode('文化')).toThrow(RangeError)
  })
})
