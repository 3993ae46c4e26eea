import type { ObjectFile } from '../pdf/object-file.ts'
import { ref } from '../pdf/syntax.ts'
import type { PdfFile } from '../pdf/read/pdf-file.ts'
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
import { REPLACED, type SmallerImage } from './smaller-image.ts'
import { soundStream } from './streams.ts'

export type ImageMaker = (object: number, image: PdfStream) => Promise<SmallerImage | null>

/** Entries that say how a stream's bytes are coded or where they are. */
const CODING = /^(Filter|DecodeParms|DP|F|FFilter|FDecodeParms)$/
/** Entries that say that the data is another file's. */
const EXTERNAL = /^(F|FFilter|FDecodeParms)$/
/** One white pixel in the place of an image that nobody can decode. */
const LOST_IMAGE = '/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8'

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
  readonly #images: ImageMaker | null

  /** `images` may give something smaller in the place of an image. */
  constructor(
    source: PdfFile,
    target: ObjectFile,
    pages: ReadonlyMap<number, number | null>,
    images: ImageMaker | null = null,
  ) {
    this.#source = source
    this.#target = target
    this.#pages = pages
    this.#images = images
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
    if (value instanceof PdfStream) {
      const smaller = this.#source.name(value.dict.get('Subtype')) === 'Image' && (await this.#images?.(object, value))
      if (!smaller) return this.writeStream(own, value)
      this.note('images_recompressed')
      const entries = this.entries(value.dict, (key) => REPLACED.test(key))
      await this.#target.stream(own, entries + smaller.entries, smaller.data)
    } else await this.#target.object(own, this.value(value))
  }

  /** Copies a stream so that every reader can decode it; `more` are entries beside its own but those that `left` names. */
  async writeStream(
    own: number,
    stream: PdfStream,
    more = '',
    left: (key: string) => boolean = () => false,
  ): Promise<void> {
    const { dict } = stream
    // Another file's data is never fetched; what viewers then show is what stands in this one.
    const elsewhere = dict.has('FFilter') || (dict.has('F') && this.#source.filters(stream).length === 0)
    const sound = await soundStream(this.#source, stream)
    if (sound.kind === 'lost_image') return this.#target.stream(own, LOST_IMAGE + more, Uint8Array.of(255))
    if (sound.kind === 'as_it_was') {
      const entries = this.entries(dict, (key) => left(key) || key === 'Length' || (elsewhere && EXTERNAL.test(key)))
      return this.#target.stream(own, entries + more, sound.data)
    }
    const entries = this.entries(dict, (key) => left(key) || key === 'Length' || CODING.test(key)) + more
    if (sound.kind === 'deflated') return this.#target.stream(own, `${entries}/Filter/FlateDecode`, sound.data)
    return this.#target.stream(own, entries + this.#remainingFilters(dict, sound.decoded), sound.data)
  }

  #remainingFilters(dict: PdfDict, decoded: number): string {
    const rest = (long: string, short: string): PdfValue[] => {
      const value = this.#source.resolve(dict.get(long) ?? dict.get(short))
      return (isArray(value) ? value : value === null ? [] : [value]).slice(decoded)
    }
    const filters = rest('Filter', 'F')
    if (filters.length === 0) return ''
    const parameters = rest('DecodeParms', 'DP')
    return `/Filter${this.value(filters)}${parameters.length > 0 ? `/DecodeParms${this.value(parameters)}` : ''}`
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
