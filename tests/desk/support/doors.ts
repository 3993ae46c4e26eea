/**
 * What a person meets before the work: the lock, a PIN that is wrong once and too often, a sign-in refused or too long
 * ago, a desk the centre refuses, the recovery key, a database or a key that is lost, a core that does not come up. Each is
 * reached as in life and left again, with what must hold on the way; `see` is called where there is something to look at.
 */
import type { Page } from '@playwright/test'
import { closeSync, existsSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { CentreProcess } from '../../demo/centre-process.ts'
import type { LaunchedDesk } from './launch.ts'
import { expect, go, STAFF } from './staff.ts'

export interface House {
  readonly desk: LaunchedDesk
  readonly centre: CentreProcess
}
export type See = (state: string) => Promise<void>

const PIN = '4071'
const WRONG_PIN = '9182'
const lockScreen = (page: Page) => page.locator('[data-locked]')
const secret = (page: Page, kind: 'pin' | 'password') => lockScreen(page).locator(`[data-secret="${kind}"]`)

async function section(page: Page, name: string): Promise<void> {
  await go(page, 'settings')
  await page.locator(`[data-section="${name}"]`).click()
}

async function lock(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+L')
  await expect(lockScreen(page)).toBeVisible()
  await expect(page.locator('nav')).toHaveCount(0)
  await expect(page.locator('[id^="row-"]')).toHaveCount(0)
}

async function unlock(page: Page, kind: 'pin' | 'password', text: string): Promise<void> {
  await secret(page, kind).fill(text)
  await page.keyboard.press('Enter')
  await expect(lockScreen(page)).toHaveCount(0)
  await expect(page.locator('nav')).toBeVisible()
}

/** The answer to a wrong one: the field is emptied, and says why. */
async function refused(page: Page, kind: 'pin' | 'password', text: string): Promise<void> {
  await secret(page, kind).fill(text)
  await page.keyboard.press('Enter')
  await expect(lockScreen(page).locator('input[type=password]')).toHaveValue('')
  await expect(lockScreen(page).locator('[aria-invalid="true"]')).toBeVisible()
  await expect(page.locator('nav')).toHaveCount(0)
}

/** Five wrong PINs, and the password that opens all the same. */
export async function lockAndPin({ desk: { page } }: House, see: See): Promise<void> {
  await lock(page)
  await see('lock')
  await refused(page, 'password', 'guess')
  await see('lock-refused')
  await unlock(page, 'password', STAFF.password)
  await section(page, 'safety')
  await page.locator('[data-pin]').fill(PIN)
  await page.locator('[data-pin-password]').fill(STAFF.password)
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-pin]')).toHaveValue('')
  await lock(page)
  await see('lock-pin')
  await refused(page, 'pin', WRONG_PIN)
  await see('lock-pin-wrong')
  await unlock(page, 'pin', PIN)
  await lock(page)
  for (let wrong = 1; wrong < 5; wrong++) await refused(page, 'pin', WRONG_PIN)
  await secret(page, 'pin').fill(WRONG_PIN)
  await page.keyboard.press('Enter')
  await expect(secret(page, 'password')).toBeVisible()
  await see('lock-pin-out')
  await unlock(page, 'password', STAFF.password)
}

/** A supervisor takes the place, backs up, and is shown the recovery key; `keep` writes it down for good. */
export async function supervisor({ desk: { page } }: House, see: See, keep: boolean): Promise<void> {
  await section(page, 'centre')
  await page.locator('[data-action="switch"]').click()
  const dialog = page.getByRole('dialog')
  await dialog.locator(`[data-staff="${STAFF.id}"]`).click()
  // Whoever has chosen a name types on.
  await expect(dialog.locator('[data-secret="password"]')).toBeFocused()
  await see('switch')
  await dialog.locator('[data-secret="password"]').fill(STAFF.password)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await page.locator('[data-section="safety"]').click()
  await page.locator('[data-action="backup"]').click()
  await expect(page.locator('[data-newest-backup]')).toBeVisible()
  await page.locator('[data-action="recoveryKey"]').click()
  await expect(page.locator('[data-recovery-key]')).toHaveText(/^([0-9A-Z]{7}-){7}[0-9A-Z]{7}$/)
  await see('recovery-key')
  const done = dialog.locator('[type=submit]')
  await expect(done).toBeDisabled()
  if (!keep) {
    await page.keyboard.press('Escape')
    return expect(dialog).toHaveCount(0)
  }
  await dialog.locator('label', { has: page.locator('input[type=checkbox]') }).click()
  await done.click()
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('[data-action="recoveryKey"]')).toHaveCount(0)
}

/** The centre refuses the device: said where one looks, and mended from the settings and from the lock alike. */
export async function revoked({ desk: { page }, centre }: House, see: See): Promise<void> {
  await centre.rehearse('revoke', {})
  await section(page, 'centre')
  await page.keyboard.press('F9')
  await expect(page.locator('[data-enrol-again]')).toBeVisible()
  // The last line leads there too, and does not ask for a sign-in that would be of no use.
  await go(page, 'queue')
  await page.locator('[data-truth="connection"][data-state="sign_in"]').click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('[data-enrol-again]')).toBeVisible()
  await see('revoked')
  await lock(page)
  await expect(lockScreen(page).locator('[data-enrol-again]')).toBeVisible()
  await see('revoked-locked')
  const { code } = (await centre.rehearse('enrol-code', { library: 'RUC' })) as { code: string }
  await page.locator('[data-enrol-again] input').fill(code)
  await page.locator('[data-enrol-again] [type=submit]').click()
  await expect(page.locator('[data-enrol-again]')).toHaveCount(0)
  await expect(lockScreen(page)).toBeVisible()
  await lockScreen(page).locator(`[data-staff="${STAFF.id}"]`).click()
  await unlock(page, 'password', STAFF.password)
  // The copies made so far know the device that is dead; the next is made within the hour, or by hand.
  await section(page, 'safety')
  const backup = page.locator('[data-action="backup"]')
  await backup.click()
  await expect(backup).toBeEnabled()
}

const OFFLINE_CHOICES = { never: 0, month: 4 }

/** The house allows no sign-in without the centre, and the centre is away. Wants a supervisor at the desk. */
export async function expired({ desk: { page }, centre }: House, see: See): Promise<void> {
  const allow = async (choice: keyof typeof OFFLINE_CHOICES) => {
    await section(page, 'safety')
    await page.locator('[data-setting="offlineSignInDays"] button').click()
    await page.getByRole('option').nth(OFFLINE_CHOICES[choice]).click()
    await expect(page.getByRole('option')).toHaveCount(0)
  }
  await allow('never')
  await centre.stop()
  await lock(page)
  await refused(page, 'password', STAFF.password)
  await see('lock-expired')
  await centre.start()
  await unlock(page, 'password', STAFF.password)
  await allow('month')
}

/** A file of this desk: a rehearsal with a centre of its own has a folder of its own. */
function fileOf({ desk }: House, name: string): string {
  const own = join(desk.data, 'rehearsal', name)
  return existsSync(own) ? own : join(desk.data, name)
}
const restart = (page: Page) => page.locator('[data-action="restartCore"]').click()
/** The core that runs now answers: what stands on the screen may be from the one before. */
async function atWork(page: Page): Promise<void> {
  await section(page, 'look')
  await section(page, 'about')
  await expect(async () => {
    await page.locator('[data-action="examine"]').click()
    await expect(page.locator('[data-checks]')).toBeVisible({ timeout: 10_000 })
  }).toPass({ timeout: 60_000 })
}

/** The database cannot be read any more; the newest backup takes its place. */
export async function damaged(house: House, see: See): Promise<void> {
  const { page, killCore } = house.desk
  const file = openSync(fileOf(house, 'desk.db'), 'r+')
  writeSync(file, Buffer.alloc(65_536, 0x5a), 0, 65_536, 0)
  closeSync(file)
  await killCore()
  const wizard = page.locator('[data-restore="backups"]')
  await expect(wizard.locator('[data-backup]').first()).toHaveAttribute('aria-pressed', 'true')
  await see('restore')
  await wizard.locator('[data-action="restore"]').click()
  await expect(wizard).toHaveCount(0)
  await atWork(page)
  await section(page, 'safety')
  await expect(page.locator('[data-restored]')).toBeVisible()
}

/** The key is gone; the wizard asks for its written form, and takes no other. */
export async function keyLost(house: House, see: See): Promise<void> {
  const { page, killCore } = house.desk
  const key = fileOf(house, 'desk.key')
  renameSync(key, `${key}.away`)
  await killCore()
  const wizard = page.locator('[data-restore="key"]')
  await expect(wizard).toBeVisible()
  await see('restore-key')
  await wizard.locator('input').fill('0000000-'.repeat(8).slice(0, -1))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog').getByRole('alert')).toBeVisible()
  await see('restore-key-wrong')
  renameSync(`${key}.away`, key)
  await restart(page)
  await expect(wizard).toHaveCount(0)
  await atWork(page)
}

/** Core dies again and again, also before it is up: started three times a minute, then said plainly, and started when asked. */
export async function givenUp({ desk: { page, killCore, corePid } }: House, see: See): Promise<void> {
  const dialog = page.getByRole('alertdialog')
  let killed = 0
  await expect(async () => {
    const pid = await corePid().catch(() => killed)
    if (pid !== killed) killed = await killCore()
    expect(await dialog.isVisible()).toBe(true)
  }).toPass({ intervals: [50], timeout: 90_000 })
  await see('core-given-up')
  await restart(page)
  await expect(dialog).toHaveCount(0)
  await atWork(page)
}
