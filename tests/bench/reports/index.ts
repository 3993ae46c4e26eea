/** The numbers in the real window over 1,000,000 requests: from a choice to its figures, from a bar to its rows. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openKey } from '../../../electron/core/keys.ts'
import { openDesk } from '../../../db/open.ts'
import { startCentreProcess } from '../../demo/centre-process.ts'
import { launchDesk } from '../../desk/support/launch.ts'
import { enrolAndSignIn, go } from '../../desk/support/staff.ts'
import { settled } from '../ui/settled.ts'
import { percentile, type Measure } from '../line.ts'
import { measureBeside } from './beside.ts'
import { DAY_MS, FACTS, fillFacts, SPAN } from './facts.ts'

const CENTRE_ROWS = 200
const RUNS = 10

export const measure: Measure = async (context) => {
  const { dir, log, wants, found } = context
  if (wants('reports.queue')) found(await measureBeside(context))
  if (!wants('reports.paint', 'reports.drill')) return []
  const data = join(dir, 'desk')
  const centreData = join(dir, 'centre')
  mkdirSync(centreData, { recursive: true })
  const centre = await startCentreProcess(centreData, CENTRE_ROWS)
  try {
    const first = await launchDesk({ data, centre: centre.url })
    await enrolAndSignIn(first.page, centre)
    await settled(first, CENTRE_ROWS)
    await first.close()
    const folder = openDesk(data, openKey(data, false).key)
    fillFacts(folder.db)
    folder.close()
    log(`reports: ${FACTS} facts stand in the database`)
    const desk = await launchDesk({ data, centre: centre.url })
    try {
      await settled(desk, CENTRE_ROWS)
      const { page } = desk
      await go(page, 'numbers')
      await received(page).filter({ hasText: /\d/ }).waitFor({ timeout: 120_000 })
      const paint: number[] = []
      const drill: number[] = []
      for (let run = 0; run < RUNS; run++) {
        // Another first day each time: nothing that was read before can be shown again.
        const from = new Date(Date.now() - (SPAN - 30 - run) * DAY_MS).toISOString().slice(0, 10)
        paint.push(await timed(page, figures, () => page.getByLabel('起', { exact: true }).fill(from)))
        drill.push(
          await timed(page, rowsHead, () =>
            page
              .locator('main li button[aria-pressed]')
              .nth(30 + run)
              .click(),
          ),
        )
      }
      log(`reports: figures ${paint.map(Math.round).join(' ')} ms; rows ${drill.map(Math.round).join(' ')} ms`)
      // The first choice also reads all facts into memory; it is told, the others are the day's work.
      return [
        { id: 'reports.paint', value: percentile(paint.slice(1), 0.5), n: paint.length - 1 },
        { id: 'reports.drill', value: percentile(drill.slice(1), 0.5), n: drill.length - 1 },
      ]
    } finally {
      await desk.close()
    }
  } finally {
    await centre.stop()
  }
}

const figures = 'main [role="region"] .tabular-nums:not(input)'
const rowsHead = 'main aside .min-h-11'
const received = (page: Page) => page.locator(figures).first()

/** From doing something until what stands there is another text, in the page's own clock, ms. */
async function timed(page: Page, selector: string, act: () => Promise<void>): Promise<number> {
  const before = (await page.locator(selector).first().textContent()) ?? ''
  const start = await page.evaluate(() => performance.now())
  await act()
  await page.waitForFunction(
    ([where, old]) => {
      const now = document.querySelector(where!)?.textContent ?? ''
      return now !== '' && now !== old
    },
    [selector, before] as const,
    { polling: 'raf', timeout: 60_000 },
  )
  return (await page.evaluate(() => performance.now())) - start
}
