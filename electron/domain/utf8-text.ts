/**
 * Words under construction, as UTF-8. Those of a hundred thousand rows are written one character at a time: as strings
 * they would be joined, flattened and encoded, which takes three times as long.
 */
const encoder = new TextEncoder()
const decoder = new TextDecoder()
/** UTF-8 takes no more for a unit of UTF-16. */
const MOST_BYTES_A_UNIT = 3
export const BLANK = 0x20

export class Utf8Text {
  private bytes: Uint8Array<ArrayBuffer>
  /** Bytes written; may be set back to drop what came after. */
  length = 0

  constructor(room = 4096) {
    this.bytes = new Uint8Array(room)
  }

  /** Makes room for so many more UTF-16 units. */
  reserve(units: number): void {
    const wanted = this.length + units * MOST_BYTES_A_UNIT
    if (wanted <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(wanted, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }

  /** One UTF-16 unit that is no half of a pair. Room for it must have been made. */
  unit(code: number): void {
    const { bytes } = this
    if (code < 0x80) bytes[this.length++] = code
    else {
      if (code < 0x800) bytes[this.length++] = 0xc0 | (code >> 6)
      else {
        bytes[this.length++] = 0xe0 | (code >> 12)
        bytes[this.length++] = 0x80 | ((code >> 6) & 0x3f)
      }
      bytes[this.length++] = 0x80 | (code & 0x3f)
    }
  }

  /** A word of whole characters (no half of a pair alone), with a mark before it where there is one, and a space where anything stands after `begin`. */
  word(units: Uint16Array, from: number, end: number, begin: number, mark = 0): void {
    this.reserve(end - from + 2)
    if (this.length > begin) this.unit(BLANK)
    if (mark !== 0) this.unit(mark)
    for (let i = from; i < end; i++) {
      const code = units[i]!
      if (code < 0xd800 || code > 0xdfff) this.unit(code)
      else this.text(String.fromCharCode(code, units[++i]!))
    }
  }

  /** Any text. */
  text(text: string): void {
    this.reserve(text.length)
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written
  }

  /** A copy of what was written. */
  copy(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length)
  }

  toString(): string {
    return decoder.decode(this.bytes.subarray(0, this.length))
  }
}
