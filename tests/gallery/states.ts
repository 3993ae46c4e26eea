/** The states a desk is shown in: an ordinary day, none of the work, very much of it, and a day when things fail. */
import type { Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { acceptRequest } from '../demo/copy-path.ts'
import { startCentreProcess, type CentreProcess } from '../demo/centre-process.ts'
import { launchDesk, type LaunchedDesk } from '../desk/support/launch.ts'
import { paperCode } from '../../electron/domain/codes.ts'
import { WireDesk } from '../../electron/centre/conformance/client.ts'
import {
  byPalette,
  command,
  enrolAndSignIn,
  expect,
  findRequest,
  go,
  scanAnswers,
  STAFF,
} from '../desk/support/staff.ts'

export const STATES = ['normal', 'error', 'empty', 'full', 'doors'] as const
export type State = (typeof STATES)[number]

export interface Stage {
  readonly desk: LaunchedDesk
  readonly centre: CentreProcess
  close(): Promise<void>
}

/** Rows of the full state: more than any member library has open. */
const FULL_ROWS = 30_000

export async function stage(state: State, dir: string): Promise<Stage> {
  const data = join(dir, `centre-${state}`)
  mkdirSync(data, { recursive: true })
  const centre = await startCentreProcess(data, state === 'full' ? FULL_ROWS : state === 'empty' ? 0 : 'living')
  const desk = await launchDesk({
    data: join(dir, `desk-${state}`),
    centre: centre.url,
    // In rehearsal the desk enrols itself at the demo library, which is never without work.
    rehearsal: state !== 'empty',
    env: { BALIS_DESK_CUPS: '' },
  })
  const close = async () => {
    await desk.close()
    await centre.stop()
  }
  try {
    if (state === 'empty') await enrolAndSignIn(desk.page, centre, '1 号台', 'PKU')
    else await desk.page.locator('#row-HG00003901, [id^="row-"]').first().waitFor({ timeout: 120_000 })
    // What is still on its way is no picture of very much.
    await expect(desk.page.locator('[data-truth="firstSync"]')).toHaveCount(0, { timeout: 300_000 })
    if (state === 'normal' || state === 'error') await ordinaryDay(desk.page)
    if (state === 'error') await badDay(desk.page, centre, data)
    return { desk, centre, close }
  } catch (error) {
    await desk.page.screenshot({ path: join(dir, 'stopped.png') }).catch(() => undefined)
    await close()
    throw error
  }
}

/** A copy scanned and waiting for a look, a book checked and in its bag, a few accepted. */
async function ordinaryDay(page: Page): Promise<void> {
  await acceptRequest(page, 'HG00003902')
  await go(page, 'loan')
  await enterCode(page, paperCode('HG00003902'))
  await scanAnswers(page, 'plain')
  await enterCode(page, '00871234')
  await scanAnswers(page, 'ok')
  await go(page, 'courier')
  await enterCode(page, '00871234')
  await scanAnswers(page, 'ok')
  await acceptRequest(page, 'HG00003897')
  await acceptRequest(page, 'HG00003901')
  await page.locator('[data-action="scan"]').first().click()
  await command(page, 'copy.scan')
  await expect(page.locator('[data-pages]')).toBeVisible({ timeout: 60_000 })
  // The whole stack is through when a file can be made of it.
  await expect(page.locator('[data-command="copy.send"]').first()).toBeEnabled({ timeout: 120_000 })
  await page.locator('[data-search]').fill('')
  // Pictures without messages of a moment ago.
  await expect(page.locator('[data-toast]')).toHaveCount(0)
}

/** Codes are typed into their field here: a busy machine types slower than any scanner. */
async function enterCode(page: Page, code: string): Promise<void> {
  const field = page.locator('main [data-scan-code]').first()
  await field.fill(code)
  await field.press('Enter')
}

/** The line is cut, work goes on, another desk is first meanwhile; back on line somebody has to decide, then the line is cut again. */
async function badDay(page: Page, centre: CentreProcess, data: string): Promise<void> {
  await centre.stop()
  await acceptRequest(page, 'HG00003900')
  // The same centre at an address of which this desk knows nothing.
  const elsewhere = await startCentreProcess(data, 'living')
  await otherDeskDeclines(elsewhere, 'HG00003900')
  await elsewhere.stop()
  await centre.start()
  await byPalette(page, 'app.syncNow')
  await expect(page.locator('[data-truth="refused"], [data-truth="toDecide"]')).toContainText('1')
  await centre.stop()
  for (const id of ['HG00003898', 'HG00003899']) await acceptRequest(page, id)
  await findRequest(page, 'HG00003899')
  await page.locator('[data-search]').fill('')
  await go(page, 'queue')
  await expect(page.locator('[data-truth="connection"]')).toHaveClass(/text-amber/)
}

async function otherDeskDeclines({ url, rehearse }: CentreProcess, id: string): Promise<void> {
  const { code } = (await rehearse('enrol-code', { library: 'RUC' })) as { code: string }
  const other = new WireDesk(url)
  await other.enrol(code, '2 号台')
  await other.signIn('ruc-wang', STAFF.password)
  await other.push([other.op('cannotSupply', id, { reason: 'NotOnShelf' })])
}
