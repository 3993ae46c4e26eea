/** How a page's content leaves the stack of graphics states. */
export interface Balance {
  /** How many states must be saved before it, so that none of its restores takes one of ours. */
  readonly saves: number
  /** How many must be restored after it to be back where we began. */
  readonly restores: number
}

export const BALANCED: Balance = { saves: 1, restores: 1 }

const REGULAR = new Uint8Array(256).fill(1)
for (const code of [0, 9, 10, 12, 13, 32]) REGULAR[code] = 0
for (const character of '()<>[]{}/%') REGULAR[character.charCodeAt(0)] = 0

const Q_SAVE = 0x71
const Q_RESTORE = 0x51

/**
 * Counts q and Q outside strings, comments and inline images. Files in the wild leave states open or restore too many,
 * and a stamp appended to such a page would be drawn shrunk, turned or outside of it.
 */
export function contentBalance(parts: readonly Uint8Array[]): Balance {
  let depth = 0
  let lowest = 0
  for (const bytes of parts)
    for (let at = 0; at < bytes.length;) {
      const byte = bytes[at]!
      if (byte === 0x28) at = afterString(bytes, at)
      else if (byte === 0x25) while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++
      else if (byte === 0x2f) {
        at++
        while (at < bytes.length && REGULAR[bytes[at]!]) at++
      } else if (!REGULAR[byte]) at++
      else {
        const start = at
        while (at < bytes.length && REGULAR[bytes[at]!]) at++
        const length = at - start
        if (length === 1 && byte === Q_SAVE) depth++
        else if (length === 1 && byte === Q_RESTORE) lowest = Math.min(lowest, --depth)
        else if (length === 2 && byte === 0x49 && bytes[start + 1] === 0x44) at = afterInlineImage(bytes, at)
      }
    }
  return { saves: 1 - lowest, restores: 1 - lowest + depth }
}

function afterString(bytes: Uint8Array, start: number): number {
  let level = 0
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === 0x5c) at++
    else if (byte === 0x28) level++
    else if (byte === 0x29 && --level === 0) return at + 1
  }
  return bytes.length
}

/** The place after the EI that ends an inline image's data: one with white space before and a delimiter after it. */
function afterInlineImage(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at + 2 < bytes.length; at++)
    if (bytes[at] === 0x45 && bytes[at + 1] === 0x49 && !REGULAR[bytes[at - 1]!] && !REGULAR[bytes[at + 2]!])
      return at + 2
  return bytes.length
}
