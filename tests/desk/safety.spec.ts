/**
 * The doors of the desk: lock and PIN, a sign-in refused or too long ago, a desk the centre refuses, backup, recovery key
 * and trail, a lost database and a lost key. What is seen on the way has no axe violation in either theme; half of the
 * way is gone in English. (`npm run gallery -- --state doors --axe` goes all of it in both languages and at both sizes.)
 */
import { test } from '@playwright/test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCentreProcess, type CentreProcess } from '../demo/centre-process.ts'
import { axeFindings } from './support/axe.ts'
import { damaged, expired, givenUp, keyLost, lockAndPin, revoked, supervisor, type House } from './support/doors.ts'
import { launchDesk, type LaunchedDesk } from './support/launch.ts'
import { inBothThemes, look } from './support/look.ts'
import { expect, go } from './support/staff.ts'

let desk: LaunchedDesk
let centre: CentreProcess
let folder: string
let house: House

// Each claim goes on from the one before.
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(180_000)
  folder = mkdtempSync(join(tmpdir(), 'balis-safety-'))
  // The app runs as an ordinary user, who must come to its data.
  chmodSync(folder, 0o755)
  centre = await startCentreProcess(join(folder, 'centre'), 20)
  const env = { BALIS_DESK_CUPS: '' }
  desk = await launchDesk({ data: join(folder, 'data'), centre: centre.url, rehearsal: true, env })
  house = { desk, centre }
  await desk.page.locator('[id^="row-"]').first().waitFor({ timeout: 60_000 })
})
test.afterAll(async () => {
  await desk?.close()
  await centre?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const see = (state: string) =>
  inBothThemes(desk.page, async (theme) => expect(await axeFindings(desk.page), `${state}, ${theme}`).toEqual([]))

test('a PIN opens the locked window, a wrong one does not, five wrong ones want the password; nothing of the work is seen', async () => {
  test.setTimeout(180_000)
  await lockAndPin(house, see)
})

test('a supervisor backs up, writes the recovery key down once, and finds the trail whole', async () => {
  test.setTimeout(180_000)
  await supervisor(house, see, true)
  await desk.page.locator('[data-action="audit"]').click()
  await expect(desk.page.getByText('条全部完整')).toBeVisible()
})

test('a sign-in without the centre that the house does not allow is refused until the centre is back', async () => {
  test.setTimeout(180_000)
  await expired(house, see)
})

test('a desk the centre has revoked says so, and is enrolled again from its lock screen', async () => {
  test.setTimeout(180_000)
  await look(desk.page, 'en', 'light')
  await revoked(house, see)
})

test('a database that cannot be read any more leads to the wizard, and the wizard back to work', async () => {
  test.setTimeout(180_000)
  await damaged(house, see)
})

test('a lost key is asked for, a wrong one changes nothing, and a core that dies again and again is said plainly', async () => {
  test.setTimeout(180_000)
  await keyLost(house, see)
  await givenUp(house, see)
  await go(desk.page, 'queue')
  await expect(desk.page.locator('[id^="row-"]').first()).toBeVisible()
})
