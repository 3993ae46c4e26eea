/** Holdings and the asking side in the real window: refuse by look-up, forward to a holder, ask for a reader, approve three, with an outage in the middle. */
import { test } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { axeFindings } from './support/axe.ts'
import { launchDesk, type LaunchedDesk } from './support/launch.ts'
import { Stage } from '../support/desk.ts'
import { expect, findRequest, go } from './support/staff.ts'

let desk: LaunchedDesk
const stage = new Stage()
const pictures = join(process.cwd(), 'out', 'test', 'pictures')
test.beforeAll(async () => {
  test.setTimeout(180_000)
  mkdirSync(pictures, { recursive: true })
  await stage.startCentre({ rows: 0 })
  for (const [n, name] of ['周明', '孟晓岚', '何立群'].entries())
    await stage.lever('registration', { name, number: `202610000${n}` })
  desk = await launchDesk({ centre: stage.centre.url, rehearsal: true })
  await desk.page.locator('[id^="row-"]').first().waitFor({ timeout: 60_000 })
})
test.afterAll(async () => {
  await desk?.close()
  await stage.end()
})

const picture = (name: string) => desk.page.screenshot({ path: join(pictures, `holdings-${name}.png`) })

/** The proceedings of figure 3: asked of us, held by others. */
const NOT_OURS = 'HG00003899'
const LENT = 'HG00003898'

test('looked up, answered, forwarded, asked for and approved, with the line cut in the middle', async () => {
  test.setTimeout(180_000)
  const { page } = desk

  // Refuse by look-up: all our copies are out, so "on loan" is proposed with its reason chosen.
  await findRequest(page, LENT)
  const panel = page.getByRole('complementary')
  await expect(panel.locator('[data-holdings="held"]')).toBeVisible()
  await panel.locator('[data-fill="0"]').first().click()
  await expect(panel.getByText('馆藏：').first()).toBeVisible()
  await picture('panel')
  expect(await axeFindings(page)).toEqual([])
  await panel.locator('[data-proposal="OnLoan"]').click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('radio', { name: '已借出' })).toBeChecked()
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'detached' })

  // Forward to a holder found by joint search, begun while the line still stands.
  await findRequest(page, NOT_OURS)
  await expect(panel.locator('[data-holdings="not_held"]')).toBeVisible()
  await expect(panel.locator('[data-proposal="NotHeld"]')).toBeVisible()
  await panel.locator('[data-who-holds]').click()
  await expect(page.locator('[data-search-done="true"]')).toBeVisible()
  const holder = page.locator('[data-forward]').first()
  await picture('search')
  expect(await axeFindings(page)).toEqual([])

  await stage.stopCentre()
  await page.keyboard.press('F9')
  await holder.click()
  await expect(dialog.getByRole('radio', { name: '未收藏' })).toBeChecked()
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'detached' })

  // Ask for a reader and approve three, offline.
  await go(page, 'asking')
  await page.getByRole('radio', { name: '我馆的申请' }).click()
  await page.locator('[data-asking="new"]').click()
  const fields = { title: '万历十五年', author: '黄仁宇', year: '2014', callNumber: 'K248.307/4', readerKey: 'r-7' }
  for (const [name, text] of Object.entries(fields)) await dialog.locator(`[data-field="${name}"]`).fill(text)
  await expect(dialog.locator('[data-asking="send"]')).toBeDisabled()
  await dialog.getByLabel('出借馆（提供馆）').fill('北京大学')
  await dialog.getByRole('button', { name: /^北京大学图书馆/ }).click()
  await picture('form')
  expect(await axeFindings(page)).toEqual([])
  await dialog.locator('[data-asking="send"]').click()
  await dialog.waitFor({ state: 'detached' })
  await expect(page.locator('[data-asked]').filter({ hasText: '万历十五年' })).toBeVisible()

  await page.getByRole('radio', { name: '审批读者' }).click()
  await expect(page.locator('[data-registration]')).toHaveCount(3)
  await picture('readers')
  expect(await axeFindings(page)).toEqual([])
  for (let left = 3; left > 0; left--) {
    await page.locator('[data-approve]').first().click()
    await expect(page.locator('[data-registration]')).toHaveCount(left - 1)
  }

  // The line is back: everything arrives, once.
  await stage.startCentre()
  await page.keyboard.press('F9')
  await page.getByRole('radio', { name: '我馆的申请' }).click()
  await expect(page.locator('[data-asked^="RD"]').filter({ hasText: '万历十五年' })).toHaveCount(1, { timeout: 60_000 })
  const atCentre = (id: string) => stage.rowAtCentre<Record<string, unknown>>('request', id)
  await expect
    .poll(() => atCentre(LENT), { timeout: 60_000 })
    .toMatchObject({ status: 'RetryPossible', reason: 'OnLoan' })
  await expect.poll(() => atCentre(NOT_OURS), { timeout: 60_000 }).toMatchObject({ gone: { reason: 'forwarded' } })
})
