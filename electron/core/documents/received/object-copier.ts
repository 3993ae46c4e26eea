import type { ObjectFile } from '../pdf/object-file.ts'
import { deflate } from '../pdf/object-file.ts'
import { ref } from '../pdf/syntax.ts'
import type { PdfFile } from '../pdf/read/pdf-file.ts'
import { inflateUntilFault } from '../pdf/read/tolerant-inflate.ts'
import {
  isArray,
  isDict,
  PdfName,
  PdfRef,
  PdfStream,
  PdfString,
  type PdfDict,
  type PdfValue,
} from '../pdf/read/values.ts'
import type { DocumentWarningCode } from '../types.ts'
import { forbiddenAction, REMOVED_KEYS } from './safety.ts'

/** Streams shorter than this gain nothing from compression. */
const WORTH_COMPRESSING = 80

/** Flate streams up to this size are looked through even in files that seem whole; it costs a second for 200 MB. */
const ALWAYS_VERIFIED = 8 * 2 ** 20
const MAXIMUM_MENDED = 64 * 2 ** 20

/**
 * Copies what is reachable from chosen values into another file under new numbers. Whatever must not be delivered is
 * left out on the way, so nothing depends on where in a file it hides.
 */
export class ObjectCopier {
  readonly #source: PdfFile
  readonly #target: ObjectFile
  readonly #numbers = new Map<number, number>()
  readonly #waiting: number[] = []
  readonly #removed = new Set<DocumentWarningCode>()
  /** Pages of the source: those taken along and the number they get, and null for the others. */
  readonly #pages: ReadonlyMap<number, number | null>

  constructor(source: PdfFile, target: ObjectFile, pages: ReadonlyMap<number, number | null>) {
    this.#source = source
    this.#target = target
    this.#pages = pages
  }

  get removed(): ReadonlySet<DocumentWarningCode> {
    return this.#removed
  }

  note(code: DocumentWarningCode): void {
    this.#removed.add(code)
  }

  /** The number of the copy of an object, which is made later by `finish`. */
  number(object: number): number {
    const known = this.#numbers.get(object)
    if (known !== undefined) return known
    const own = this.#target.allocate()
    this.#numbers.set(object, own)
    this.#waiting.push(object)
    return own
  }

  /** A value in PDF syntax with references to the copies. */
  value(value: PdfValue): string {
    if (value === null) return 'null'
    if (typeof value === 'boolean') return String(value)
    if (typeof value === 'number') return number(value)
    if (value instanceof PdfName) return nameText(value.text)
    if (value instanceof PdfString) return `<${Buffer.from(value.bytes).toString('hex')}>`
    if (value instanceof PdfRef) return this.#reference(value)
    if (isArray(value)) return `[${value.map((item) => this.value(item)).join(' ')}]`
    if (isDict(value)) return this.#dict(value)
    return 'null' // a stream cannot stand inside another value
  }

  /** The entries of a dictionary without its brackets. */
  entries(dict: PdfDict, left: (key: string) => boolean = () => false): string {
    let out = ''
    for (const [key, value] of dict) {
      if (left(key)) continue
      const removal = REMOVED_KEYS.get(key)
      if (removal !== undefined && !(key === 'JS' && !isAction(dict))) {
        if (removal) this.note(removal)
        continue
      }
      out += `${nameText(key)} ${this.value(value)}`
    }
    return out
  }

  /** Writes every object that was referred to, and what those refer to in turn. */
  async finish(): Promise<void> {
    for (let object = this.#waiting.pop(); object !== undefined; object = this.#waiting.pop())
      await this.#copy(object, this.#numbers.get(object)!)
  }

  async #copy(object: number, own: number): Promise<void> {
    const value = this.#source.object(object)
    if (value instanceof PdfStream) await this.writeStream(own, value)
    else await this.#target.object(own, this.value(value))
  }

  /** Copies a stream with its own filters, or compressed where it had none. */
  async writeStream(own: number, stream: PdfStream): Promise<void> {
    const { dict } = stream
    const data = this.#sound(stream)
    const external = dict.has('FFilter') || this.#source.dict(dict.get('F')) !== null
    const entries = this.entries(dict, (key) => key === 'Length' || (external && /^F(Filter|DecodeParms)?$/.test(key)))
    const plain = dict.get('Filter') === undefined && !dict.has('F')
    const packed = plain && data.length > WORTH_COMPRESSING ? deflate(data) : null
    if (packed && packed.length < data.length) await this.#target.stream(own, `${entries}/Filter/FlateDecode`, packed)
    else await this.#target.stream(own, entries, data)
  }

  /** The stream's bytes; where they are damaged Flate, what can be read of it, compressed anew. */
  #sound(stream: PdfStream): Uint8Array {
    const data = this.#source.encoded(stream)
    const suspected = this.#source.repaired || data.length <= ALWAYS_VERIFIED
    return !suspected || this.#source.isWhole(stream) ? data : deflate(inflateUntilFault(data, MAXIMUM_MENDED))
  }

  #reference(value: PdfRef): string {
    if (this.#pages.has(value.object)) {
      const page = this.#pages.get(value.object)
      return page ? ref(page) : 'null'
    }
    const target = this.#source.object(value.object)
    if (target === null) return 'null'
    if (isDict(target) && this.#isForbidden(target)) return 'null'
    return ref(this.number(value.object))
  }

  #dict(dict: PdfDict): string {
    return this.#isForbidden(dict) ? 'null' : `<<${this.entries(dict)}>>`
  }

  #isForbidden(dict: PdfDict): boolean {
    const code = forbiddenAction(dict)
    if (code) this.note(code)
    return code !== null
  }
}

const isAction = (dict: PdfDict): boolean => dict.has('S')

/** Every digit that the source had, without an exponent. */
function number(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? String(value) : '0'
  const text = String(value)
  return text.includes('e') ? value.toFixed(10).replace(/\.?0+$/, '') || '0' : text
}

/** A name from its Latin-1 bytes. */
function nameText(text: string): string {
  if (/^[\w.+*-]*$/.test(text)) return `/${text}`
  return `/${text.replace(/[^\w.+*@!&;:,?^|~`"'$=-]/g, (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}`
}
