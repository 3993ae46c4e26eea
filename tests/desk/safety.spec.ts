/** Lock and PIN, backup, recovery key and trail under Settings; and a damaged database put back by the wizard. */
import { test } from '@playwright/test'
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchDesk, type LaunchedDesk } from './support/launch.ts'
import { expect, go, STAFF } from './support/staff.ts'

let desk: LaunchedDesk
let folder: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  folder = mkdtempSync(join(tmpdir(), 'balis-safety-'))
  // The app runs as an ordinary user, who must come to its data.
  chmodSync(folder, 0o755)
  desk = await launchDesk({ data: join(folder, 'data') })
  await desk.page.locator('[id^="row-HG"]').first().waitFor({ timeout: 60_000 })
})
test.afterAll(async () => {
  await desk?.close()
  rmSync(folder, { recursive: true, force: true })
})

const section = async () => {
  await go(desk.page, 'settings')
  await desk.page.locator('[data-section="safety"]').click()
}

test('a PIN opens the locked window, a wrong one does not, and nothing of the work is to be seen meanwhile', async () => {
  test.setTimeout(120_000)
  const { page } = desk
  await section()
  await page.locator('[data-pin]').fill('4071')
  await page.locator('[data-pin]').press('Enter')
  // The field is emptied when core has the PIN.
  await expect(page.locator('[data-pin]')).toHaveValue('')
  await page.keyboard.press('Control+Shift+L')
  const screen = page.locator('[data-locked]')
  await expect(screen).toBeVisible()
  await expect(page.locator('nav')).toHaveCount(0)
  await expect(page.locator('[id^="row-HG"]')).toHaveCount(0)
  await screen.locator('[data-secret="pin"]').fill('9182')
  await page.keyboard.press('Enter')
  await expect(screen.locator('[aria-invalid="true"]')).toBeVisible()
  await screen.locator('[data-secret="pin"]').fill('4071')
  await page.keyboard.press('Enter')
  await expect(screen).toHaveCount(0)
  await expect(page.locator('nav')).toBeVisible()
})

test('a supervisor backs up, writes the recovery key down once, and finds the trail whole', async () => {
  test.setTimeout(120_000)
  const { page } = desk
  await go(page, 'settings')
  await page.locator('[data-section="centre"]').click()
  await page.getByRole('button', { name: '换人' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator(`[data-staff="${STAFF.id}"]`).click()
  await dialog.locator('[data-secret="password"]').fill(STAFF.password)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await page.locator('[data-section="safety"]').click()
  await page.locator('[data-action="backup"]').click()
  await expect(page.getByText('已逐页验过')).toBeVisible()

  await page.locator('[data-action="recoveryKey"]').click()
  await expect(page.locator('[data-recovery-key]')).toHaveText(/^([0-9A-Z]{7}-){7}[0-9A-Z]{7}$/)
  const confirm = page.getByRole('dialog').locator('[type=submit]')
  await expect(confirm).toBeDisabled()
  await page.getByRole('dialog').getByText('我已经抄好并核对过').click()
  await confirm.click()
  await expect(page.locator('[data-recovery-key]')).toHaveCount(0)
  await expect(page.locator('[data-action="recoveryKey"]')).toHaveCount(0)

  await page.locator('[data-action="audit"]').click()
  await expect(page.getByText('条全部完整')).toBeVisible()
})

test('a database that cannot be read any more leads to the wizard, and the wizard back to the queue', async () => {
  test.setTimeout(180_000)
  await desk.close()
  const file = openSync(join(folder, 'data', 'rehearsal', 'desk.db'), 'r+')
  writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, 0)
  closeSync(file)
  desk = await launchDesk({ data: join(folder, 'data') })
  const { page } = desk
  const wizard = page.locator('[data-restore="backups"]')
  await wizard.waitFor({ timeout: 60_000 })
  await expect(wizard.locator('[data-backup]').first()).toHaveAttribute('aria-pressed', 'true')
  await wizard.getByRole('button', { name: '恢复这份备份' }).click()
  await page.locator('[id^="row-HG"]').first().waitFor({ timeout: 60_000 })
  await section()
  await expect(page.getByText(/已从 .* 的备份恢复/)).toBeVisible()
})
