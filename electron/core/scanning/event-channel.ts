/**
 * A queue from callbacks (a child process, a file watcher) to one `for await` reader.
 * What was pushed before the end or the error is always read first: an error never swallows a page.
 */
export class EventChannel<T> implements AsyncIterable<T> {
  #items: T[] = []
  #wake: (() => void) | null = null
  #end: { error?: unknown } | null = null

  push(item: T): void {
    if (this.#end) return
    this.#items.push(item)
    this.#wake?.()
  }

  end(): void {
    this.#end ??= {}
    this.#wake?.()
  }

  fail(error: unknown): void {
    this.#end ??= { error }
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      while (this.#items.length > 0) yield this.#items.shift() as T
      if (this.#end) {
        if ('error' in this.#end) throw this.#end.error
        return
      }
      await new Promise<void>((resolve) => (this.#wake = resolve))
      this.#wake = null
    }
  }
}
