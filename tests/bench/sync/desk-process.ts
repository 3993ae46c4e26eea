/**
 * One first sync in a process of its own, so that its memory can be watched from outside:
 * `node desk-process.ts FOLDER URL [acting]` prints `{seconds, rows, replies}`. With `acting`, somebody writes notes
 * meanwhile and `replies` are the ms each took to be on the disk.
 */
import { closeBenchDesk, openBenchDesk } from './stage.ts'

/** A person is not faster; each action is timed by itself. */
const ACTION_EVERY_MS = 25

const [dir, url, acting] = process.argv.slice(2) as [string, string, string | undefined]
const desk = await openBenchDesk(dir, { url })
const replies: number[] = []
let id = ''
let timer: NodeJS.Timeout | undefined
/** The clock runs from the moment the call should have come: what it waits for a slice to end is part of it. */
function actSoon(): void {
  const due = performance.now() + ACTION_EVERY_MS
  timer = setTimeout(() => {
    id ||= desk.core.db.sql<{ id: string }>(`SELECT id FROM base WHERE type = 'request' LIMIT 1`).get()?.id ?? ''
    if (id !== '') {
      desk.core.act({ objectId: id, kind: 'note', args: { text: 'bench' } })
      replies.push(performance.now() - due)
    }
    actSoon()
  }, ACTION_EVERY_MS)
}
if (acting) actSoon()
const from = performance.now()
const ok = await desk.core.sync.cycle()
const seconds = (performance.now() - from) / 1000
clearTimeout(timer)
const { rows } = desk.core.db.sql<{ rows: number }>('SELECT COUNT(*) AS rows FROM queue_row').get()!
const found = desk.core.views.queue.window(
  { text: 'HG', filter: {}, sort: 'applied', descending: false },
  { desk: '', now: 0 },
  0,
  1,
)
await closeBenchDesk(desk)
if (!ok || found.total === 0) throw new Error(`the first sync ended with ${rows} rows, ${found.total} found by search`)
console.log(JSON.stringify({ seconds, rows, replies }))
process.exit(0)
