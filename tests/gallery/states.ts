/** The states a desk is shown in: an ordinary day, none of the work, very much of it, a day when things fail, and the doors. */
import type { Page } from '@playwright/test'
import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { acceptRequest } from '../demo/copy-path.ts'
import { startCentreProcess, type CentreProcess } from '../demo/centre-process.ts'
import { launchDesk, type LaunchedDesk } from '../desk/support/launch.ts'
import { startEsclSimulator, type EsclSimulator } from '../devices/escl-simulator.ts'
import { FaultLine } from '../faults/line.ts'
import { byPalette, command, enrolAndSignIn, expect, findRequest, go } from '../desk/support/staff.ts'
import { mountSmallDisk, unmount } from '../support/small-disk.ts'
import { checked, neighbour, ordinaryDay, plantDay, plantLongNames } from './day.ts'

export const STATES = ['normal', 'error', 'empty', 'full', 'doors'] as const
export type State = (typeof STATES)[number]

export interface Stage {
  readonly state: State
  readonly desk: LaunchedDesk
  readonly centre: CentreProcess
  /** Files that the window may be given, and where its own lie. */
  readonly work: string
  /** What stands between desk and centre on the day when things fail. */
  readonly line?: FaultLine
  /** The scanner of that day. */
  readonly scanner?: EsclSimulator
  /** Its data lie on a small disk that can be filled. */
  readonly ownDisk?: boolean
  close(): Promise<void>
}

/** Rows of the full state: more than any member library has open. */
const FULL_ROWS = 30_000
/** Nobody prints there: a printer that is switched off. */
const NO_PRINTER = 'ipp://127.0.0.1:9/ipp/print'
const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * @param dir an empty folder
 * @param pictures where the last picture is left of a day that could not be brought about
 */
export async function stage(state: State, dir: string, pictures = dir): Promise<Stage> {
  const data = join(dir, `centre-${state}`)
  const work = join(dir, `files-${state}`)
  const home = join(dir, `desk-${state}`)
  for (const folder of [data, work, home]) mkdirSync(folder, { recursive: true })
  for (const folder of [dir, work]) chmodSync(folder, 0o755)
  const ends: (() => unknown)[] = []
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  let window: Page | undefined
  try {
    const centre = await startCentreProcess(data, state === 'full' ? FULL_ROWS : state === 'empty' ? 0 : 'living')
    ends.push(() => centre.stop())
    if (state === 'normal') await plantDay(centre)
    if (state === 'full') await plantLongNames(centre)
    const failing: Partial<Stage> = state === 'error' ? await failingThings(centre, home, ends) : {}
    const desk = await launchDesk({
      data: home,
      centre: failing.line?.url ?? centre.url,
      // In rehearsal the desk enrols itself at the demo library, which is never without work.
      rehearsal: state !== 'empty',
      env: { BALIS_DESK_CUPS: '' },
      reads: [dir],
    })
    ends.push(() => desk.close())
    window = desk.page
    const made: Stage = { state, desk, centre, work, ...failing, close }
    if (state === 'empty') await enrolAndSignIn(desk.page, centre, '1 号台', 'PKU')
    else await desk.page.locator('#row-HG00003901, [id^="row-"]').first().waitFor({ timeout: 120_000 })
    // What is still on its way is no picture of very much; the line that tells of it comes a moment after the first rows.
    const coming = desk.page.locator('[data-truth="firstSync"]')
    if (state === 'full') await coming.waitFor({ timeout: 15_000 }).catch(() => undefined)
    await expect(coming).toHaveCount(0, { timeout: 300_000 })
    if (state === 'normal') await ordinaryDay(made)
    if (state === 'error') await badDay(made)
    return made
  } catch (error) {
    await window?.screenshot({ path: join(pictures, `stopped-${state}.png`) }).catch(() => undefined)
    await close()
    throw error
  }
}

/** A line that can be cut, a scanner that can jam, a printer that is off, and a disk that can be filled where one may be mounted. */
async function failingThings(centre: CentreProcess, home: string, ends: (() => unknown)[]) {
  const ownDisk = mountSmallDisk(home, 256)
  if (ownDisk) ends.push(() => unmount(home))
  const line = new FaultLine(centre.url)
  await line.open()
  ends.push(() => line.close())
  const names = [1, 2, 3, 4].map((nth) => `flapping-wing-0${nth}.jpg`)
  const pictures = await Promise.all(names.map((name) => readFile(join(root, 'assets', 'demo', name))))
  const scanner = await startEsclSimulator({ pictures, name: 'fi-7160' })
  ends.push(() => scanner.close())
  const settings = {
    scannerAddresses: [scanner.url],
    scan: { scannerId: `escl:${scanner.url}`, source: 'feeder', mode: 'grey', dpi: 300 },
    printerAddresses: [NO_PRINTER],
    printerId: NO_PRINTER,
  }
  const args = ['electron/core/cli.ts', 'settings', '--set', JSON.stringify(settings), '--data', home]
  await promisify(execFile)(process.execPath, args, { cwd: root })
  return { line, scanner, ownDisk }
}

/** Work goes on without the centre, another desk is first meanwhile; back on line somebody has to decide, then the line is cut again. */
async function badDay({ desk, centre, line }: Stage): Promise<void> {
  const { page } = desk
  await checked(page, 'HG00003902', '00871234')
  await acceptRequest(page, 'HG00003901')
  await scanned(page)
  await cut(page, line!)
  await acceptRequest(page, 'HG00003900')
  const other = await neighbour(centre, 'RUC', 'wang')
  await other.push([other.op('cannotSupply', 'HG00003900', { reason: 'NotOnShelf' })])
  line!.plan = () => null
  await byPalette(page, 'app.syncNow')
  await expect(page.locator('[data-truth="refused"], [data-truth="toDecide"]')).toContainText('1')
  await cut(page, line!)
  for (const id of ['HG00003898', 'HG00003899']) await acceptRequest(page, id)
  await findRequest(page, 'HG00003898')
  await page.locator('[data-action="printPullSlip"]').first().click()
  await go(page, 'prints')
  await expect(page.getByRole('main')).toContainText('打印机没有回应')
  await page.locator('[data-search]').fill('')
  await go(page, 'queue')
}

/** The request that is open is scanned: all there is in the feeder. */
async function scanned(page: Page): Promise<void> {
  await page.locator('[data-action="scan"]').first().click()
  await command(page, 'copy.scan')
  await expect(page.locator('[data-pages="4"]')).toBeVisible({ timeout: 120_000 })
  await expect(page.locator('[data-command="copy.send"]').first()).toBeEnabled({ timeout: 120_000 })
  await page.locator('[data-search]').fill('')
}

export async function cut(page: Page, line: FaultLine): Promise<void> {
  line.plan = () => ({ kind: 'dropRequest' })
  await byPalette(page, 'app.syncNow')
  await page.locator('[data-truth="connection"][data-state="offline"]').waitFor({ timeout: 40_000 })
}
