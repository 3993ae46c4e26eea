/**
 * What the footer's check stands on: the streams a page draws without its stamp, so that anybody who has the file can
 * work it out again. A page's streams are its images with their masks and its forms with what these draw in turn, in
 * the order of their names.
 */
import { createHash } from 'node:crypto'
import type { PdfFile } from './read/pdf-file.ts'
import { PdfRef, PdfStream, type PdfDict, type PdfValue } from './read/values.ts'

/** Deeper nesting and more streams than this are not what pages of articles have. */
const DEEPEST = 8
const MOST_STREAMS = 5000

/** SHA-256 over digests of streams, in lower-case hexadecimal. */
export function hashOfDigests(digests: readonly string[]): string {
  const hash = createHash('sha256')
  for (const digest of digests) hash.update(digest)
  return hash.digest('hex')
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Lists the streams that resources draw; looks through resources shared by many pages once. */
export class DrawnStreams {
  readonly #file: PdfFile
  readonly #known = new WeakMap<PdfDict, readonly PdfRef[]>()

  constructor(file: PdfFile) {
    this.#file = file
  }

  /** References to what a resource dictionary's XObjects are, and what they draw, each once, in order of names. */
  of(resources: PdfValue | undefined): readonly PdfRef[] {
    const dict = this.#file.dict(resources)
    if (!dict) return []
    const known = this.#known.get(dict)
    if (known) return known
    const found = new Map<number, PdfRef>()
    this.#collect(dict, found, 1)
    const all = [...found.values()]
    this.#known.set(dict, all)
    return all
  }

  /** One XObject with what it draws. */
  from(xObject: PdfValue | undefined): readonly PdfRef[] {
    const found = new Map<number, PdfRef>()
    this.#add(xObject, found, 0)
    return [...found.values()]
  }

  #collect(resources: PdfDict, found: Map<number, PdfRef>, depth: number): void {
    const xObjects = this.#file.dict(resources.get('XObject'))
    if (!xObjects || depth > DEEPEST) return
    for (const name of [...xObjects.keys()].sort()) this.#add(xObjects.get(name), found, depth)
  }

  #add(value: PdfValue | undefined, found: Map<number, PdfRef>, depth: number): void {
    if (!(value instanceof PdfRef) || found.has(value.object) || found.size >= MOST_STREAMS) return
    const stream = this.#file.resolve(value)
    if (!(stream instanceof PdfStream)) return
    found.set(value.object, value)
    for (const key of ['Mask', 'SMask']) this.#add(stream.dict.get(key), found, depth)
    const inner = this.#file.dict(stream.dict.get('Resources'))
    if (inner) this.#collect(inner, found, depth + 1)
  }
}
