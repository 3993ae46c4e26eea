/** The queue bent to one's own habits: columns, kept views, many at once, the row's menu, another key. */
import { test } from '@playwright/test'
import type { LaunchedDesk } from './support/launch.ts'
import { expect, go } from './support/staff.ts'
import { launchWithRows } from './support/with-rows.ts'

let desk: LaunchedDesk
test.beforeAll(async () => {
  desk = await launchWithRows()
})
test.afterAll(() => desk?.close())
test.beforeEach(async () => {
  const { page } = desk
  await page.keyboard.press('Escape')
  await go(page, 'queue')
  await page.locator('main').getByRole('button', { name: '全部', exact: true }).click()
})

test('a column is taken away, another put in its place and moved, and the usual ones come back', async () => {
  const { page } = desk
  const heads = page.locator('main [role=columnheader]')
  const shown = async () => (await heads.allTextContents()).map((text) => text.trim()).filter(Boolean)
  const usual = await shown()
  await page.locator('[data-action="columns"]').press('Enter')
  const menu = page.getByRole('dialog', { name: '列' })
  await menu.getByText('经手', { exact: true }).click()
  await expect.poll(shown).not.toContain('经手')
  await menu.getByRole('button', { name: '时限：前移' }).click()
  await expect.poll(async () => (await shown()).indexOf('时限')).toBe(usual.indexOf('时限') - 1)
  await menu.getByRole('button', { name: '恢复默认列' }).click()
  await expect.poll(shown).toEqual(usual)
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
})

test('ordered by library and by due day again, the groups follow', async () => {
  const { page } = desk
  const head = (name: string) => page.locator('main [role=columnheader] button').filter({ hasText: name })
  const group = page.locator('main [role=grid] [role=row]:not([id]) [role=gridcell]').first()
  await expect(group).toHaveText(/到期|明天|今天|逾期/)
  await head('申请馆').click()
  await expect(group).toHaveText(/图书馆/)
  await head('时限').click()
  await expect(group).toHaveText(/到期|明天|今天|逾期/)
})

test('wherever the list is dragged to, its rows are written out within moments and none twice', async () => {
  const { page } = desk
  const grid = page.locator('main [role=grid]')
  const written = () =>
    grid.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect()
      const seen = [...element.querySelectorAll('[role=rowgroup] > [role=presentation]')].filter((row) => {
        const box = row.getBoundingClientRect()
        return box.bottom > top && box.top < bottom
      })
      const places = seen.map((row) => row.querySelector('[aria-rowindex]')?.getAttribute('aria-rowindex') ?? null)
      return { places, coming: places.filter((place) => place === null).length }
    })
  for (const share of [1, 0.5, 0.9, 0, 0.3]) {
    await grid.evaluate(async (element, to) => {
      element.scrollTop = to * element.scrollHeight
      // Looked at once the list has heard of it: before, the rows it leaves are all written out.
      for (let frames = 2; frames > 0; frames--) await new Promise(requestAnimationFrame)
    }, share)
    let places: (string | null)[] = []
    const coming = async () => {
      const now = await written()
      places = now.places
      return now.coming
    }
    await expect.poll(coming, { timeout: 3000 }).toBe(0)
    expect(places.length).toBeGreaterThan(8)
    expect(new Set(places).size).toBe(places.length)
  }
})

test('a search is kept as a view under a name and opened again, and taken away with undo', async () => {
  const { page } = desk
  await page.locator('[data-search]').fill('大学')
  await expect(
    page
      .getByRole('status')
      .filter({ hasText: /\d+ 件/ })
      .first(),
  ).toBeVisible()
  await page.locator('main [role=grid]').focus()
  await page.keyboard.press('v')
  const asking = page.getByRole('dialog')
  await asking.getByRole('textbox').fill('大学的书')
  await page.keyboard.press('Enter')
  await expect(asking).toHaveCount(0)
  const view = page.locator('main').getByRole('button', { name: '大学的书', exact: true })
  await expect(view).toHaveAttribute('aria-pressed', 'true')
  await page.locator('main').getByRole('button', { name: '全部', exact: true }).click()
  await page.locator('[data-search]').fill('')
  await expect(view).toHaveAttribute('aria-pressed', 'false')
  await view.click()
  await expect(page.locator('[data-search]')).toHaveValue('大学')
  await page.getByRole('button', { name: '删除视图“大学的书”' }).click()
  await expect(view).toHaveCount(0)
  await page.locator('[data-search]').fill('')
})

test('many are marked at once, and what could not be done with some of them is said one by one', async () => {
  const { page } = desk
  await page.locator('main [role=grid]').focus()
  await page.keyboard.press('Control+a')
  const marked = page.getByRole('status').filter({ hasText: /^已选 \d+ 件$/ })
  await expect(marked).toBeVisible()
  const n = Number(/\d+/.exec((await marked.textContent()) ?? '')?.[0])
  expect(n).toBeGreaterThan(10)
  await page.locator('[data-command="queue.accept"]').click()
  const outcome = page.getByRole('dialog')
  await expect(outcome).toBeVisible()
  const left = await outcome.locator('[data-left]').count()
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(n)
  await expect(outcome.getByRole('status').first()).toContainText(String(n - left))
  await page.keyboard.press('Enter')
  await expect(outcome).toHaveCount(0)
  await expect(marked).toHaveCount(0)
})

test('the menu of a row offers what its buttons do, by mouse and by keyboard', async () => {
  const { page } = desk
  const row = page.locator('main [role=grid] [role=row][id]').first()
  await row.click({ button: 'right' })
  const menu = page.getByRole('menu')
  await expect(menu.getByRole('menuitem').filter({ hasText: '加备注' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await page.locator('main [role=grid]').focus()
  await page.keyboard.press('Shift+F10')
  await menu.getByRole('menuitem').filter({ hasText: '选择' }).click()
  await expect(page.getByText('已选 1 件')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('已选 1 件')).toHaveCount(0)
})

test('a command takes another key, one that is taken is refused and runs nothing, and the old one comes back', async () => {
  const { page } = desk
  await go(page, 'settings')
  await page.locator('[data-section="keys"]').click()
  const key = page.locator('[data-key-of="queue.claim"]')
  await key.click()
  await page.keyboard.press('n')
  await expect(page.getByRole('status').filter({ hasText: '不能提供' }).first()).toBeVisible()
  await page.keyboard.press('Control+1')
  await expect(page.getByRole('status').filter({ hasText: '收件队列' }).first()).toBeVisible()
  await expect(page.locator('nav [data-place="settings"][aria-current="page"]')).toBeVisible()
  await page.keyboard.press('g')
  await expect(key).toContainText('G')
  await go(page, 'queue')
  await page.locator('main [role=grid]').focus()
  await page.keyboard.press('x')
  await expect(page.locator('[data-command="queue.claim"]')).toContainText('G')
  await page.keyboard.press('Escape')
  await go(page, 'settings')
  await page.getByRole('button', { name: '全部恢复默认' }).click()
  await expect(key).toContainText('C')
})
