/** Thread that reads pages of the feed for the thread that writes them: parsed, checked, with all words to be found by. */
import { parentPort } from 'node:worker_threads'
import { FeedReply } from '../../contract/centre.contract.ts'
import { headOf, isFeedReply } from './feed-page.ts'
import type { PageAnswer, PageOrder } from './page-thread.ts'
import { packRows } from './packed-rows.ts'
import { readRow } from './read-row.ts'

const port = parentPort!
const text = new TextDecoder()
const say = (answer: PageAnswer, given: ArrayBuffer[] = []) => port.postMessage(answer, given)

function parsed(bytes: Uint8Array): FeedReply | undefined {
  try {
    const json: unknown = JSON.parse(text.decode(bytes))
    return isFeedReply(json) ? (json as FeedReply) : FeedReply.safeParse(json).data
  } catch {
    return undefined
  }
}

port.on('message', ({ bytes, slice }: PageOrder) => {
  const reply = parsed(bytes)
  // The head goes first: the next page is fetched while the rows of this one are read.
  say({ head: reply ? headOf(reply) : null })
  if (!reply) return
  for (let at = 0; at < reply.rows.length; at += slice) {
    const rows = packRows(reply.rows.slice(at, at + slice).map(readRow))
    say({ rows }, [rows.bytes.buffer])
  }
})
say({ ready: true })
