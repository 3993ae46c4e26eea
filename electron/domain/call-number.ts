/**
 * Call numbers in the order one walks the shelves (Chinese Library Classification, 中图法).
 *
 * The class mark is letters, then digits read as a decimal fraction (I26 < I267 < I27); the point after every third digit
 * only separates. Its auxiliary signs sort before further digits in the order of the scheme. After the slash stands the
 * book number: a running number counts as a number (9 < 34 < 1034), letters before it sort first. What follows
 * (volume, copy, year) counts as a number too. Anything unreadable sorts last, as it stands.
 */

/** Order of the auxiliary signs of the scheme: nothing, a, -, (, ", =, <, +, : . */
const SIGNS = 'a-("=<+:'
const END = '\u0001'
const CLASS = /^([A-Z]{1,2})([\d.A-Za-z\-("=<+:)>'[\]]*)$/

function signKey(character: string): string {
  const place = SIGNS.indexOf(character)
  return place < 0 ? character : String.fromCharCode(2 + place)
}

/** Numbers of any length in numeric order as text: their length goes before them. */
function numberKey(digits: string): string {
  const plain = digits.replace(/^0+(?=\d)/, '')
  return String.fromCharCode(0x30 + Math.min(plain.length, 60)) + plain
}

function classKey(mark: string): string | null {
  const match = CLASS.exec(mark)
  if (!match) return null
  const rest = [...match[2]!.replace(/[.)>'\]]/g, '')].map(signKey).join('')
  return match[1]! + END + rest + END
}

/** A key to compare code unit by code unit; '' (no call number) sorts after everything. */
export function callNumberKey(callNumber: string): string {
  const folded = callNumber
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[\u2010-\u2015]/g, '-')
  if (folded === '') return '\uffff'
  const [mark, ...book] = folded.split('/')
  const key = classKey(mark!.replace(/^[a-z]+/, (letters) => letters.toUpperCase()))
  if (key === null) return `\uff00${folded}`
  const rest = book
    .join('/')
    .toUpperCase()
    .replace(/\d+/g, (digits) => numberKey(digits))
  return key + rest
}
