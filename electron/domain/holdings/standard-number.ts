/** ISBN and ISSN as catalogues and people write them: with hyphens, prices, "精装", full-width digits, old ten digits. */

/** Weighted checks of ISO 2108 and ISO 3297. */
function isbn10Holds(text: string): boolean {
  let sum = 0
  for (let i = 0; i < 10; i++) sum += (10 - i) * (text[i] === 'X' ? 10 : Number(text[i]))
  return sum % 11 === 0
}
function check13(twelve: string): string {
  let sum = 0
  for (let i = 0; i < 12; i++) sum += Number(twelve[i]) * (i % 2 === 0 ? 1 : 3)
  return String((10 - (sum % 10)) % 10)
}
function issnHolds(text: string): boolean {
  let sum = 0
  for (let i = 0; i < 8; i++) sum += (8 - i) * (text[i] === 'X' ? 10 : Number(text[i]))
  return sum % 11 === 0
}

const plain = (text: string) => text.normalize('NFKC').toUpperCase().replace(/[\u2010-\u2015\u2212]/g, '-') // prettier-ignore
const ISBN = /(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dX]/
const ISSN = /\d{4}-? ?\d{3}[\dX]/

/** The ISBN in a text as 13 digits; '' when there is none whose check digit holds. */
export function isbn13Of(text: string): string {
  const found = ISBN.exec(plain(text))
  if (!found) return ''
  const code = found[0].replace(/[- ]/g, '')
  if (code.length === 13) return check13(code.slice(0, 12)) === code[12] ? code : ''
  return code.length === 10 && isbn10Holds(code) ? `978${code.slice(0, 9)}${check13(`978${code.slice(0, 9)}`)}` : ''
}

/** The older form of an ISBN that begins with 978: catalogues hold what was printed. @returns '' where there is none */
export function isbn10Of(isbn13: string): string {
  if (!/^978\d{10}$/.test(isbn13)) return ''
  const nine = isbn13.slice(3, 12)
  let sum = 0
  for (let i = 0; i < 9; i++) sum += (10 - i) * Number(nine[i])
  const check = (11 - (sum % 11)) % 11
  return nine + (check === 10 ? 'X' : String(check))
}

/** The ISSN in a text as eight characters without the hyphen; '' when its check does not hold. */
export function issnOf(text: string): string {
  const found = ISSN.exec(plain(text))
  const code = found ? found[0].replace(/[- ]/g, '') : ''
  return code !== '' && issnHolds(code) ? code : ''
}
