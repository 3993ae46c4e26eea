/** How a page's content leaves the stacks of graphics states and of marks. */
export interface Content {
  /** States that it restores without having saved them. */
  readonly missing: number
  /** States that it leaves open, counted from the lowest. */
  readonly open: number
  /** Marked contents that it leaves open: what follows would be hidden or have another text with them. */
  readonly marks: number
  /** It ends inside a text object. */
  readonly inText: boolean
}

const REGULAR = new Uint8Array(256).fill(1)
for (const code of [0, 9, 10, 12, 13, 32]) REGULAR[code] = 0
for (const character of '()<>[]{}/%') REGULAR[character.charCodeAt(0)] = 0

export const isRegular = (byte: number): boolean => REGULAR[byte] === 1

/**
 * Reads content token by token. Files in the wild leave states open and restore too many; most viewers keep that
 * inside a form, some do not. What is no token at all is passed over: the form keeps it from the stamp.
 */
export function readContent(bytes: Uint8Array): Content {
  let depth = 0
  let lowest = 0
  let marks = 0
  let inText = false
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!
    if (byte === 0x25) at = afterComment(bytes, at)
    else if (byte === 0x28) at = afterString(bytes, at)
    else if (byte === 0x2f || REGULAR[byte]) {
      let end = at + 1
      while (end < bytes.length && REGULAR[bytes[end]!]) end++
      const length = end - at
      if (length === 1 && byte === 0x71) depth++
      else if (length === 1 && byte === 0x51) lowest = Math.min(lowest, --depth)
      else if (length === 2 && bytes[at + 1] === 0x54 && (byte === 0x42 || byte === 0x45)) inText = byte === 0x42
      else if (length === 3 && byte === 0x42 && bytes[at + 2] === 0x43)
        marks++ // BMC, BDC
      else if (length === 3 && byte === 0x45 && bytes[at + 1] === 0x4d)
        marks = Math.max(0, marks - 1) // EMC
      else if (length === 2 && byte === 0x49 && bytes[at + 1] === 0x44) end = afterInlineImage(bytes, end)
      at = end
    } else at++
  }
  return { missing: Math.abs(lowest), open: depth - lowest, marks, inText }
}

/** The content with every state restored that it saves, saved that it restores, and every mark closed; itself where it is so. */
export function inBalance(bytes: Uint8Array): Uint8Array {
  const { missing, open, marks, inText } = readContent(bytes)
  if (missing === 0 && open === 0 && marks === 0) return bytes
  const before = 'q '.repeat(missing)
  const after = `${inText ? 'ET ' : ''}${'EMC '.repeat(marks)}${'Q '.repeat(open)}`
  return Buffer.concat([Buffer.from(before, 'latin1'), bytes, Buffer.from(after, 'latin1')])
}

/** After the bracket that closes a string; one that never closes takes all the rest with it, as in every viewer. */
export function afterString(bytes: Uint8Array, start: number): number {
  let level = 0
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === 0x5c) at++
    else if (byte === 0x28) level++
    else if (byte === 0x29 && --level === 0) return at + 1
  }
  return bytes.length
}

export function afterComment(bytes: Uint8Array, start: number): number {
  let at = start
  while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++
  return at
}

/** After the EI that ends an inline image's data: one with white space before and a delimiter after it. */
export function afterInlineImage(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at + 1 < bytes.length; at++)
    if (
      bytes[at] === 0x45 &&
      bytes[at + 1] === 0x49 &&
      !REGULAR[bytes[at - 1]!] &&
      (at + 2 === bytes.length || !REGULAR[bytes[at + 2]!])
    )
      return at + 2
  return bytes.length
}
