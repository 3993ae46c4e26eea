/**
 * Pages ready to be written, each made once: what was made while scanning went on is only put together when the document
 * is wished for, and a document of which one page was changed makes that page anew. Kept on the disk, the oldest go first.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { DocumentPool, RunOptions } from './pool.ts'
import type { PageLayers } from './raster/layers.ts'
import type { Tasks } from './tasks.ts'

type PageRequest = Tasks['page'][0]

/** Some thousand pages of text. */
const MOST_BYTES = 300 * 2 ** 20

export class PageMaker {
  readonly #pool: DocumentPool
  readonly #folder: string | null
  readonly #mostBytes: number
  /** Size of each kept page by its key, the oldest first. */
  readonly #kept = new Map<string, number>()
  readonly #running = new Map<string, Promise<PageLayers>>()
  #bytes = 0

  /**
   * @param folder empty; its files live as long as this. null keeps nothing. Sources are known by their path: where a
   * folder is given, a path must always stand for the same bytes, as a blob's does.
   */
  constructor(pool: DocumentPool, folder: string | null, mostBytes = MOST_BYTES) {
    this.#pool = pool
    this.#folder = folder
    this.#mostBytes = mostBytes
  }

  /** The page, kept from before, from whoever is making it now, or made. Throws DocumentError. */
  async make(request: PageRequest, options: RunOptions): Promise<PageLayers> {
    if (this.#folder === null) return this.#pool.run('page', request, options)
    const key = keyOf(request)
    const kept = await this.#read(key)
    if (kept) return kept
    const running = this.#running.get(key)
    // Another's failure (a cancel among them) is not ours.
    const shared = running && (await running.catch(() => null))
    if (shared) return shared
    const made = this.#pool.run('page', request, options)
    this.#running.set(key, made)
    try {
      const page = await made
      await this.#keep(this.#folder, key, page)
      return page
    } finally {
      if (this.#running.get(key) === made) this.#running.delete(key)
    }
  }

  async #read(key: string): Promise<PageLayers | null> {
    if (!this.#kept.has(key) || this.#folder === null) return null
    try {
      return deserialize(await readFile(join(this.#folder, key))) as PageLayers
    } catch {
      this.#forget(key)
      return null
    }
  }

  /** A page that cannot be kept (a full disk) is made again when it is wanted. */
  async #keep(folder: string, key: string, page: PageLayers): Promise<void> {
    const bytes = serialize(page)
    const part = join(folder, `.${key}`)
    try {
      await mkdir(folder, { recursive: true })
      await writeFile(part, bytes)
      await rename(part, join(folder, key))
    } catch {
      return rm(part, { force: true })
    }
    this.#kept.set(key, bytes.length)
    this.#bytes += bytes.length
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#mostBytes || oldest === key) break
      this.#forget(oldest)
      await rm(join(folder, oldest), { force: true })
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#kept.get(key) ?? 0
    this.#kept.delete(key)
  }
}

const keyOf = (request: PageRequest): string => createHash('sha256').update(JSON.stringify(request)).digest('hex')
