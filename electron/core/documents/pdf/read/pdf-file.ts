import { DocumentError, toDocumentError, type DocumentErrorCode } from '../../errors.ts'
import { openEncryption, type Decryption } from './crypt.ts'
import { decodeStream, isWholeFlate, type FilterStep } from './filters.ts'
import { PdfParser, PdfSyntaxError } from './parser.ts'
import { filterSteps, readObjectAt } from './stream.ts'
import {
  isArray,
  isDict,
  isNumber,
  nameOf,
  PdfRef,
  PdfStream,
  PdfString,
  type PdfDict,
  type PdfValue,
} from './values.ts'
import { findObjects, findTrailers, readCrossReferences, type Entry } from './xref.ts'

/** Thrown where the cross-references lead to nothing sensible; the file is then opened again by search. */
class MisplacedObject extends Error {
  override readonly name = 'MisplacedObject'
}

export interface OpenOptions {
  readonly password?: string | undefined
}

/** What a search for objects cannot mend. */
const FINAL: ReadonlySet<DocumentErrorCode> = new Set([
  'encrypted_pdf',
  'wrong_password',
  'restricted_pdf',
  'too_large',
  'page_out_of_range',
])
const isFileSystemError = (error: unknown): boolean => typeof (error as { errno?: unknown } | null)?.errno === 'number'

/** A chain of references longer than this is a circle. */
const MAXIMUM_CHAIN = 32

/** An object stream holds some hundred small objects; one that grows beyond this was made to harm. */
const MAXIMUM_CONTAINER = 64 * 2 ** 20

/** A PDF open for reading. Objects are parsed when they are asked for. */
export class PdfFile {
  /** The cross-references were unusable as a whole, and the objects were found by search. */
  readonly #rebuilt: boolean
  /** Single objects were not where the cross-references say, or broke off. */
  #mended = false
  readonly encrypted: boolean
  readonly bytes: Buffer
  readonly #entries: Map<number, Entry>
  readonly #trailer: PdfDict
  readonly #decryption: Decryption | null
  readonly #objects = new Map<number, PdfValue>()
  readonly #containers = new Map<number, Map<number, PdfValue>>()
  readonly #opening = new Set<number>()
  #foundObjects: Map<number, number> | null = null

  private constructor(bytes: Buffer, rebuilt: boolean, options: OpenOptions) {
    this.bytes = bytes
    this.#rebuilt = rebuilt
    const headerAt = Math.max(0, bytes.subarray(0, 1024).indexOf('%PDF-'))
    if (rebuilt) {
      this.#trailer = findTrailers(bytes)
      this.#entries = new Map()
      for (const { object, generation, offset } of findObjects(bytes)) this.#entries.set(object, { offset, generation })
      this.#addXrefStreamTrailers()
    } else {
      const references = readCrossReferences(bytes, headerAt)
      this.#entries = references.entries
      this.#trailer = references.trailer
    }
    this.encrypted = this.#trailer.has('Encrypt')
    this.#decryption = this.encrypted ? this.#openEncryption(options.password) : null
    if (rebuilt) this.#addContainedObjects()
  }

  /**
   * Runs `use` on the open file; where its frame turns out to be broken, once more with the objects found by search.
   * Throws DocumentError damaged_pdf, encrypted_pdf, wrong_password, too_large.
   */
  static async use<T>(bytes: Buffer, options: OpenOptions, use: (file: PdfFile) => T | Promise<T>): Promise<T> {
    if (!bytes.subarray(0, 1024).includes('%PDF-') && findObjects(bytes).length === 0)
      throw new DocumentError('damaged_pdf')
    try {
      return await use(new PdfFile(bytes, false, options))
    } catch (error) {
      if (error instanceof DocumentError && FINAL.has(error.code)) throw error
      if (isFileSystemError(error)) throw error
    }
    try {
      return await use(new PdfFile(bytes, true, options))
    } catch (error) {
      throw toDocumentError(error, 'damaged_pdf')
    }
  }

  /** Something of the file's frame was wrong and had to be found or guessed. */
  get repaired(): boolean {
    return this.#rebuilt || this.#mended
  }

  get root(): PdfDict {
    const root = this.resolve(this.#trailer.get('Root'))
    if (isDict(root) && this.resolve(root.get('Pages')) !== null) return root
    if (!this.#rebuilt) throw new MisplacedObject('root')
    return (
      this.findDict((dict) => nameOf(dict.get('Type')) === 'Catalog') ??
      this.findDict((dict) => this.dict(dict.get('Pages'))?.has('Kids') === true) ??
      new Map([['Pages', this.findDict((dict) => dict.has('Kids') && dict.has('Count') && !dict.has('Parent'))]])
    )
  }

  /** Something is missing that should be there: the cross-references are given up, unless that happened already. */
  distrust(): void {
    if (!this.#rebuilt) throw new MisplacedObject('missing')
  }

  /** Every object number that has a place. */
  get objectNumbers(): Iterable<number> {
    return this.#entries.keys()
  }

  /** Follows references to a value; null where there is none. */
  resolve(value: PdfValue | undefined): PdfValue {
    let current = value ?? null
    for (let i = 0; current instanceof PdfRef; i++) {
      if (i > MAXIMUM_CHAIN) return null
      current = this.object(current.object)
    }
    return current
  }

  dict(value: PdfValue | undefined): PdfDict | null {
    const resolved = this.resolve(value)
    return isDict(resolved) ? resolved : null
  }

  array(value: PdfValue | undefined): PdfValue[] {
    const resolved = this.resolve(value)
    return isArray(resolved) ? resolved : []
  }

  number(value: PdfValue | undefined): number | null {
    const resolved = this.resolve(value)
    return isNumber(resolved) ? resolved : null
  }

  name(value: PdfValue | undefined): string | null {
    return nameOf(this.resolve(value))
  }

  /** The value of an indirect object; null where it is missing, unreadable or still being read. */
  object(number: number): PdfValue {
    const known = this.#objects.get(number)
    if (known !== undefined) return known
    const entry = this.#entries.get(number)
    if (!entry || this.#opening.has(number)) return null
    this.#opening.add(number)
    try {
      const value = 'container' in entry ? this.#contained(number, entry) : this.#placed(number, entry)
      this.#objects.set(number, value)
      return value
    } finally {
      this.#opening.delete(number)
    }
  }

  /** The first object that is a dictionary as wished; reads the whole file. */
  findDict(wished: (dict: PdfDict) => boolean): PdfDict | null {
    for (const number of this.#entries.keys()) {
      const value = this.object(number)
      if (isDict(value) && wished(value)) return value
    }
    return null
  }

  /** A stream's bytes, decrypted and still encoded. */
  encoded(stream: PdfStream): Uint8Array {
    if (!this.#decryption || nameOf(stream.dict.get('Type')) === 'XRef') return stream.raw
    const plainMetadata = nameOf(stream.dict.get('Type')) === 'Metadata' && !this.#decryption.metadata
    const own = this.filters(stream).find((step) => step.name === 'Crypt')
    return plainMetadata ? stream.raw : this.#decryption.stream(stream.raw, stream.ref, own?.crypt)
  }

  /** A stream's bytes, decoded. Throws DocumentError damaged_pdf, and too_large beyond `limit` bytes. */
  decoded(stream: PdfStream, limit?: number): Uint8Array {
    return decodeStream(this.encoded(stream), this.#steps(stream), limit)
  }

  /** Is the stream free of faults as far as its outermost filter tells? */
  isWhole(stream: PdfStream): boolean {
    const [outer] = this.#steps(stream)
    return (outer?.name !== 'FlateDecode' && outer?.name !== 'Fl') || isWholeFlate(this.encoded(stream))
  }

  /** Its filters in the order of decoding. */
  filters(stream: PdfStream): FilterStep[] {
    return filterSteps(stream.dict, (value) => this.resolve(value))
  }

  #steps(stream: PdfStream): FilterStep[] {
    return this.filters(stream).filter((step) => step.name !== 'Crypt')
  }

  #placed(number: number, { offset }: { offset: number }): PdfValue {
    if (offset < 0) return null
    const value = this.#readAt(number, offset, false)
    if (value !== undefined) return value
    this.#mended = true
    // What breaks off at its place is better than an older copy; what is not there is looked for.
    return this.#readAt(number, offset, true) ?? this.#elsewhere(number) ?? null
  }

  /** The object's last copy anywhere in the file. */
  #elsewhere(number: number): PdfValue | undefined {
    this.#foundObjects ??= new Map(findObjects(this.bytes).map(({ object, offset }) => [object, offset]))
    const offset = this.#foundObjects.get(number)
    if (offset === undefined) return undefined
    return this.#readAt(number, offset, false) ?? this.#readAt(number, offset, true)
  }

  /** undefined where another object or none stands at the offset. */
  #readAt(number: number, offset: number, lenient: boolean): PdfValue | undefined {
    try {
      const { ref, value } = readObjectAt(this.bytes, offset, (length) => this.resolve(length), lenient)
      if (ref.object !== number) return undefined
      return this.#decryption ? this.#decryptStrings(value, ref) : value
    } catch (error) {
      if (error instanceof PdfSyntaxError) return undefined
      throw error
    }
  }

  /** A wrong container is no reason for repair as long as it holds the object at all. */
  #contained(number: number, { container }: { container: number }): PdfValue {
    const objects = this.#container(container)
    const value = objects.get(number) ?? this.#elsewhere(number)
    if (value === undefined && !objects.has(number) && !this.#rebuilt) throw new MisplacedObject(String(number))
    return value ?? null
  }

  #container(number: number): Map<number, PdfValue> {
    const known = this.#containers.get(number)
    if (known) return known
    const objects = new Map<number, PdfValue>()
    this.#containers.set(number, objects)
    const stream = this.object(number)
    if (!(stream instanceof PdfStream)) return objects
    const count = this.number(stream.dict.get('N')) ?? 0
    const said = this.number(stream.dict.get('First'))
    const data = Buffer.from(this.decoded(stream, MAXIMUM_CONTAINER))
    const parser = new PdfParser(data, 0, Math.min(said ?? data.length, data.length))
    const places: [object: number, offset: number][] = []
    for (let i = 0; i < count; i++) {
      const object = parser.integer()
      const offset = parser.integer()
      if (object === null || offset === null) break
      places.push([object, offset])
    }
    parser.skipWhite()
    const first = said ?? parser.at
    for (const [object, offset] of places) {
      try {
        objects.set(object, new PdfParser(data, first + offset, data.length, this.#rebuilt).value())
      } catch (error) {
        if (!(error instanceof PdfSyntaxError)) throw error
      }
    }
    return objects
  }

  #decryptStrings(value: PdfValue, ref: PdfRef): PdfValue {
    if (value instanceof PdfString) return new PdfString(this.#decryption!.string(value.bytes, ref))
    if (isArray(value)) return value.map((item) => this.#decryptStrings(item, ref))
    if (isDict(value)) {
      // A signature's /Contents is never encrypted.
      for (const [key, item] of value)
        if (key !== 'Contents' || !value.has('ByteRange')) value.set(key, this.#decryptStrings(item, ref))
    } else if (value instanceof PdfStream) this.#decryptStrings(value.dict, ref)
    return value
  }

  #openEncryption(password: string | undefined): Decryption | null {
    const dict = this.dict(this.#trailer.get('Encrypt'))
    if (!dict && !this.#rebuilt) throw new MisplacedObject('Encrypt')
    // Named and nowhere to be found: what is not encrypted can be read all the same.
    if (!dict) return null
    const [id] = this.array(this.#trailer.get('ID')).map((part) => this.resolve(part))
    const fileId = id instanceof PdfString ? id.bytes : new Uint8Array(0)
    return openEncryption(dict, fileId, password, (value) => this.resolve(value))
  }

  /** For files found by search: the dictionaries of cross-reference streams are trailers too. */
  #addXrefStreamTrailers(): void {
    for (const [, entry] of this.#entries) {
      if (!('offset' in entry) || !this.#mentions(entry.offset, '/XRef')) continue
      try {
        const { value } = readObjectAt(this.bytes, entry.offset)
        if (!(value instanceof PdfStream) || nameOf(value.dict.get('Type')) !== 'XRef') continue
        for (const key of ['Root', 'Encrypt', 'ID', 'Info'])
          if (value.dict.has(key)) this.#trailer.set(key, value.dict.get(key)!)
      } catch (error) {
        if (!(error instanceof PdfSyntaxError)) throw error
      }
    }
  }

  /** For files found by search: what stands in object streams, unless the object also stands later in the file itself. */
  #addContainedObjects(): void {
    const containers = [...this.#entries].filter(
      ([, entry]) => 'offset' in entry && entry.offset >= 0 && this.#mentions(entry.offset, '/ObjStm'),
    )
    const placeOf = (entry: Entry | undefined): number => (!entry ? -1 : 'offset' in entry ? entry.offset : -1)
    for (const [container, entry] of containers) {
      for (const number of this.#safeContainer(container).keys()) {
        const place = placeOf(this.#entries.get(number))
        if (place < placeOf(entry)) this.#entries.set(number, { container })
      }
    }
    this.#objects.clear()
  }

  #safeContainer(number: number): Map<number, PdfValue> {
    try {
      return this.#container(number)
    } catch {
      return new Map() // whatever is wrong in it, the file's other objects are there
    }
  }

  #mentions(offset: number, word: string): boolean {
    const near = this.bytes.subarray(offset, offset + 400)
    return near.includes(word)
  }
}
