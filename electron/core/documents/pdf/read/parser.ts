import { PdfName, PdfRef, PdfString, type PdfArray, type PdfDict, type PdfValue } from './values.ts'

/** Thrown where bytes are no PDF syntax; callers turn to repair or leave the object out. */
export class PdfSyntaxError extends Error {
  override readonly name = 'PdfSyntaxError'
}

/** Deeper nesting than any real file has; more would only exhaust the stack. */
const MAXIMUM_DEPTH = 200

const WHITE = 1
const DELIMITER = 2
const classes = new Uint8Array(256)
for (const code of [0, 9, 10, 12, 13, 32]) classes[code] = WHITE
for (const character of '()<>[]{}/%') classes[character.charCodeAt(0)] = DELIMITER
const isRegular = (byte: number | undefined): boolean => byte !== undefined && classes[byte] === 0

export const isWhite = (byte: number | undefined): boolean => byte !== undefined && classes[byte] === WHITE
export const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57

/** Reads PDF values from bytes. Tolerant where files in the wild are careless, and sure to end. */
export class PdfParser {
  readonly bytes: Buffer
  at: number
  readonly #end: number
  readonly #lenient: boolean
  #depth = 0

  /** A `lenient` parser gives what it has of an array or dictionary that breaks off. */
  constructor(bytes: Buffer, at = 0, end = bytes.length, lenient = false) {
    this.bytes = bytes
    this.at = at
    this.#end = end
    this.#lenient = lenient
  }

  skipWhite(): void {
    while (this.at < this.#end) {
      const byte = this.bytes[this.at]!
      if (classes[byte] === WHITE) this.at++
      else if (byte === 0x25) {
        while (this.at < this.#end && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at++
      } else return
    }
  }

  /** True and past it where the keyword stands here. */
  keyword(word: string): boolean {
    this.skipWhite()
    const end = this.at + word.length
    if (end > this.#end || this.bytes.toString('latin1', this.at, end) !== word) return false
    this.at = end
    return true
  }

  /** A non-negative integer, or null without moving. */
  integer(): number | null {
    this.skipWhite()
    let end = this.at
    while (end < this.#end && isDigit(this.bytes[end])) end++
    if (end === this.at || end - this.at > 15) return null
    const value = Number(this.bytes.toString('latin1', this.at, end))
    this.at = end
    return value
  }

  value(): PdfValue {
    this.skipWhite()
    const byte = this.bytes[this.at]
    if (byte === undefined || this.at >= this.#end) throw new PdfSyntaxError('unexpected end')
    switch (byte) {
      case 0x2f:
        return this.#name()
      case 0x28:
        return this.#literalString()
      case 0x5b:
        return this.#nested((array) => this.#array(array), [])
      case 0x3c:
        return this.bytes[this.at + 1] === 0x3c ? this.dict() : this.#hexString()
    }
    if (isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e) return this.#numberOrRef()
    return this.#word()
  }

  dict(): PdfDict {
    return this.#nested((dict) => this.#dict(dict), new Map())
  }

  #dict(dict: PdfDict): void {
    this.at += 2
    for (;;) {
      this.skipWhite()
      const byte = this.bytes[this.at]
      if (byte === undefined || this.at >= this.#end) throw new PdfSyntaxError('unclosed dictionary')
      if (byte === 0x3e) {
        this.at += this.bytes[this.at + 1] === 0x3e ? 2 : 1
        return
      }
      if (byte !== 0x2f) {
        // Something that is no key: a stray value is passed over, as every viewer does.
        if (this.bytes.toString('latin1', this.at, this.at + 6) === 'endobj') return
        this.value()
        continue
      }
      const key = this.#name().text
      this.skipWhite()
      // A key without a value at the end of the dictionary.
      if (this.bytes[this.at] === 0x3e && this.bytes[this.at + 1] === 0x3e) continue
      const value = this.value()
      if (value !== null) dict.set(key, value)
    }
  }

  /** Reads into a container that is kept as far as it came where the reader is lenient. */
  #nested<T extends PdfArray | PdfDict>(read: (into: T) => void, into: T): T {
    if (++this.#depth > MAXIMUM_DEPTH) throw new PdfSyntaxError('nested too deeply')
    try {
      read(into)
    } catch (error) {
      if (!this.#lenient || !(error instanceof PdfSyntaxError)) throw error
    } finally {
      this.#depth--
    }
    return into
  }

  #array(array: PdfArray): void {
    this.at++
    for (;;) {
      this.skipWhite()
      const byte = this.bytes[this.at]
      if (byte === undefined || this.at >= this.#end) throw new PdfSyntaxError('unclosed array')
      if (byte === 0x5d) {
        this.at++
        return
      }
      if (byte === 0x3e && this.bytes[this.at + 1] === 0x3e) return
      array.push(this.value())
    }
  }

  #name(): PdfName {
    const start = ++this.at
    while (this.at < this.#end && isRegular(this.bytes[this.at])) this.at++
    const text = this.bytes.toString('latin1', start, this.at)
    if (!text.includes('#')) return new PdfName(text)
    return new PdfName(
      text.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    )
  }

  #numberOrRef(): PdfValue {
    const start = this.at
    while (this.at < this.#end && isRegular(this.bytes[this.at])) this.at++
    const text = this.bytes.toString('latin1', start, this.at)
    if (!/^\d+$/.test(text)) return lenientNumber(text)
    const number = Number(text)
    // "12 0 R": look ahead, and come back where it is only a number.
    const after = this.at
    const generation = this.integer()
    if (generation !== null && generation < 65536) {
      this.skipWhite()
      if (this.bytes[this.at] === 0x52 && !isRegular(this.bytes[this.at + 1])) {
        this.at++
        return new PdfRef(number, generation)
      }
    }
    this.at = after
    return number
  }

  #word(): PdfValue {
    const start = this.at
    while (this.at < this.#end && isRegular(this.bytes[this.at])) this.at++
    const text = this.bytes.toString('latin1', start, this.at)
    if (text === 'true') return true
    if (text === 'false') return false
    if (text === 'null') return null
    if (text === 'endobj' || text === 'endstream' || text === 'stream' || text === 'obj') {
      this.at = start
      throw new PdfSyntaxError(`unexpected ${text}`)
    }
    if (text === '') this.at++ // a stray delimiter
    return null
  }

  #hexString(): PdfString {
    const close = this.bytes.indexOf(0x3e, this.at)
    if (close < 0 || close >= this.#end) throw new PdfSyntaxError('unclosed string')
    let hex = this.bytes.toString('latin1', this.at + 1, close).replace(/[^0-9a-f]/gi, '')
    if (hex.length % 2) hex += '0'
    this.at = close + 1
    return new PdfString(Buffer.from(hex, 'hex'))
  }

  #literalString(): PdfString {
    const out: number[] = []
    let level = 1
    for (this.at++; this.at < this.#end;) {
      const byte = this.bytes[this.at++]!
      if (byte === 0x28) level++
      else if (byte === 0x29 && --level === 0) return new PdfString(Uint8Array.from(out))
      if (byte === 0x5c) this.#escape(out)
      else if (byte === 13) {
        if (this.bytes[this.at] === 10) this.at++
        out.push(10)
      } else out.push(byte)
    }
    throw new PdfSyntaxError('unclosed string')
  }

  #escape(out: number[]): void {
    const byte = this.bytes[this.at++]
    if (byte === undefined) return
    const plain = 'nrtbf'.indexOf(String.fromCharCode(byte))
    if (plain >= 0) out.push([10, 13, 9, 8, 12][plain]!)
    else if (byte >= 48 && byte <= 55) {
      let octal = byte - 48
      for (let i = 0; i < 2; i++) {
        const next = this.bytes[this.at]
        if (next === undefined || next < 48 || next > 55) break
        octal = octal * 8 + next - 48
        this.at++
      }
      out.push(octal & 255)
    } else if (byte === 13) {
      if (this.bytes[this.at] === 10) this.at++
    } else if (byte !== 10) out.push(byte)
  }
}

/** "-.5", "4.", "--3" and "1.2.3" as viewers read them, "5.9e2" as its writer meant it; words that begin like numbers are 0. */
function lenientNumber(text: string): number {
  if (/^[+-]?\d*\.?\d+e[+-]?\d{1,2}$/i.test(text)) return Number(text)
  const match = /^[+-]*(\d*\.?\d*)/.exec(text)!
  const value = Number(match[1] === '' || match[1] === '.' ? 0 : match[1])
  return text.startsWith('-') ? -value : value
}
