import { open, readFile } from 'node:fs/promises'

/** Milliseconds for which the same bytes in the same folder count as the same page come twice. */
const REMEMBERED_MS = 24 * 3600 * 1000

/** Remembers what was taken in, across restarts, in a file of lines "time hash folder". */
export class SeenFiles {
  readonly #path: string
  readonly #now: () => number
  #known: Map<string, number> | null = null

  constructor(path: string, now: () => number) {
    this.#path = path
    this.#now = now
  }

  async has(sha256: string, folder: string): Promise<boolean> {
    const at = (await this.#load()).get(`${sha256} ${folder}`)
    return at !== undefined && this.#now() - at < REMEMBERED_MS
  }

  async add(sha256: string, folder: string): Promise<void> {
    const key = `${sha256} ${folder}`
    ;(await this.#load()).set(key, this.#now())
    const file = await open(this.#path, 'a')
    try {
      await file.appendFile(`${this.#now()} ${key}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
  }

  async #load(): Promise<Map<string, number>> {
    if (this.#known) return this.#known
    const text = await readFile(this.#path, 'utf8').catch(() => '')
    const known = new Map<string, number>()
    for (const line of text.split('\n')) {
      // A line torn by a crash does not match and is passed over.
      const [, at, key] = /^(\d+) ([0-9a-f]{64} .*)$/.exec(line) ?? []
      if (at && key !== undefined && this.#now() - Number(at) < REMEMBERED_MS) known.set(key, Number(at))
    }
    this.#known = known
    return known
  }
}
