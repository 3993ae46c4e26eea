/** Small pieces of PDF syntax (ISO 32000-1, 7.3). */

/** A number with at most four decimals, without exponent or trailing zeros. */
export function num(value: number): string {
  if (Number.isInteger(value)) return String(value)
  const text = value.toFixed(4).replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}

export const nums = (values: readonly number[]): string => values.map(num).join(' ')

export const ref = (object: number): string => `${object} 0 R`

/** A name object, with every byte outside the regular characters as #xx. */
export function name(text: string): string {
  let out = '/'
  for (const byte of Buffer.from(text, 'utf8')) {
    const regular = byte > 0x20 && byte < 0x7f && !'()<>[]{}/%#'.includes(String.fromCharCode(byte))
    out += regular ? String.fromCharCode(byte) : `#${byte.toString(16).padStart(2, '0')}`
  }
  return out
}

/** A text string: ASCII as a literal, everything else as UTF-16BE in hexadecimal. */
export function text(value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return `(${value.replace(/[\\()]/g, '\\$&')})`
  const utf16 = Buffer.from(`\ufeff${value}`, 'utf16le').swap16()
  return `<${utf16.toString('hex').toUpperCase()}>`
}

/** A date string from yyyy-mm-dd, at noon UTC, so that it is the same day in every library. */
export const date = (day: string): string => `(D:${day.replaceAll('-', '')}120000Z)`

/** The six numbers of a transformation [a b c d e f]. */
export type Matrix = readonly [number, number, number, number, number, number]

/** First `inner`, then `outer`, as in PDF: a point is a row vector. */
export function concatenate(inner: Matrix, outer: Matrix): Matrix {
  const [a, b, c, d, e, f] = inner
  const [A, B, C, D, E, F] = outer
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F]
}

export const cm = (matrix: Matrix): string => `${nums(matrix)} cm`
