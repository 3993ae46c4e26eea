/** Lessons of rehearsal: each step knows by itself when it is done; a lesson is left, goes on and ends. */
import { test } from '@playwright/test'
import type { LaunchedDesk } from './support/launch.ts'
import { byPalette, expect, go } from './support/staff.ts'
import { launchWithRows } from './support/with-rows.ts'

let desk: LaunchedDesk
test.beforeAll(async () => {
  desk = await launchWithRows()
})
test.afterAll(() => desk?.close())

const strip = (lesson: string, step: number) => desk.page.locator(`[data-practice="${lesson}"][data-step="${step}"]`)

test('a lesson leads to its place, goes on with what is done and back with what is undone', async () => {
  const { page } = desk
  await page.locator('[data-action="practice"]').click()
  await page.locator('[data-action="practice-copy"]').click()
  await expect(strip('copy', 1)).toBeVisible()
  await page.locator('[data-action="practice-go"]').click()
  await expect(page.locator('aside [data-action="accept"][data-ringed]')).toBeVisible()
  await page.locator('aside [data-action="accept"]').click()
  await expect(strip('copy', 2)).toBeVisible()
  await expect(page.locator('aside [data-action="printPullSlip"][data-ringed]')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(strip('copy', 1)).toBeVisible()
  await page.locator('aside [data-action="accept"]').click()
  await expect(strip('copy', 2)).toBeVisible()
  await page.locator('aside [data-action="printPullSlip"]').click()
  await expect(strip('copy', 3)).toBeVisible()
  await go(page, 'prints')
  await page.locator('[data-action="practice-go"]').click()
  await expect(page.locator('[data-command="copy.scan"][data-ringed]')).toBeVisible()
})

test('it is put away and goes on where it was', async () => {
  const { page } = desk
  await page.locator('[data-action="practice-leave"]').click()
  await expect(page.locator('[data-practice]')).toHaveCount(0)
  await byPalette(page, 'app.practice')
  await page.locator('[data-action="practice-copy"]').click()
  await expect(strip('copy', 3)).toBeVisible()
})

test('its last step ends it, and says what comes next', async () => {
  const { page } = desk
  await byPalette(page, 'app.practice')
  await page.locator('[data-action="practice-undo"]').click()
  await expect(strip('undo', 1)).toBeVisible()
  await page.locator('[data-action="practice-go"]').click()
  await page.locator('aside [data-action="cannotSupply"]').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio').first().click({ force: true })
  await dialog.locator('[type=submit]').click()
  await expect(strip('undo', 2)).toBeVisible()
  await page.locator('[data-undo]').last().click()
  await expect(page.locator('[data-action="practice-next"]')).toBeFocused()
  await page.locator('[data-action="practice-close"]').click()
  await expect(page.locator('[data-practice]')).toHaveCount(0)
  await byPalette(page, 'app.practice')
  await expect(page.locator('[data-lesson="undo"]')).toContainText('已做完')
  await page.keyboard.press('Escape')
})

test('an error leads to what help says about it', async () => {
  const { page } = desk
  await go(page, 'courier')
  await page.locator('main [data-segment="returns"]').click()
  await page.locator('main [data-scan-code]').fill('NOPE1234')
  await page.keyboard.press('Enter')
  await page.locator('[data-help="codes"]').click()
  await expect(page.locator('[data-symptom]').first()).toHaveAttribute('data-symptom', 'codes')
})
