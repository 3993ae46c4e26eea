/** Pages of the feed on their way: each is asked for as soon as the one before it has told where it ends. */
import type { FeedPage } from './feed-page.ts'

export interface ComingPage {
  page: FeedPage
  /** Where it begins. */
  cursor: string
}

export class PagesAhead {
  private readonly fetch: (cursor: string) => Promise<FeedPage>
  private readonly depth: () => number
  private readonly coming: { page: Promise<FeedPage>; cursor: string }[] = []
  /** Where the next page begins; undefined while that is not known yet, and at the feed's end. */
  private onward: string | undefined

  /** @param depth pages that may be on their way, or here and not yet taken, at a time */
  constructor(fetch: (cursor: string) => Promise<FeedPage>, cursor: string, depth: () => number) {
    this.fetch = fetch
    this.depth = depth
    this.onward = cursor
    this.ask()
  }

  /** @returns undefined after the last one @throws LinkError when this page did not come; those after it are forgotten */
  async next(): Promise<ComingPage | undefined> {
    const first = this.coming.shift()
    if (!first) return undefined
    const page = await first.page
    this.ask()
    return { page, cursor: first.cursor }
  }

  private ask(): void {
    if (this.onward === undefined || this.coming.length >= this.depth()) return
    const cursor = this.onward
    this.onward = undefined
    const page = this.fetch(cursor)
    this.coming.push({ page, cursor })
    const told = ({ more, next }: FeedPage) => {
      if (!more) return
      this.onward = next
      this.ask()
    }
    // One that fails is told to whoever takes it.
    page.then(told, () => undefined)
  }
}
