/**
 * One stack through the feeder of a network scanner, in the real window: three requests with their slips, a jam in the
 * middle, a crooked page with a black edge. Every page ends under its own request, straight.
 */
import { test } from '@playwright/test'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startCentreProcess, type CentreProcess } from '../demo/centre-process.ts'
import { startEsclSimulator, type EsclSimulator } from '../devices/escl-simulator.ts'
import { sheetBytes, STACK_DPI, type Sheet } from '../support/scan-stack.ts'
import { axeFindings } from './support/axe.ts'
import { launchDesk, type LaunchedDesk } from './support/launch.ts'
import { command, enrolAndSignIn, expect, go } from './support/staff.ts'

const REQUESTS = ['HG00003901', 'HG00003900', 'HG00003899']
const root = fileURLToPath(new URL('../../', import.meta.url))

// Each claim goes on from the one before, as a day does.
test.describe.configure({ mode: 'serial' })

let work: string
let centre: CentreProcess
let sim: EsclSimulator
let desk: LaunchedDesk
let requests: string[]

test.beforeAll(async () => {
  test.setTimeout(300_000)
  work = await mkdtemp(join(tmpdir(), 'balis-stack-'))
  await chmod(work, 0o755)
  centre = await startCentreProcess(join(work, 'centre'), 40)
  const list = join(root, 'electron', 'core', 'cli.ts')
  requests = REQUESTS
  const [a, b, c] = requests as [string, string, string]
  const sheets: Sheet[] = [
    { page: 1 },
    { slip: a },
    { page: 2 },
    { page: 3, skewDeg: 3, blackEdge: true },
    { slip: b },
    { page: 4 },
    { slip: c },
    { page: 5 },
    { page: 6 },
  ]
  sim = await startEsclSimulator({ pictures: await Promise.all(sheets.map(sheetBytes)), jamAfter: 5 })
  const settings = {
    holdSeconds: 0,
    language: 'zh-CN',
    scannerAddresses: [sim.url],
    scan: { scannerId: `escl:${sim.url}`, source: 'feeder', mode: 'grey', dpi: STACK_DPI },
  }
  const args = [list, 'settings', '--set', JSON.stringify(settings), '--data', join(work, 'desk')]
  await promisify(execFile)(process.execPath, args)
  desk = await launchDesk({ data: join(work, 'desk'), centre: centre.url, reads: [work], env: { BALIS_DESK_CUPS: '' } })
  await enrolAndSignIn(desk.page, centre)
})

test.afterAll(async () => {
  await desk?.close()
  await sim?.close()
  await centre?.stop()
  await rm(work, { recursive: true, force: true })
})

test('a jam pauses the stack, one key goes on, and each request gets its own pages', async () => {
  test.setTimeout(200_000)
  const { page } = desk
  await go(page, 'copy')
  await command(page, 'copy.batch')
  expect(await axeFindings(desk.page)).toEqual([])
  await command(page, 'copy.scan')
  await expect(page.locator('[data-paused]')).toContainText('卡纸', { timeout: 90_000 })
  sim.set({ feeder: 'ok' })
  await page.keyboard.press('F8')
  await expect(page.locator('[data-paused]')).toContainText('进纸器', { timeout: 90_000 })
  await page.locator('[data-paused] button').first().click()
  await expect(page.locator('[data-paused]')).toHaveCount(0)
  for (const [i, id] of requests.entries())
    await expect(page.locator(`[data-segment="${id}"]`)).toContainText(i === 1 ? /\b1\b/ : /\b2\b/)
  await expect(page.locator('[data-segment="none"][data-verdict="tray"]')).toBeVisible()
  expect(await axeFindings(desk.page)).toEqual([])
  if (process.env.BALIS_SHOTS) await desk.screenshot(join(process.env.BALIS_SHOTS, 'batch.png'))
})

test('the crooked page lies straight under its request, can be set by hand and undone by keyboard', async () => {
  test.setTimeout(120_000)
  const { page } = desk
  await page.locator(`[data-segment="${requests[0]}"] button`).click()
  await expect(page.locator('[data-pages="2"]')).toBeVisible()
  await page.locator('[data-pages] button').nth(1).click()
  await page.keyboard.press('e')
  const angle = page.locator('[data-angle]')
  await expect(angle).toHaveValue('-3')
  if (process.env.BALIS_SHOTS) await desk.screenshot(join(process.env.BALIS_SHOTS, 'adjust.png'))
  expect(await axeFindings(desk.page)).toEqual([])
  await page.keyboard.press(']')
  await expect(angle).toHaveValue('-2.9')
  const edge = page.locator('[data-edge="left"]')
  const before = Number(await edge.getAttribute('aria-valuenow'))
  expect(before).toBeGreaterThan(2)
  await edge.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => Number(await edge.getAttribute('aria-valuenow'))).toBeGreaterThan(before)
  await page.locator('body').click({ position: { x: 4, y: 4 } })
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(angle).toHaveValue('-3')
  await expect.poll(async () => Number(await edge.getAttribute('aria-valuenow'))).toBe(before)
  await page.keyboard.press('d')
  await expect(page.locator('[data-pages="3"]')).toBeVisible()
  await page.keyboard.press('d')
  await expect(page.locator('[data-pages="2"]')).toBeVisible()
})

test('pages are marked and moved to the request they belong to by keyboard, and one key brings them back', async () => {
  test.setTimeout(120_000)
  const { page } = desk
  const [, other] = requests as [string, string]
  // The page is no longer being set.
  await page.keyboard.press('e')
  await expect(page.locator('[data-angle]')).toHaveCount(0)
  await page.keyboard.press('x')
  await expect(page.locator('[data-marked="true"]')).toHaveCount(1)
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(other)
  await expect(dialog.locator('[data-move-to]').first()).toHaveAttribute('data-move-to', other)
  await expect(dialog.locator('[data-move-to]')).toHaveCount(2)
  expect(await axeFindings(desk.page)).toEqual([])
  if (process.env.BALIS_SHOTS) await desk.screenshot(join(process.env.BALIS_SHOTS, 'move-pages.png'))
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('[data-pages="1"]')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.locator('[data-pages="2"]')).toBeVisible()
})
