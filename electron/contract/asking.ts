/** Questions and answers over a plain message channel, for the link between main and core. */
import type { Ask, Told } from './host-link.ts'

/** One function per question that the other side may ask. */
export type Answers<Q> = {
  readonly [K in keyof Q]: Q[K] extends [infer P, infer R] ? (params: P) => R | Promise<R> : never
}

export interface Asking<Q> {
  /** @throws when the other side failed or went away */
  ask<K extends keyof Q & string>(
    what: K,
    params: Q[K] extends [infer P, unknown] ? P : never,
  ): Promise<Q[K] extends [unknown, infer R] ? R : never>
  /** Takes a message that is a question or an answer. @returns whether it was one */
  take(message: { type: string }): boolean
  /** Fails all that is still unanswered. */
  end(reason: string): void
}

/**
 * @param send carries a message to the other side
 * @param answers what the other side may ask of this one
 */
export function createAsking<Q, A>(send: (message: Ask | Told) => void, answers: Answers<A>): Asking<Q> {
  const waiting = new Map<number, { resolve: (data: never) => void; reject: (error: Error) => void }>()
  let lastId = 0

  async function answer({ id, what, params }: Ask): Promise<void> {
    try {
      const handler = Object.hasOwn(answers, what)
        ? (answers as unknown as Record<string, (params: unknown) => unknown>)[what]
        : undefined
      if (!handler) throw new Error(`unknown question ${what}`)
      send({ type: 'told', id, ok: true, data: (await handler(params)) ?? null })
    } catch (error) {
      send({ type: 'told', id, ok: false, data: String(error) })
    }
  }

  return {
    ask: (what, params) =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        send({ type: 'ask', id, what, params })
      }),
    take(message) {
      if (message.type === 'ask') void answer(message as Ask)
      else if (message.type === 'told') {
        const { id, ok, data } = message as Told
        const entry = waiting.get(id)
        waiting.delete(id)
        if (ok) entry?.resolve(data as never)
        else entry?.reject(new Error(String(data)))
      } else return false
      return true
    },
    end(reason) {
      for (const entry of waiting.values()) entry.reject(new Error(reason))
      waiting.clear()
    },
  }
}
