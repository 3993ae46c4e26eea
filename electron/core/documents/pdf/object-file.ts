import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import { digestOf } from './page-hash.ts'

/** Objects in one object stream: more compress no better and cost a viewer more to open one of them. */
const OBJECTS_A_STREAM = 100
/** Streams that pages draw. */
const DRAWN = /\/Subtype ?\/(Image|Form)\b/
const FLUSH_BYTES = 1 << 20

/** Where an object stands: at a byte offset, or as the n-th in an object stream. */
export interface Places {
  /** Byte offset, or number of the object stream. */
  readonly place: number[]
  /** -1 for an offset, else the index in the object stream; undefined for an unused number. */
  readonly index: (number | undefined)[]
}

export const deflate = (data: Uint8Array): Uint8Array => deflateSync(data, { level: 9 })

/**
 * An append-only file of PDF objects. What stays in memory is one place for each object, a megabyte not yet written
 * and at most a hundred small objects that wait to be packed into an object stream.
 */
export class ObjectFile {
  readonly places: Places = { place: [], index: [] }
  readonly #file: FileHandle
  readonly #firstNumber: number
  #next: number
  #position = 0
  #chunks: Uint8Array[] = []
  #chunkBytes = 0
  #packed: { object: number; body: string }[] = []
  readonly #hash = createHash('sha256')
  #digest = ''
  readonly #streamDigests = new Map<number, string>()

  private constructor(file: FileHandle, firstNumber: number) {
    this.#file = file
    this.#firstNumber = firstNumber
    this.#next = firstNumber
  }

  /** Creates or truncates `path`; object numbers start at `firstNumber`. */
  static async create(path: string, firstNumber = 1): Promise<ObjectFile> {
    return new ObjectFile(await open(path, 'w'), firstNumber)
  }

  get position(): number {
    return this.#position
  }

  /** One past the highest number given out. */
  get nextNumber(): number {
    return this.#next
  }

  /** SHA-256 of the whole file, once it is closed. */
  get sha256(): string {
    return this.#digest
  }

  allocate(count = 1): number {
    const first = this.#next
    this.#next += count
    return first
  }

  async raw(data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data
    this.#chunks.push(bytes)
    this.#chunkBytes += bytes.length
    this.#position += bytes.length
    if (this.#chunkBytes >= FLUSH_BYTES) await this.flush()
  }

  /** Any object but a stream; `body` must be ASCII. It is packed with others and compressed. */
  async object(object: number, body: string): Promise<void> {
    this.#packed.push({ object, body })
    if (this.#packed.length >= OBJECTS_A_STREAM) await this.pack()
  }

  /** SHA-256 of the coded bytes of an image or form written here; empty for any other object. */
  digestOfStream(object: number): string {
    return this.#streamDigests.get(object) ?? ''
  }

  /** A stream; `entries` are the dictionary's entries without /Length. */
  async stream(object: number, entries: string, data: Uint8Array): Promise<void> {
    if (DRAWN.test(entries)) this.#streamDigests.set(object, digestOf(data))
    this.#record(object, this.#position, -1)
    await this.raw(`${object} 0 obj\n<<${entries}/Length ${data.length}>>\nstream\n`)
    await this.raw(data)
    await this.raw('\nendstream\nendobj\n')
  }

  /** A stream compressed here, unless that makes it longer. */
  async compressed(object: number, entries: string, data: Uint8Array): Promise<void> {
    const packed = deflate(data)
    if (packed.length < data.length) await this.stream(object, `${entries}/Filter/FlateDecode`, packed)
    else await this.stream(object, entries, data)
  }

  /** Takes over the objects of another file whose bytes are appended here; its numbers must follow on ours. */
  async append(path: string, places: Places, count: number): Promise<void> {
    await this.pack()
    const shift = this.#position
    const first = this.allocate(count)
    for (let i = 0; i < count; i++) {
      const index = places.index[i]
      if (index !== undefined) this.#record(first + i, places.place[i]! + (index < 0 ? shift : 0), index)
    }
    const source = await open(path, 'r')
    try {
      for await (const chunk of source.createReadStream({ highWaterMark: FLUSH_BYTES })) await this.raw(chunk as Buffer)
    } finally {
      await source.close()
    }
  }

  /** Writes the waiting small objects out as one object stream. */
  async pack(): Promise<void> {
    if (this.#packed.length === 0) return
    const stream = this.allocate()
    let offsets = ''
    let bodies = ''
    this.#packed.forEach(({ object, body }, i) => {
      offsets += `${object} ${bodies.length} `
      bodies += `${body}\n`
      this.#record(object, stream, i)
    })
    const entries = `/Type/ObjStm/N ${this.#packed.length}/First ${offsets.length}`
    this.#packed = []
    await this.compressed(stream, entries, Buffer.from(offsets + bodies, 'latin1'))
  }

  async flush(): Promise<void> {
    const chunks = this.#chunks
    this.#chunks = []
    this.#chunkBytes = 0
    const all = Buffer.concat(chunks)
    this.#hash.update(all)
    for (let rest: Uint8Array = all; rest.length > 0;) {
      const { bytesWritten } = await this.#file.write(rest)
      rest = rest.subarray(bytesWritten)
    }
  }

  /** Writes what waits, makes it durable and closes. */
  async close(): Promise<void> {
    await this.flush()
    this.#digest = this.#hash.digest('hex')
    await this.#file.sync()
    await this.#file.close()
  }

  /** Closes without writing what waits. */
  async abandon(): Promise<void> {
    await this.#file.close()
  }

  #record(object: number, place: number, index: number): void {
    this.places.place[object - this.#firstNumber] = place
    this.places.index[object - this.#firstNumber] = index
  }
}
