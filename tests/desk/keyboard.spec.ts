/** The day's work without a mouse, a scanner that types, and an input method that composes. */
import { expect, test } from '@playwright/test'
import type { LaunchedDesk } from './support/launch.ts'
import { go, PLACES, showRow } from './support/staff.ts'
import { launchWithRows } from './support/with-rows.ts'

let desk: LaunchedDesk
test.beforeAll(async () => {
  desk = await launchWithRows()
})
test.afterAll(() => desk.close())

/**
 * A hand scanner: its keys do not wait until the page has drawn the one before. (Playwright's `type` does, which on a busy
 * machine is slower than any scanner.)
 */
async function scan(code: string): Promise<void> {
  const keys = await desk.page.context().newCDPSession(desk.page)
  const press = (key: string, text: string) => [
    keys.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text, unmodifiedText: text }),
    keys.send('Input.dispatchKeyEvent', { type: 'keyUp', key }),
  ]
  await Promise.all([...[...code].flatMap((key) => press(key, key)), ...press('Enter', '\r')])
  await keys.detach()
}

const active = () => desk.page.locator('[role="grid"]').getAttribute('aria-activedescendant')

test('J and K move, X marks, Escape clears', async () => {
  const { page } = desk
  await go(page, 'queue')
  await page.locator('[role="grid"]').focus()
  const first = await active()
  await page.keyboard.press('j')
  await expect.poll(active).not.toBe(first)
  await page.keyboard.press('k')
  await expect.poll(active).toBe(first)
  await page.keyboard.press('x')
  await expect(page.getByText('已选 1 件')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('已选 1 件')).toHaveCount(0)
})

test('N asks why, Escape leaves everything as it was and gives the focus back', async () => {
  const { page } = desk
  // A request that nobody has answered yet.
  await (await showRow(page, 'HG00003899')).click()
  await expect(page.locator('[data-action="cannotSupply"]')).toBeVisible()
  await page.locator('[role="grid"]').focus()
  await page.keyboard.press('n')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('[role="grid"]')).toBeFocused()
})

test('a dialog whose button comes to rest while its call goes keeps the keyboard: Escape still leaves it', async () => {
  const { page } = desk
  await (await showRow(page, 'HG00003899')).click()
  await page.locator('[role="grid"]').focus()
  await page.keyboard.press('m')
  await page.getByRole('dialog').getByRole('textbox').fill('书脊破损')
  const submit = page.getByRole('dialog').locator('[type=submit]')
  await submit.focus()
  // As when core takes its time and then refuses.
  await submit.evaluate(async (button: HTMLButtonElement) => {
    button.disabled = true
    for (let n = 0; n < 2; n++) await new Promise((drawn) => requestAnimationFrame(drawn))
    button.disabled = false
  })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('A accepts, and Ctrl+Z takes it back', async () => {
  const { page } = desk
  await (await showRow(page, 'HG00003901')).click()
  await page.locator('[role="grid"]').focus()
  await expect(page.locator('[data-action="accept"]')).toBeVisible()
  await page.keyboard.press('a')
  await expect(page.locator('[data-action="accept"]')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(page.locator('[data-action="accept"]')).toBeVisible()
})

test('every place is reached by its key, and Tab walks all of it', async () => {
  const { page } = desk
  for (const place of PLACES) {
    await go(page, place)
    const seen = new Set<string>()
    for (let step = 0; step < 60; step++) {
      await page.keyboard.press('Tab')
      const where = await page.evaluate(() => {
        const element = document.activeElement
        const box = element?.getBoundingClientRect()
        const name = element?.getAttribute('aria-label') ?? element?.textContent ?? ''
        return {
          key: `${element?.tagName} ${name.slice(0, 40)} ${box?.x} ${box?.y}`,
          main: element?.closest('main') !== null,
        }
      })
      if (where.main) seen.add(where.key)
    }
    expect(seen.size, `${place}: what Tab reaches inside`).toBeGreaterThan(0)
  }
})

test('the palette finds a command by name and runs it', async () => {
  const { page } = desk
  await go(page, 'queue')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('打印记录')
  await page.keyboard.press('Enter')
  await expect(page.locator('nav [data-place="prints"][aria-current="page"]')).toBeVisible()
})

test('a scanner opens a request from anywhere, also with the cursor in the search field, which stays as it was', async () => {
  const { page } = desk
  await go(page, 'prints')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await scan('HG00003902')
  await expect(page.locator('nav [data-place="queue"][aria-current="page"]')).toBeVisible()
  await expect.poll(active).toBe('row-HG00003902')
  // Here the page draws between the keys, and the engine times made keys only then: calibrated as for a slow scanner.
  await go(page, 'settings')
  await page.locator('[data-section="wedge"]').click()
  await page.getByRole('button', { name: '120 毫秒' }).click()
  await go(page, 'queue')
  await page.keyboard.press('/')
  await expect(page.locator('[data-search]')).toBeFocused()
  await scan('HG00003901')
  await expect(page.locator('[data-search]')).toHaveValue('')
  await expect.poll(active).toBe('row-HG00003901')
})

test('a typist in the search field is no scanner, and letters there are no commands', async () => {
  const { page } = desk
  await go(page, 'queue')
  await page.keyboard.press('/')
  await page.keyboard.type('nax', { delay: 180 })
  await expect(page.locator('[data-search]')).toHaveValue('nax')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Escape')
})

test('keys are left alone while an input method composes', async () => {
  const { page } = desk
  await page.locator('[role="grid"]').focus()
  const before = await active()
  await page.evaluate(() => {
    const target = document.activeElement ?? document.body
    for (const key of ['j', 'x', 'n', 'Enter'])
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, isComposing: true }))
  })
  await page.waitForTimeout(300)
  expect(await active()).toBe(before)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByText('已选 1 件')).toHaveCount(0)
})

test('half a word in an input method is not searched for, the whole word is', async () => {
  const { page } = desk
  await go(page, 'queue')
  const rows = page.locator('main [role=grid] [role=row][id]')
  await rows.first().waitFor()
  await page.keyboard.press('/')
  await expect(page.locator('[data-search]')).toBeFocused()
  const keys = await page.context().newCDPSession(page)
  await keys.send('Input.imeSetComposition', { text: 'qqzz', selectionStart: 4, selectionEnd: 4 })
  await expect(page.locator('[data-search]')).toHaveValue('qqzz')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-search]')).toBeFocused()
  await expect(rows.first()).toBeVisible()
  await keys.send('Input.insertText', { text: '没有这个词' })
  await expect(page.locator('main')).toContainText('没有找到“没有这个词”')
  await keys.detach()
  await page.locator('[data-search]').fill('')
  await rows.first().waitFor()
})
