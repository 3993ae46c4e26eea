/** The sync lines: a first sync through HTTP, actions meanwhile, and coming back after a day offline. */
import type { BenchContext, Measured } from '../line.ts'
import { median, percentile } from '../line.ts'
import { closeBenchDesk, openBenchDesk, startBenchCentre, type BenchCentre } from './stage.ts'

const ROWS = 100_000
const ACTIONS = 500
const CHANGES = 2000
const SETTLE_RUNS = 5
/** Actions measured during one first sync. */
const ACTION_EVERY_MS = 25

export async function measure(context: BenchContext): Promise<Measured[]> {
  context.log(`sync: a centre with ${ROWS} requests`)
  const centre = await startBenchCentre(context.dir, ROWS)
  try {
    const rates: number[] = []
    const actions: number[] = []
    for (let run = 0; run < 3; run++) {
      const { rate, replies } = await firstSync(context, centre, run > 0)
      rates.push(rate)
      actions.push(...replies)
      context.log(`sync: first sync ${Math.round(rate)} rows/s`)
    }
    return [
      { id: 'sync.first.rows', value: rates[0]!, n: ROWS },
      { id: 'sync.first.pouch', value: null, n: 0, why: 'PouchDB is not among the installed packages' },
      { id: 'sync.action.p99', value: percentile(actions, 0.99), n: actions.length },
      { id: 'sync.offline.settle', ...(await offlineSettle(context, centre)) },
    ]
  } finally {
    await centre.end()
  }
}

/** @param acting whether a person works meanwhile; the rate is then not what the goal asks for */
async function firstSync(context: BenchContext, centre: BenchCentre, acting: boolean) {
  const desk = await openBenchDesk(context.dir, centre)
  const replies: number[] = []
  let id = ''
  const work = setInterval(() => {
    if (!acting) return
    id ||= desk.core.db.sql<{ id: string }>(`SELECT id FROM base WHERE type = 'request' LIMIT 1`).get()?.id ?? ''
    if (id === '') return
    const from = performance.now()
    desk.core.act({ objectId: id, kind: 'note', args: { text: 'bench' } })
    replies.push(performance.now() - from)
  }, ACTION_EVERY_MS)
  const from = performance.now()
  const ok = await desk.core.sync.cycle()
  const seconds = (performance.now() - from) / 1000
  clearInterval(work)
  const { rows } = desk.core.db.sql<{ rows: number }>('SELECT COUNT(*) AS rows FROM queue_row').get()!
  await closeBenchDesk(desk)
  if (!ok || rows < ROWS) throw new Error(`the first sync ended with ${rows} rows`)
  return { rate: rows / seconds, replies }
}

/** 500 actions done offline meet 2,000 changes at the centre: seconds until the outbox is empty. */
async function offlineSettle(context: BenchContext, centre: BenchCentre): Promise<{ value: number; n: number }> {
  const desk = await openBenchDesk(context.dir, centre)
  await desk.core.sync.settle()
  const seconds: number[] = []
  for (let run = 0; run < SETTLE_RUNS; run++) {
    const ids = desk.core.db
      .sql<{ id: string }>(`SELECT id FROM base WHERE type = 'request' ORDER BY rid LIMIT ? OFFSET ?`)
      .all(ACTIONS, run * ACTIONS)
    for (const { id } of ids) desk.core.act({ objectId: id, kind: 'note', args: { text: `offline ${run}` } })
    await centre.lever('many', { count: CHANGES, seed: 100 + run })
    const from = performance.now()
    const ok = await desk.core.sync.settle()
    seconds.push((performance.now() - from) / 1000)
    const left = desk.core.db.sql(`SELECT 1 FROM outbox WHERE state <> 'applied' LIMIT 1`).get()
    if (!ok || left) throw new Error('the outbox is not empty')
  }
  await closeBenchDesk(desk)
  return { value: median(seconds), n: SETTLE_RUNS }
}
