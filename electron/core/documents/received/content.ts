/**
 * A page's content as far as the stamp after it is concerned: how it leaves the stack of graphics states, and whether
 * it would swallow what follows, as an unclosed string does.
 */
export interface Content {
  /** How many states must be saved before it, so that none of its restores takes one of ours. */
  readonly saves: number
  /** How many must be restored after it to be back where we began. */
  readonly restores: number
  /** It ends inside a text object. */
  readonly inText: boolean
  /** The content without what is no content; null where all of it is. */
  readonly cleaned: Uint8Array | null
}

export const UNREAD_CONTENT: Content = { saves: 1, restores: 1, inText: false, cleaned: null }

const REGULAR = new Uint8Array(256).fill(1)
for (const code of [0, 9, 10, 12, 13, 32]) REGULAR[code] = 0
for (const character of '()<>[]{}/%') REGULAR[character.charCodeAt(0)] = 0
const HEX = new Uint8Array(256)
for (const character of '0123456789abcdefABCDEF \t\r\n\f\0') HEX[character.charCodeAt(0)] = 1

const MAXIMUM_DEPTH = 64

/** Reads content token by token. Files in the wild leave states open, restore too many and break off anywhere. */
export function readContent(bytes: Uint8Array): Content {
  let depth = 0
  let lowest = 0
  let inText = false
  let kept: Uint8Array[] | null = null
  let from = 0
  const drop = (at: number, end: number): void => {
    kept ??= []
    kept.push(bytes.subarray(from, at), SPACE)
    from = end
  }
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!
    if (byte === 0x25 || !(REGULAR[byte] || isOpening(byte))) {
      const end = byte === 0x25 ? afterComment(bytes, at) : at + 1
      if (isStray(byte)) drop(at, end)
      at = end
      continue
    }
    const end = afterToken(bytes, at, 0)
    if (end < 0) {
      // What opened here never closes: only its first byte is given up, the rest may be content again.
      drop(at, at + 1)
      at++
      continue
    }
    const length = end - at
    if (REGULAR[byte] && !isPrintable(bytes, at, end)) drop(at, end)
    else if (length === 1 && byte === 0x71) depth++
    else if (length === 1 && byte === 0x51) lowest = Math.min(lowest, --depth)
    else if (length === 2 && bytes[at + 1] === 0x54 && (byte === 0x42 || byte === 0x45)) inText = byte === 0x42
    else if (length === 2 && byte === 0x49 && bytes[at + 1] === 0x44) {
      const image = afterInlineImage(bytes, end)
      if (image < 0) drop(at, bytes.length)
      at = image < 0 ? bytes.length : image
      continue
    }
    at = end
  }
  const cleaned = kept ? Buffer.concat([...(kept as Uint8Array[]), bytes.subarray(from)]) : null
  return { saves: 1 - lowest, restores: 1 - lowest + depth, inText, cleaned }
}

const SPACE = Uint8Array.of(32)
const isOpening = (byte: number): boolean => byte === 0x28 || byte === 0x3c || byte === 0x5b || byte === 0x2f
const isStray = (byte: number): boolean =>
  byte === 0x29 || byte === 0x3e || byte === 0x5d || byte === 0x7b || byte === 0x7d

/** The place after the token that begins here, or -1 where it has no proper end. */
function afterToken(bytes: Uint8Array, at: number, depth: number): number {
  const byte = bytes[at]
  if (byte === 0x28) return afterString(bytes, at)
  if (byte === 0x5b) return afterNested(bytes, at + 1, 0x5d, depth)
  if (byte === 0x3c) return bytes[at + 1] === 0x3c ? afterNested(bytes, at + 2, 0x3e, depth) : afterHex(bytes, at)
  let end = at + 1
  while (end < bytes.length && REGULAR[bytes[end]!]) end++
  return end
}

/** After the bracket that closes an array, or the two that close a dictionary. */
function afterNested(bytes: Uint8Array, start: number, close: number, depth: number): number {
  if (depth > MAXIMUM_DEPTH) return -1
  for (let at = start; at < bytes.length;) {
    const byte = bytes[at]!
    if (byte === close) {
      if (close === 0x5d) return at + 1
      return bytes[at + 1] === close ? at + 2 : -1
    }
    if (isStray(byte)) return -1
    if (byte === 0x25) at = afterComment(bytes, at)
    else if (REGULAR[byte] || isOpening(byte)) {
      const end = afterToken(bytes, at, depth + 1)
      if (end < 0) return -1
      at = end
    } else at++
  }
  return -1
}

function afterString(bytes: Uint8Array, start: number): number {
  let level = 0
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === 0x5c) at++
    else if (byte === 0x28) level++
    else if (byte === 0x29 && --level === 0) return at + 1
  }
  return -1
}

function afterHex(bytes: Uint8Array, start: number): number {
  let at = start + 1
  while (at < bytes.length && HEX[bytes[at]!]) at++
  return bytes[at] === 0x3e ? at + 1 : -1
}

function afterComment(bytes: Uint8Array, start: number): number {
  let at = start
  while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++
  return at
}

/** After the EI that ends an inline image's data: one with white space before and a delimiter after it. */
function afterInlineImage(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at + 1 < bytes.length; at++)
    if (
      bytes[at] === 0x45 &&
      bytes[at + 1] === 0x49 &&
      !REGULAR[bytes[at - 1]!] &&
      (at + 2 === bytes.length || !REGULAR[bytes[at + 2]!])
    )
      return at + 2
  return -1
}

function isPrintable(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! < 33 || bytes[at]! > 126) return false
  return true
}
