/** What lies over a place has no axe violation, in high contrast and in the dark; at 200 % zoom nothing is out of reach. */
import { expect, test, type Page } from '@playwright/test'
import { axeFindings } from './support/axe.ts'
import type { LaunchedDesk } from './support/launch.ts'
import { look } from './support/look.ts'
import { byPalette, dialogOf, go, showRow } from './support/staff.ts'
import { lostOf, resizeWindow } from './support/window-size.ts'
import { launchWithRows } from './support/with-rows.ts'

let desk: LaunchedDesk

test.beforeAll(async () => {
  desk = await launchWithRows()
})
test.afterAll(() => desk.close())

/** What lies over a place or beside it: how it is opened; Escape closes it again. */
const OVER: readonly [name: string, open: (page: Page) => Promise<unknown>][] = [
  ['cannot supply', (page) => page.locator('aside [data-action="cannotSupply"]').click()],
  ['forward', (page) => page.locator('aside [data-action="forward"]').click()],
  ['further actions', (page) => page.locator('aside [aria-haspopup]').last().click()],
  ['menu of a row', (page) => page.locator('#row-HG00003901').click({ button: 'right' })],
  ['columns', (page) => page.locator('[data-action="columns"]').click()],
  ['many marked', (page) => page.locator('main [role=grid]').press('x')],
  ['open by code', (page) => page.locator('[data-command="queue.scanOpen"]').click()],
  ['keep as a view', (page) => page.locator('main [role=grid]').press('v')],
  ['palette', (page) => page.keyboard.press('Control+k')],
  ['switch user', (page) => dialogOf(page, 'app.switchUser')],
  ['what is new', (page) => dialogOf(page, 'app.whatsNew')],
  ['lessons', (page) => dialogOf(page, 'app.practice')],
]

/** Contrast is chosen last, where the look of the desk is. */
for (const [language, theme, contrast] of [
  ['zh-CN', 'light', '高对比'],
  ['en', 'dark', 'As the system'],
] as const)
  test(`what lies over a place is clean, in ${language}, ${contrast}`, async () => {
    // Thirty overlays, each looked through by axe: on a machine of which most is taken away that is minutes.
    test.setTimeout(480_000)
    const { page } = desk
    await look(page, language, theme)
    await page.getByRole('radio', { name: contrast }).first().click()
    await go(page, 'queue')
    await (await showRow(page, 'HG00003901')).click()
    await expect(page.locator('aside').getByText('HG00003901').first()).toBeVisible()
    if (await page.locator('aside [data-action="accept"]').count()) {
      await page.locator('aside [data-action="accept"]').click()
      await expect(page.locator('aside [data-action="accept"]')).toHaveCount(0)
    }
    for (const [name, open] of OVER) {
      await open(page)
      if (name !== 'many marked') await page.locator('[role=dialog], [role=menu], [role=combobox]').first().waitFor()
      expect(await axeFindings(page), name).toEqual([])
      await page.keyboard.press('Escape')
      await expect(page.locator('[role=dialog], [role=menu]')).toHaveCount(0)
    }
    await dialogOf(page, 'app.help')
    const parts = page.getByRole('dialog').getByRole('radio')
    for (let nth = 0; nth < (await parts.count()); nth++) {
      await parts.nth(nth).click()
      expect(await axeFindings(page), `help, part ${nth + 1}`).toEqual([])
    }
    await page.keyboard.press('Escape')
    await dialogOf(page, 'app.setUp')
    for (let step = 2; step <= 5; step++) {
      await page.locator(`[role=dialog] li:nth-child(${step})[aria-current="step"]`).waitFor()
      expect(await axeFindings(page), `set-up, step ${step}`).toEqual([])
      if (step < 5) await page.locator('[data-action="setup-next"]').click()
    }
    await page.locator('[data-action="setup-later"]').click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.locator('aside [data-action="scan"]').click()
    await page.locator('[data-command="copy.scan"]').first().waitFor()
    expect(await axeFindings(page), 'scan desk').toEqual([])
    await go(page, 'asking')
    await page.locator('main [data-segment="requests"]').click()
    await page.locator('[data-asking="new"]').click()
    await page.getByRole('dialog').waitFor()
    expect(await axeFindings(page), 'a new request').toEqual([])
    await page.keyboard.press('Escape')
    await go(page, 'refused')
    await page.locator('main [data-segment="outbox"]').click()
    expect(await axeFindings(page), 'waiting to be sent').toEqual([])
    await byPalette(page, 'go.parts')
    await page.getByRole('region').first().waitFor()
    expect(await axeFindings(page), 'every part in every state').toEqual([])
  })

test('no part of a place and nothing over one is out of reach at 200 % zoom', async () => {
  test.setTimeout(120_000)
  const { page } = desk
  await resizeWindow(desk, 1366, 768, 2)
  for (const place of ['courier', 'numbers', 'asking', 'refused'] as const) {
    await go(page, place)
    const parts = page.locator('main [role="radiogroup"]').first().getByRole('radio')
    for (let nth = 0; nth < (await parts.count()); nth++) {
      await parts.nth(nth).click()
      expect(await lostOf(page), `${place}, part ${nth + 1}`).toEqual([])
    }
  }
  for (const command of ['app.help', 'app.setUp', 'app.practice']) {
    await dialogOf(page, command)
    expect(await lostOf(page), command).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await resizeWindow(desk, 1366, 768, 1)
})
