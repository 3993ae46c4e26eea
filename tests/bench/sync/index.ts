/** The sync lines: a first sync through HTTP, actions meanwhile, and coming back after a day offline. */
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from '../../../build/compile/index.mjs'
import { ENTRIES } from '../../../build/compile/entries.mjs'
import { root } from '../../../build/setup/places.mjs'
import { openDatabase } from '../../../db/driver.ts'
import { CORE_FLAGS, CORE_ALLOCATOR } from '../../../electron/contract/host-link.ts'
import { watchMemory } from '../memory.ts'
import type { BenchContext, Measured } from '../line.ts'
import { median, percentile } from '../line.ts'
import { startPouchPeer, type PouchPeer } from './pouch.ts'
import { closeBenchDesk, openBenchDesk, startBenchCentre, type BenchCentre } from './stage.ts'

/** Bundled as the app is: read from its sources, Node's compiler of TypeScript would be measured with it, in every thread. */
const PROGRAMS = [
  { in: 'tests/bench/sync/desk-process.ts', out: 'desk-process.mjs', kind: 'node' },
  ...ENTRIES.filter(({ out }) => out.startsWith('worker-')),
]
const BUNDLED = join('out', 'bench-sync')
const DESK_PROCESS = join(root, BUNDLED, 'desk-process.mjs')
const ROWS = 100_000
const POUCH_ROWS = 20_000
const ACTIONS = 500
const CHANGES = 2000
const RUNS = 5
const ACTING_RUNS = 2
/** What core may hold while it reads 100,000 rows for the first time, MB. */
const MEMORY_GOAL = 250

export async function measure(context: BenchContext): Promise<Measured[]> {
  const { wants, found } = context
  await bundle(PROGRAMS, BUNDLED)
  if (wants('sync.first.rows', 'sync.action.p99', 'sync.offline.settle')) {
    context.log(`sync: a centre with ${ROWS} requests`)
    const centre = await startBenchCentre(context.dir, ROWS)
    try {
      if (wants('sync.first.rows')) found([await firstRows(context, centre)])
      if (wants('sync.action.p99')) found([await actionsMeanwhile(context, centre)])
      if (wants('sync.offline.settle'))
        found([{ id: 'sync.offline.settle', ...(await offlineSettle(context, centre)) }])
    } finally {
      await centre.end()
    }
  }
  return wants('sync.first.pouch') ? [await againstPouch(context)] : []
}

async function firstRows(context: BenchContext, centre: BenchCentre): Promise<Measured> {
  const rates: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const { seconds, rows } = await firstSync(context, centre, ROWS, {})
    rates.push(rows / seconds)
    context.log(`sync: first sync ${Math.round(rows / seconds)} rows/s`)
  }
  // Looking at a process's memory holds it up: in a run of its own, whose time does not count.
  const { pss } = await firstSync(context, centre, ROWS, { watched: true })
  context.log(`sync: memory of core during a first sync ${Math.round(pss)} MB, goal <= ${MEMORY_GOAL}`)
  return { id: 'sync.first.rows', value: median(rates), n: RUNS }
}

async function actionsMeanwhile(context: BenchContext, centre: BenchCentre): Promise<Measured> {
  const replies: number[] = []
  for (let run = 0; run < ACTING_RUNS; run++)
    replies.push(...(await firstSync(context, centre, ROWS, { acting: true })).replies)
  return { id: 'sync.action.p99', value: percentile(replies, 0.99), n: replies.length }
}

interface FirstSync {
  seconds: number
  rows: number
  replies: number[]
  /** The most it held, MB; 0 when it was not watched. */
  pss: number
}

/** @param how `acting`: a person works meanwhile; `watched`: its memory is looked at. Then the rate is not what the goal asks for. */
async function firstSync(
  context: BenchContext,
  centre: BenchCentre,
  least: number,
  how: { acting?: boolean; watched?: boolean },
): Promise<FirstSync> {
  const args = [...CORE_FLAGS, DESK_PROCESS, context.dir, centre.url, ...(how.acting ? ['acting'] : [])]
  const env = { ...process.env, ...CORE_ALLOCATOR }
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env })
  const most = how.watched ? watchMemory(child.pid!) : () => 0
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  const pss = most()
  if (code !== 0) throw new Error(`the desk ended with ${code}`)
  const told = JSON.parse(said) as Omit<FirstSync, 'pss'>
  if (told.rows < least) throw new Error(`the first sync ended with ${told.rows} rows`)
  return { ...told, pss }
}

/**
 * The same rows once more, fewer of them, beside PouchDB and beside the least that better-sqlite3 can do. The two take
 * turns, so that a machine that is slower for a while is so for both.
 */
async function againstPouch(context: BenchContext): Promise<Measured> {
  const id = 'sync.first.pouch'
  const centre = await startBenchCentre(context.dir, POUCH_ROWS)
  let peer: PouchPeer | undefined
  try {
    const bodies = await rowsOf(centre)
    const plain = plainInserts(context, bodies)
    context.log(`sync: plain better-sqlite3 inserts, encrypted, no HTTP, no index: ${Math.round(plain)} rows/s`)
    peer = await startPouchPeer(context.dir, bodies)
    const ours: number[] = []
    const theirs: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const { rows, seconds } = await firstSync(context, centre, POUCH_ROWS, {})
      ours.push(rows / seconds)
      theirs.push(await peer.pull())
      context.log(`sync: first sync ${Math.round(ours.at(-1)!)} rows/s, PouchDB ${Math.round(theirs.at(-1)!)} rows/s`)
    }
    return { id, value: median(ours), peer: 'PouchDB 9', peerValue: median(theirs), n: RUNS }
  } finally {
    peer?.end()
    await centre.end()
  }
}

/** Every request of the demo library's feed, as it goes over the wire. */
async function rowsOf(centre: BenchCentre): Promise<string[]> {
  const headers = { 'Content-Type': 'application/json', 'Desk-Protocol': '1' }
  const body = JSON.stringify({ code: 'RUC-DEMO', deskName: 'peer' })
  const enrolled = (await (await fetch(`${centre.url}/v1/enrol`, { method: 'POST', headers, body })).json()) as {
    token: string
    library: { id: string }
  }
  const rows: string[] = []
  for (let cursor = '', more = true; more;) {
    const feed = `${centre.url}/v1/lib/${enrolled.library.id}/feed?limit=500&cursor=${encodeURIComponent(cursor)}`
    const reply = await fetch(feed, { headers: { ...headers, Authorization: `Bearer ${enrolled.token}` } })
    const page = (await reply.json()) as { rows: { type: string }[]; next: string; more: boolean }
    for (const row of page.rows) if (row.type === 'request') rows.push(JSON.stringify(row))
    cursor = page.next
    more = page.more
  }
  return rows.slice(0, POUCH_ROWS)
}

/** @returns rows a second of one bare table, in transactions of as many rows as a slice of the feed */
function plainInserts(context: BenchContext, bodies: readonly string[]): number {
  const db = openDatabase(join(mkdtempSync(join(context.dir, 'plain-')), 'plain.db'), { key: 'ab'.repeat(32) })
  db.exec('CREATE TABLE row (rid INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT')
  const insert = db.sql('INSERT INTO row (body) VALUES (?)')
  const from = performance.now()
  for (let at = 0; at < bodies.length; at += 100)
    db.write(() => {
      for (const body of bodies.slice(at, at + 100)) insert.run(body)
    })
  const seconds = (performance.now() - from) / 1000
  db.close()
  return bodies.length / seconds
}

/** 500 actions done offline meet 2,000 changes at the centre: seconds until the outbox is empty. */
async function offlineSettle(context: BenchContext, centre: BenchCentre): Promise<{ value: number; n: number }> {
  const desk = await openBenchDesk(context.dir, centre)
  await desk.core.sync.settle()
  const seconds: number[] = []
  for (let run = 0; run < RUNS; run++) {
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
  return { value: median(seconds), n: RUNS }
}
