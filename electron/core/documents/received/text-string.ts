/** Where PDFDocEncoding differs from Latin-1 (ISO 32000-1, annex D.2). */
const DOC_ENCODING: Readonly<Record<number, string>> = Object.fromEntries(
  [...'˘ˇˆ˙˝˛˚˜']
    .map((character, i) => [0x18 + i, character])
    .concat(
      [...'•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž'].map((character, i) => [0x80 + i, character]),
      [[0xa0, '€']],
    ),
)

/** A text string as its characters: UTF-16 or UTF-8 by its mark, else PDFDocEncoding (ISO 32000-1, 7.9.2.2). */
export function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return buffer
      .subarray(2, buffer.length & ~1)
      .swap16()
      .toString('utf16le')
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return buffer.subarray(2).toString('utf16le')
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return buffer.subarray(3).toString('utf8')
  return Array.from(bytes, (byte) => DOC_ENCODING[byte] ?? String.fromCharCode(byte)).join('')
}
