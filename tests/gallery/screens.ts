/** Every screen of the window: how one gets there, and away from it again. What is seen only when things fail: failures.ts. */
import type { Page } from '@playwright/test'
import { byPalette, dialogOf, go, PLACES, showRow, type PlaceName } from '../desk/support/staff.ts'
import type { State } from './states.ts'

export interface Screen {
  readonly name: string
  open(page: Page): Promise<void>
  /** Closes what lies over the place. */
  leave?(page: Page): Promise<void>
  /** Beside the ordinary day. */
  readonly also: readonly State[]
}

/** Also without work, with very much of it, and when things fail. */
const EVERY: readonly State[] = ['error', 'empty', 'full']
const DAY: readonly State[] = []

const SECTIONS = [
  'look',
  'keys',
  'centre',
  'scanner',
  'intake',
  'printer',
  'slips',
  'document',
  'rules',
  'catalogue',
  'wedge',
  'safety',
  'update',
  'about',
] as const
const PARTS: Partial<Record<PlaceName, readonly string[]>> = {
  courier: ['pack', 'handoff', 'arrivals', 'returns', 'pickup', 'anomalies', 'settlement'],
  asking: ['requests', 'search', 'readers', 'journal'],
  numbers: ['overview', 'delivery', 'loan', 'month', 'pause'],
  refused: ['refused', 'outbox'],
}

const escape = (page: Page) => page.keyboard.press('Escape')

/** Pages, lists and previews are there: what still waits shows a skeleton, and a skeleton is no picture of a place. */
export async function drawn(page: Page): Promise<void> {
  await page
    .waitForFunction(() => document.querySelectorAll('[data-skeleton]').length === 0, undefined, { timeout: 5000 })
    // A place that waits for something that never comes (a centre that is away) is shown waiting.
    .catch(() => undefined)
  await page.waitForTimeout(120)
}

const segment = (page: Page, name: string) => page.locator(`main [data-segment="${name}"]`).first()

export const SCREENS: readonly Screen[] = [
  ...PLACES.filter((place) => PARTS[place] === undefined).map((place): Screen => ({
    name: place,
    also: EVERY,
    async open(page) {
      await go(page, place)
      if (place !== 'queue') return
      const row = page.locator('#row-HG00003901')
      const some = page.locator('main [role=grid] [role=row][id]').nth(3)
      if (await row.count()) await row.click()
      else if ((await page.locator('aside [data-action]').count()) === 0 && (await some.count())) await some.click()
    },
  })),
  ...Object.entries(PARTS).flatMap(([place, parts]) =>
    parts.map((part): Screen => ({
      name: `${place}-${part}`,
      also: EVERY,
      async open(page) {
        await go(page, place as PlaceName)
        if (await segment(page, part).count()) await segment(page, part).click()
      },
    })),
  ),
  ...SECTIONS.map((section): Screen => ({
    name: `settings-${section}`,
    also:
      section === 'centre' || section === 'scanner' || section === 'printer' || section === 'safety' ? ['error'] : DAY,
    async open(page) {
      await go(page, 'settings')
      await page.locator(`[data-section="${section}"]`).click()
    },
  })),
  {
    name: 'queue-search',
    also: EVERY,
    async open(page) {
      await go(page, 'queue')
      await page.locator('[data-search]').fill('大学')
      await page.waitForTimeout(250)
    },
    leave: (page) => page.locator('[data-search]').fill(''),
  },
  {
    name: 'queue-nothing-found',
    also: DAY,
    async open(page) {
      await go(page, 'queue')
      await page.locator('[data-search]').fill('没有这本书')
      await page.waitForTimeout(250)
    },
    leave: (page) => page.locator('[data-search]').fill(''),
  },
  {
    name: 'queue-marked',
    also: DAY,
    async open(page) {
      await go(page, 'queue')
      for (const nth of [2, 3, 5])
        await page.locator('main [role=grid] [role=row][id] input').nth(nth).click({ force: true })
    },
    leave: escape,
  },
  {
    name: 'queue-libraries',
    also: DAY,
    async open(page) {
      await go(page, 'queue')
      await page.locator('main [role=columnheader] button').nth(1).click()
      await page.locator('main [role=grid] [role=row][id]').nth(2).click({ button: 'right' })
      await page.getByRole('menu').waitFor()
    },
    async leave(page) {
      await page.keyboard.press('Escape')
      await page.locator('main [role=columnheader] button').nth(2).click()
    },
  },
  {
    name: 'queue-columns',
    also: DAY,
    async open(page) {
      await go(page, 'queue')
      await page.locator('[data-action="columns"]').click()
      await page.getByRole('dialog').waitFor()
    },
    leave: escape,
  },
  {
    name: 'palette',
    also: DAY,
    async open(page) {
      await go(page, 'queue')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').fill('文')
      await page.waitForTimeout(250)
    },
    leave: escape,
  },
  {
    name: 'help',
    also: DAY,
    async open(page) {
      await go(page, 'queue')
      await page.locator('main [role=grid]').focus()
      await page.keyboard.press('F1')
      await page.getByRole('dialog').waitFor()
    },
    leave: escape,
  },
  ...(['set-up', 'set-up-scanner', 'set-up-printer', 'set-up-folders'] as const).map((name, nth): Screen => ({
    name,
    also: DAY,
    async open(page) {
      await dialogOf(page, 'app.setUp')
      const dialog = page.getByRole('dialog')
      for (let step = 0; step < nth; step++) {
        await dialog.locator('[data-action="setup-next"]').click()
        await dialog.locator(`li:nth-child(${step + 3})[aria-current="step"]`).waitFor()
      }
      if (name === 'set-up-scanner') {
        await dialog.locator('[data-action="testScan"]').click()
        await dialog.locator('[data-test-page] img').waitFor()
      } else if (name === 'set-up-printer') {
        await dialog.locator('[data-action="testPrint"]').click()
        await dialog.locator('[data-test-print="confirmed"]').waitFor()
      }
    },
    leave: escape,
  })),
  ...(
    [
      ['whats-new', 'app.whatsNew'],
      ['lessons', 'app.practice'],
    ] as const
  ).map(([name, command]): Screen => ({
    name,
    also: DAY,
    async open(page) {
      await dialogOf(page, command)
    },
    leave: escape,
  })),
  {
    name: 'lesson',
    also: DAY,
    async open(page) {
      // From another place, so that the strip leads there.
      await go(page, 'courier')
      await dialogOf(page, 'app.practice')
      await page.locator('[data-action="practice-loan"]').click()
      await page.locator('[data-action="practice-go"]').click()
      await page.locator('[data-ringed]').waitFor()
    },
    leave: (page) => page.locator('[data-action="practice-leave"]').click(),
  },
  {
    name: 'help-for-an-error',
    also: DAY,
    async open(page) {
      await go(page, 'courier')
      await segment(page, 'returns').click()
      await page.locator('main [data-scan-code]').first().fill('00000000')
      await page.keyboard.press('Enter')
      await page.locator('[data-help]').click()
      await page.getByRole('dialog').waitFor()
    },
    leave: escape,
  },
  {
    name: 'parts',
    also: DAY,
    async open(page) {
      await byPalette(page, 'go.parts')
      await page.getByRole('region').first().waitFor()
    },
  },
  {
    name: 'cannot-supply',
    also: DAY,
    async open(page) {
      await go(page, 'queue')
      await (await showRow(page, 'HG00003900')).click()
      await page.locator('[data-action="cannotSupply"]').first().click()
      await page.getByRole('dialog').waitFor()
    },
    leave: escape,
  },
]
