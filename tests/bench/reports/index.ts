/** The numbers in the real window over 1,000,000 requests: from a choice to its figures, from a bar to its rows. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openKey } from '../../../electron/core/keys.ts'
import { OUTCOMES, type Fact } from '../../../electron/domain/statistics/fact.ts'
import { openDesk } from '../../../db/open.ts'
import { putFact } from '../../../db/queries/facts.ts'
import { Dice } from '../../../electron/centre/seed/generator.ts'
import { startCentreProcess } from '../../demo/centre-process.ts'
import { launchDesk } from '../../desk/support/launch.ts'
import { enrolAndSignIn, go } from '../../desk/support/staff.ts'
import { settled } from '../ui/settled.ts'
import { percentile, type Measure } from '../line.ts'

const FACTS = 1_000_000
const CENTRE_ROWS = 200
const RUNS = 10
const SLICE = 20_000
const DAY_MS = 86_400_000
/** The oldest of them was asked for so long before today, days. */
const SPAN = 3650

export const measure: Measure = async ({ dir, log }) => {
  const data = join(dir, 'desk')
  const centreData = join(dir, 'centre')
  mkdirSync(centreData, { recursive: true })
  const centre = await startCentreProcess(centreData, CENTRE_ROWS)
  try {
    const first = await launchDesk({ data, centre: centre.url })
    await enrolAndSignIn(first.page, centre)
    await settled(first, CENTRE_ROWS)
    await first.close()
    fill(data)
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

/** A million requests of ten years straight into the facts: they are what statistics read, whatever made them. */
function fill(data: string): void {
  const desk = openDesk(data, openKey(data, false).key)
  const dice = new Dice(11)
  const today = Math.floor(Date.now() / DAY_MS)
  const partners = Array.from({ length: 100 }, (_, index) => `LIB${index}`)
  for (let at = 0; at < FACTS; at += SLICE)
    desk.db.write(() => {
      for (let n = at; n < at + SLICE; n++) putFact(desk.db, fact(n, dice, today, partners))
    })
  desk.close()
}

function fact(n: number, dice: Dice, today: number, partners: readonly string[]): Fact {
  const loan = dice.chance(0.4)
  const outcome = dice.chance(0.8) ? 'filled' : dice.of(OUTCOMES)
  const applied = today - SPAN + Math.floor((n / FACTS) * SPAN)
  return {
    requestId: `ZZ${String(n).padStart(8, '0')}`,
    service: loan ? 'loan' : 'copy',
    role: 'supplier',
    outcome,
    status: loan ? 'LoanCompleted' : 'CopyCompleted',
    reason: outcome === 'unfilled' ? dice.of(['NotHeld', 'NotOnShelf', 'PoorCondition']) : '',
    partner: dice.of(partners),
    staff: dice.of(['林老师', '王老师', '李老师', '赵老师']),
    kind: loan ? 'book' : 'article',
    subject: dice.of([...'ABCDEFGHIJKNOPQRSTUVXZ']),
    applied,
    finished: outcome === 'open' ? null : applied + dice.below(9),
    volumes: 1,
    pages: loan ? 0 : dice.below(30),
    bytes: loan ? 0 : dice.below(2_000_000),
    selfService: dice.chance(0.1),
    reader: `r${dice.below(40_000)}`,
    work: '',
  }
}
