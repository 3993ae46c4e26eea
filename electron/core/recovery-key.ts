/**
 * The database's key in a form a person can write down: Crockford's base 32 with a check, in groups of seven. What is
 * easily misread (O, I, L) is read as what was meant.
 */
import { createHash } from 'node:crypto'

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUP = 7
const CHECK_BYTES = 3

const checkOf = (key: Buffer) => createHash('sha256').update(key).digest().subarray(0, CHECK_BYTES)

/** @param key 64 hex digits */
export function recoveryKeyOf(key: string): string {
  const bytes = Buffer.from(key, 'hex')
  let bits = ''
  for (const byte of Buffer.concat([bytes, checkOf(bytes)])) bits += byte.toString(2).padStart(8, '0')
  const letters = bits
    .match(/.{5}/g)!
    .map((five) => LETTERS[Number.parseInt(five, 2)]!)
    .join('')
  return letters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-')
}

/** @returns 64 hex digits, null when it was mistyped */
export function keyOfRecovery(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  if (letters.length !== ((32 + CHECK_BYTES) * 8) / 5) return null
  let bits = ''
  for (const letter of letters) {
    const value = LETTERS.indexOf(letter)
    if (value < 0) return null
    bits += value.toString(2).padStart(5, '0')
  }
  const bytes = Buffer.from(bits.match(/.{8}/g)!.map((eight) => Number.parseInt(eight, 2)))
  const key = bytes.subarray(0, 32)
  return checkOf(key).equals(bytes.subarray(32)) ? key.toString('hex') : null
}
