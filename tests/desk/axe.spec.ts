/** No screen has an axe violation, in either language and either theme; nor at 200 % zoom and at 1180 px. */
import { expect, test } from '@playwright/test'
import { axeFindings } from './support/axe.ts'
import type { LaunchedDesk } from './support/launch.ts'
import { look } from './support/look.ts'
import { go, PLACES } from './support/staff.ts'
import { lostOf, resizeWindow, sidewaysOf } from './support/window-size.ts'
import { launchWithRows } from './support/with-rows.ts'

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
let desk: LaunchedDesk

test.beforeAll(async () => {
  desk = await launchWithRows()
})
test.afterAll(() => desk.close())

for (const language of ['zh-CN', 'en'] as const)
  for (const theme of ['light', 'dark'] as const)
    test(`every place is clean in ${language}, ${theme}`, async () => {
      test.setTimeout(240_000)
      const { page } = desk
      await look(page, language, theme)
      for (const where of PLACES) {
        await go(page, where)
        expect(await axeFindings(page), where).toEqual([])
      }
      for (const section of SECTIONS) {
        await page.locator(`[data-section="${section}"]`).click()
        expect(await axeFindings(page), section).toEqual([])
      }
    })

test('every part of a place is clean', async () => {
  test.setTimeout(240_000)
  const { page } = desk
  for (const place of ['courier', 'numbers', 'prints', 'asking'] as const) {
    await go(page, place)
    const parts = page.locator('main [role="radiogroup"]').first().getByRole('radio')
    for (let nth = 0; nth < (await parts.count()); nth++) {
      const name = await parts.nth(nth).innerText()
      await parts.nth(nth).click()
      await page.screenshot({ path: `out/test/parts/${place}-${nth}.png` })
      expect(await axeFindings(page), `${place}: ${name}`).toEqual([])
    }
  }
})

test('nothing is lost at 1180 px and at 200 % zoom: no place scrolls sideways or keeps a control out of reach', async () => {
  test.setTimeout(120_000)
  const { page } = desk
  for (const [width, height, zoom] of [
    [1180, 760, 1],
    [1366, 768, 2],
  ] as const) {
    await resizeWindow(desk, width, height, zoom)
    for (const where of PLACES) {
      await go(page, where)
      expect(await sidewaysOf(page), `${where} at ${width} px, ${zoom}`).toBeLessThanOrEqual(0)
      expect(await lostOf(page), `${where} at ${width} px, ${zoom}`).toEqual([])
      expect(await axeFindings(page), `${where} at ${width} px, ${zoom}`).toEqual([])
    }
  }
  await resizeWindow(desk, 1366, 768, 1)
})
