/** What the first question after a start would wait for, done while nobody asks. */
import { QUEUE_CHUNK, QueueSort, type QueueQuery } from '../../contract/core.contract.ts'
import type { QueueIndex } from '../../../db/queue/queue-index.ts'
import type { Handlers } from '../context.ts'

/** A character that many titles have: its search reads the names of the libraries too. */
const USUAL = '文'

/** Makes the queue's lists, then asks for rows of each order and for a word, a turn each. Changes nothing. */
export async function warmQueue(
  queue: QueueIndex,
  handlers: Handlers<'queue.window'>,
  ended: () => boolean,
): Promise<void> {
  await queue.warm(ended)
  const ask = async (query: Pick<QueueQuery, 'text' | 'sort'>) => {
    if (ended()) return
    await handlers['queue.window']({
      query: { filter: {}, descending: false, ...query },
      offset: 0,
      limit: QUEUE_CHUNK,
    })
    await new Promise((resolve) => setImmediate(resolve))
  }
  for (const sort of QueueSort.options) await ask({ text: '', sort })
  await ask({ text: USUAL, sort: 'due' })
}
