/** Every screen of the window: how one gets there, and away from it again. */
import type { Page } from '@playwright/test'
import { byPalette, go, PLACES, type PlaceName } from '../desk/support/staff.ts'

export interface Screen {
  readonly name: string
  open(page: Page): Promise<void>
  /** Closes what lies over the place. */
  leave?(page: Page): Promise<void>
  /** Also without work, with very much of it, and when things fail. */
  readonly everyState: boolean
}

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
    everyState: true,
    async open(page) {
      await go(page, place)
      if (place !== 'queue') return
      const row = page.locator('#row-HG00003901')
      const some = page.locator('main [role=grid] [role=row][id]').nth(3)
      if (await row.count()) await row.click()
      else if (await some.count()) await some.click()
    },
  })),
  ...Object.entries(PARTS).flatMap(([place, parts]) =>
    parts.map((part): Screen => ({
      name: `${place}-${part}`,
      everyState: part === parts[0],
      async open(page) {
        await go(page, place as PlaceName)
        if (await segment(page, part).count()) await segment(page, part).click()
      },
    })),
  ),
  ...SECTIONS.map((section): Screen => ({
    name: `settings-${section}`,
    everyState: false,
    async open(page) {
      await go(page, 'settings')
      await page.locator(`[data-section="${section}"]`).click()
    },
  })),
  {
    name: 'queue-search',
    everyState: true,
    async open(page) {
      await go(page, 'queue')
      await page.locator('[data-search]').fill('大学')
      await page.waitForTimeout(250)
    },
    leave: (page) => page.locator('[data-search]').fill(''),
  },
  {
    name: 'queue-nothing-found',
    everyState: false,
    async open(page) {
      await go(page, 'queue')
      await page.locator('[data-search]').fill('没有这本书')
      await page.waitForTimeout(250)
    },
    leave: (page) => page.locator('[data-search]').fill(''),
  },
  {
    name: 'queue-marked',
    everyState: false,
    async open(page) {
      await go(page, 'queue')
      for (const nth of [2, 3, 5])
        await page.locator('main [role=grid] [role=row][id] input').nth(nth).click({ force: true })
    },
    leave: escape,
  },
  {
    name: 'queue-libraries',
    everyState: false,
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
    everyState: false,
    async open(page) {
      await go(page, 'queue')
      await page.locator('[data-action="columns"]').click()
      await page.getByRole('dialog').waitFor()
    },
    leave: escape,
  },
  {
    name: 'palette',
    everyState: false,
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
    everyState: false,
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
    everyState: false,
    async open(page) {
      await byPalette(page, 'app.setUp')
      const dialog = page.getByRole('dialog')
      for (let step = 0; step < nth; step++) await dialog.locator('[data-action="setup-next"]').click()
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
    everyState: false,
    async open(page) {
      await byPalette(page, command)
      await page.getByRole('dialog').waitFor()
    },
    leave: escape,
  })),
  {
    name: 'lesson',
    everyState: false,
    async open(page) {
      await byPalette(page, 'app.practice')
      await page.locator('[data-action="practice-loan"]').click()
      await page.locator('[data-action="practice-go"]').click()
      await page.locator('[data-ringed]').waitFor()
    },
    leave: (page) => page.locator('[data-action="practice-leave"]').click(),
  },
  {
    name: 'help-for-an-error',
    everyState: false,
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
    everyState: false,
    async open(page) {
      await byPalette(page, 'go.parts')
      await page.getByRole('region').first().waitFor()
    },
  },
  {
    name: 'cannot-supply',
    everyState: false,
    async open(page) {
      await go(page, 'queue')
      await page.locator('#row-HG00003900').click()
      await page.locator('[data-action="cannotSupply"]').first().click()
      await page.getByRole('dialog').waitFor()
    },
    leave: escape,
  },
]
