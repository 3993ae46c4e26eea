/** ui.start: from starting the program to a usable queue at 10,000 requests, against an empty Electron window. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startCentreProcess } from '../../demo/centre-process.ts'
import { launchDesk, type LaunchedDesk } from '../../desk/support/launch.ts'
import { enrolAndSignIn } from '../../desk/support/staff.ts'
import { median, type BenchContext, type Measured } from '../line.ts'
import { settled } from './settled.ts'

const ROWS = 10_000
const RUNS = 10
const EMPTY_APP = fileURLToPath(new URL('empty-app', import.meta.url))

async function timed(
  launch: () => Promise<LaunchedDesk>,
  ready: (desk: LaunchedDesk) => Promise<void>,
): Promise<number> {
  const began = performance.now()
  const desk = await launch()
  await ready(desk)
  const took = performance.now() - began
  await desk.close()
  return took
}

// Both are asked in every frame: a locator that waits looks again after up to half a second.

/** A queue is usable when its first request stands there and the search field has taken a key. */
async function queueIsUsable({ page }: LaunchedDesk): Promise<void> {
  await page.waitForFunction(() => document.querySelector('main [id^="row-"]:not([id^="row-wait-"])') !== null)
  await page.keyboard.press('/')
  await page.waitForFunction(() => document.activeElement?.matches('input[data-search]'))
}

async function isReady({ page }: LaunchedDesk): Promise<void> {
  await page.waitForFunction(() => document.querySelector('main')?.textContent === 'ready')
}

export async function measureStart({ dir, log }: BenchContext): Promise<Measured> {
  const data = join(dir, 'desk')
  const centreData = join(dir, 'centre')
  mkdirSync(centreData, { recursive: true })
  const centre = await startCentreProcess(centreData, ROWS)
  try {
    log(`first sync of ${ROWS} requests`)
    const first = await launchDesk({ data, centre: centre.url })
    await enrolAndSignIn(first.page, centre)
    await settled(first, ROWS)
    await first.close()

    const desk: number[] = []
    const empty: number[] = []
    // In turn, so that a machine that slows down slows both; the first pair only warms the disk's cache.
    for (let run = 0; run <= RUNS; run++) {
      const emptyMs = await timed(() => launchDesk({ app: EMPTY_APP }), isReady)
      const deskMs = await timed(() => launchDesk({ data, centre: centre.url }), queueIsUsable)
      if (run === 0) continue
      empty.push(emptyMs)
      desk.push(deskMs)
      log(`run ${run}: desk ${Math.round(deskMs)} ms, empty window ${Math.round(emptyMs)} ms`)
    }
    return { id: 'ui.start', value: median(desk), peer: 'empty Electron window', peerValue: median(empty), n: RUNS }
  } finally {
    await centre.stop()
  }
}
