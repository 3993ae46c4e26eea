/**
 * Facts in memory, in step with the feed: read from the database in slices with turns between, so that neither the queue
 * nor a local action waits for statistics.
 */
import type { Db } from '../../../db/driver.ts'
import { catchUpFacts, factsAfter } from '../../../db/queries/facts.ts'
import { FactColumns } from '../../domain/statistics/columns.ts'
import { nextTurn } from './turns.ts'

/** Rows of the feed turned into facts in one transaction: some milliseconds. */
const SLICE = 200
/** Facts read into memory at once: some milliseconds as well. */
const LOAD_SLICE = 1000
/** The first question waits at most so long (ms) for facts that are still being made; then it is answered as far as they go. */
const PATIENCE = 250

export class FactKeeper {
  readonly columns = new FactColumns()
  private readonly db: Db
  private readonly changed: () => void
  private loaded: Promise<void> | undefined
  private following: Promise<void> | undefined
  private behind = true
  private closed = false

  /** @param changed told when facts changed by themselves */
  constructor(db: Db, changed: () => void) {
    this.db = db
    this.changed = changed
  }

  /** True when every row of the feed is counted. */
  get complete(): boolean {
    return !this.behind
  }

  /** Facts ready to be counted; those of a first sync still running may be missing. */
  async ready(): Promise<FactColumns> {
    this.loaded ??= this.load()
    await this.loaded
    let waited: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => (waited = setTimeout(resolve, PATIENCE)))
    await Promise.race([this.follow(), patience])
    clearTimeout(waited)
    return this.columns
  }

  /** Takes what the feed brought since into the database, and into memory once figures were asked for. Once at a time. */
  follow(): Promise<void> {
    this.following ??= this.catchUp().finally(() => (this.following = undefined))
    return this.following
  }

  private async load(): Promise<void> {
    for (let after = 0; !this.closed;) {
      const slice = factsAfter(this.db, after, LOAD_SLICE)
      for (const fact of slice) this.columns.put(fact)
      if (slice.length < LOAD_SLICE) return
      after = slice.at(-1)!.id
      await nextTurn()
    }
  }

  private async catchUp(): Promise<void> {
    const wasBehind = this.behind
    let taken = 0
    while (!this.closed) {
      const { changed, more } = catchUpFacts(this.db, SLICE)
      // Nobody has asked for figures yet: the database keeps the facts, memory is not filled for nothing.
      if (this.loaded) for (const fact of changed) this.columns.put(fact)
      taken += changed.length
      this.behind = more
      if (!more) break
      await nextTurn()
    }
    if (taken > 0 || wasBehind !== this.behind) this.changed()
  }

  async close(): Promise<void> {
    this.closed = true
    await this.following?.catch(() => {})
  }
}
