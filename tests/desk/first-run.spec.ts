/** What a person meets first and sets once: the set-up's steps, two windows, contrast and motion, and what an update brought. */
import { expect as playwrightExpect, test } from '@playwright/test'
import { launchDesk, type LaunchedDesk } from './support/launch.ts'
import { byPalette, expect, go, showRow } from './support/staff.ts'

let desk: LaunchedDesk
test.beforeAll(async () => {
  test.setTimeout(120_000)
  // Only the rehearsal's own printer: a queue of this machine would take the test slip.
  desk = await launchDesk({ env: { BALIS_DESK_CUPS: '' } })
  await desk.page.locator('[id^="row-"]').first().waitFor({ timeout: 60_000 })
})
test.afterAll(() => desk?.close())

test('the set-up goes from step to step: a page scanned to look at, a slip printed, the folders', async () => {
  test.setTimeout(120_000)
  const { page } = desk
  const pagesBefore = await page.locator('nav [data-place="tray"]').textContent()
  await byPalette(page, 'app.setUp')
  const steps = page.getByRole('dialog')
  const at = steps.locator('[aria-current="step"]')
  const next = steps.locator('[data-action="setup-next"]')
  await expect(at).toContainText('语言与外观')
  await next.click()
  await expect(at).toContainText('扫描仪')
  // The only scanner there is was chosen by itself.
  await expect(steps.locator('[data-action="testScan"]')).toBeEnabled()
  await steps.locator('[data-action="testScan"]').click()
  await expect(steps.locator('[data-test-page] img')).toBeVisible()
  await next.click()
  await expect(at).toContainText('打印机')
  await steps.locator('[data-action="testPrint"]').click()
  await expect(steps.locator('[data-test-print="confirmed"]')).toBeVisible()
  await next.click()
  await expect(at).toContainText('监视文件夹')
  await next.click()
  await expect(steps).toHaveCount(0)
  // The test page went to nobody.
  expect(await page.locator('nav [data-place="tray"]').textContent()).toBe(pagesBefore)
  await go(page, 'prints')
  await expect(page.locator('main').getByText('TEST-0000').first()).toBeVisible()
})

test('with a second window the scan desk lies there, and what is scanned from the queue opens in it', async () => {
  test.setTimeout(120_000)
  const { app, page } = desk
  await go(page, 'queue')
  const coming = app.waitForEvent('window')
  await page.keyboard.press('Control+Shift+n')
  const second = await coming
  await expect(second.locator('nav [data-place="copy"][aria-current="page"]')).toBeVisible()
  await (await showRow(page, 'HG00003901')).click()
  const accept = page.locator('aside [data-action="accept"]')
  await expect(page.locator('aside').getByText('HG00003901').first()).toBeVisible()
  if (await accept.count()) await accept.click()
  await page.locator('aside [data-action="scan"]').first().click()
  await expect(second.locator('main').getByText('HG00003901').first()).toBeVisible()
  await expect(page.locator('nav [data-place="queue"][aria-current="page"]')).toBeVisible()
  // Both are windows of one desk: what one does the other shows.
  await second.bringToFront()
  await go(second, 'queue')
  await expect(await showRow(second, 'HG00003901')).toContainText('待取书')
  const closed = second.waitForEvent('close')
  await go(page, 'settings')
  await page.locator('[data-section="look"]').click()
  await page.getByRole('switch', { name: '两个窗口' }).press('Space')
  await closed
  await expect(page.getByRole('switch', { name: '两个窗口' })).not.toBeChecked()
})

test('high contrast and no motion are set here, or follow the system', async () => {
  const { page } = desk
  await go(page, 'settings')
  await page.locator('[data-section="look"]').click()
  const root = page.locator('html')
  await page.getByRole('radio', { name: '高对比' }).click()
  await expect(root).toHaveAttribute('data-contrast', 'more')
  await page.getByRole('radio', { name: '不动' }).click()
  await expect(root).toHaveAttribute('data-motion', 'none')
  const still = () => page.evaluate(() => getComputedStyle(document.querySelector('main button')!).transitionDuration)
  await playwrightExpect.poll(async () => Number.parseFloat(await still())).toBeLessThan(0.001)
  for (const group of ['对比度', '动画'])
    await page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: '跟随系统' }).click()
  await expect(root).toHaveAttribute('data-contrast', 'usual')
  await page.emulateMedia({ contrast: 'more', reducedMotion: 'reduce' })
  await expect(root).toHaveAttribute('data-contrast', 'more')
  await expect(root).toHaveAttribute('data-motion', 'none')
  await page.emulateMedia({ contrast: null, reducedMotion: null })
})

test('what the versions brought is read from the palette; a first day has no update to tell of', async () => {
  const { page } = desk
  await go(page, 'queue')
  await expect(page.locator('[data-updated]')).toHaveCount(0)
  await byPalette(page, 'app.whatsNew')
  await expect(page.getByRole('dialog').getByRole('listitem')).not.toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
