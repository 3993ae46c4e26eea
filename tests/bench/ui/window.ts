/** The real window at 100,000 requests: search, scrolling, opening a request, and what main does meanwhile. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startCentreProcess } from '../../demo/centre-process.ts'
import { launchDesk, type LaunchedDesk } from '../../desk/support/launch.ts'
import { enrolAndSignIn } from '../../desk/support/staff.ts'
import { median, percentile, type BenchContext, type Measured } from '../line.ts'
import { watchMemory } from '../memory.ts'
import { QUIET_MS, scrollFrames, toPaint } from './in-page.ts'
import { settled } from './settled.ts'

/** The lines measured here, in one window. */
export const WINDOW_LINES = ['ui.search.paint.p95', 'ui.scroll.frame', 'ui.open.p95', 'ui.main.task'] as const

const ROWS = 100_000
const WORDS = ['文', '文化', '图书馆', 'journal', '3902']
/** Of each text; with fewer than twenty the 95th of a hundred would be the longest of all, whatever the machine did then. */
const SEARCHES = 20
const OPENINGS = 24
const SCROLLS = 5
const FRAMES = 90
/** A quick hand on the wheel: about three rows a frame, and a thumb dragged over everything. */
const STEPS = [100, 20_000]
/** Resolution of main's own clock of its event loop, ms: what it adds to every reading. */
const LOOP_CLOCK_MS = 1

export async function measureWindow({ dir, log }: BenchContext, rows = ROWS): Promise<Measured[]> {
  const centreData = join(dir, 'window-centre')
  mkdirSync(centreData, { recursive: true })
  const centre = await startCentreProcess(centreData, rows)
  const desk = await launchDesk({ data: join(dir, 'window-desk'), centre: centre.url })
  try {
    const most = watchMemory(await desk.corePid())
    log(`window: first sync of ${rows} requests`)
    await enrolAndSignIn(desk.page, centre)
    await settled(desk, rows)
    log(`window: core held at most ${Math.round(most())} MB during the first sync of ${rows} requests (goal 250)`)
    await watchMain(desk)
    const { page } = desk
    const times = { search: new Map<string, number[]>(), open: [] as number[] }
    for (let round = 0; round < SEARCHES; round++)
      for (const text of WORDS) {
        const took = await page.evaluate(toPaint, { deed: { search: text }, quiet: QUIET_MS })
        await page.evaluate(toPaint, { deed: { search: '' }, quiet: QUIET_MS })
        if (!Number.isNaN(took)) times.search.set(text, [...(times.search.get(text) ?? []), took])
      }
    for (const [text, took] of times.search) log(`window: ${text} ${took.map(Math.round).join(' ')} ms`)
    for (let nth = 0; nth < OPENINGS; nth++) {
      const took = await page.evaluate(toPaint, { deed: { open: nth + 1 }, quiet: QUIET_MS })
      if (!Number.isNaN(took)) times.open.push(took)
    }
    log(`window: opening a request ${Math.round(median(times.open))} ms in the middle`)
    const longest: number[] = []
    for (let run = 0; run < SCROLLS; run++)
      for (const step of STEPS) longest.push(Math.max(...(await page.evaluate(scrollFrames, { frames: FRAMES, step }))))
    log(`window: longest frames ${longest.map(Math.round).join(' ')} ms`)
    const searches = WORDS.map((text) => times.search.get(text) ?? [])
    return [
      {
        id: 'ui.search.paint.p95',
        value: Math.max(...searches.map((took) => percentile(took, 0.95))),
        n: searches.flat().length,
      },
      { id: 'ui.scroll.frame', value: median(longest), n: longest.length },
      { id: 'ui.open.p95', value: percentile(times.open, 0.95), n: times.open.length },
      { id: 'ui.main.task', value: await longestMainTask(desk), n: 1 },
    ]
  } finally {
    await desk.close()
    await centre.stop()
  }
}

/** From now on main's event loop is watched: how late a timer of a millisecond comes is how long a task took. */
async function watchMain(desk: LaunchedDesk): Promise<void> {
  await desk.app.evaluate((_electron, resolution) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
    const watch = monitorEventLoopDelay({ resolution })
    watch.enable()
    ;(globalThis as { benchLoop?: typeof watch }).benchLoop = watch
  }, LOOP_CLOCK_MS)
}

/** @returns ms */
async function longestMainTask(desk: LaunchedDesk): Promise<number> {
  const most = await desk.app.evaluate(() => {
    const { benchLoop } = globalThis as { benchLoop?: { max: number; disable(): void } }
    benchLoop!.disable()
    return benchLoop!.max / 1e6
  })
  return most - LOOP_CLOCK_MS
}
