/**
 * What goes wrong on a real day is said in the user's words and loses nothing: a file that is no picture, a damaged PDF, a
 * code nobody knows, an empty feeder, a printer that is not there, a centre that is gone.
 */
import { test, type Page } from '@playwright/test'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startCentreProcess, type CentreProcess } from '../demo/centre-process.ts'
import { hasScanimage, saneConfig } from '../devices/sane.ts'
import { launchDesk, type LaunchedDesk } from './support/launch.ts'
import { command, enrolAndSignIn, expect, findRequest, go, scanAnswers, scanCode } from './support/staff.ts'

const COPY = 'HG00003901'
const LOAN = 'HG00003902'
const root = fileURLToPath(new URL('../../', import.meta.url))
const page1 = join(root, 'assets', 'demo', 'flapping-wing-01.jpg')

// Each claim goes on from the one before, as a day does.
test.describe.configure({ mode: 'serial' })

let work: string
let centre: CentreProcess
let sane: Awaited<ReturnType<typeof saneConfig>>
let desk: LaunchedDesk

/** Files the open dialog will answer with: the dialog itself is the system's. */
async function chooseFiles(paths: string[]): Promise<void> {
  await desk.app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths })
  }, paths)
  await command(desk.page, 'copy.import')
}

/** The message of the last failed job beside the page. */
const failure = (page: Page) => page.locator('aside [role="alert"]').first()

test.beforeAll(async () => {
  test.setTimeout(240_000)
  work = await mkdtemp(join(tmpdir(), 'balis-bad-'))
  await chmod(work, 0o755)
  centre = await startCentreProcess(join(work, 'centre'), 20)
  sane = await saneConfig({ backends: ['test'] })
  await chmod(sane.folder, 0o755)
  const settings = {
    holdSeconds: 0,
    language: 'zh-CN',
    wedgeMaxGapMs: 500,
    scan: {
      scannerId: 'sane:test:0',
      source: 'feeder',
      mode: 'grey',
      dpi: 75,
      options: { 'read-return-value': 'SANE_STATUS_NO_DOCS' },
    },
    printerAddresses: ['ipp://127.0.0.1:9/ipp/print'],
    printerId: 'ipp://127.0.0.1:9/ipp/print',
  }
  const cli = join(root, 'electron', 'core', 'cli.ts')
  const args = [cli, 'settings', '--set', JSON.stringify(settings), '--data', join(work, 'desk')]
  await promisify(execFile)(process.execPath, args)
  desk = await launchDesk({
    data: join(work, 'desk'),
    centre: centre.url,
    env: { ...sane.env, BALIS_DESK_CUPS: '' },
    reads: [sane.folder, work],
  })
  await enrolAndSignIn(desk.page, centre)
  for (const id of [COPY, LOAN]) {
    await findRequest(desk.page, id)
    await desk.page.locator('[data-action="accept"]').click()
    await expect(desk.page.locator('[data-action="accept"]')).toHaveCount(0)
  }
})

test.afterAll(async () => {
  await desk?.close()
  await centre?.stop()
  await sane?.dispose()
  await rm(work, { recursive: true, force: true })
})

test('a file that is no picture and a damaged PDF are named, and the good file beside them comes in', async () => {
  const { page } = desk
  const text = join(work, 'notes.jpg')
  const broken = join(work, 'broken.pdf')
  await writeFile(text, 'this is a shopping list, not a picture')
  await writeFile(broken, '%PDF-1.7\nnothing of a PDF follows')
  await findRequest(page, COPY)
  await page.locator('[data-action="scan"]').first().click()
  await chooseFiles([text, page1])
  await expect(page.locator('[data-pages="1"]')).toBeVisible()
  await expect(failure(page)).toContainText('notes.jpg')
  await chooseFiles([broken])
  await expect(failure(page)).toContainText('broken.pdf')
  await expect(page.locator('[data-pages="1"]')).toBeVisible()
})

test('an empty feeder says so and keeps the pages there are', async () => {
  test.skip(!hasScanimage(), 'scanimage is not installed')
  const { page } = desk
  await command(page, 'copy.scan')
  await expect(failure(page)).toContainText('进纸器')
  await expect(page.locator('[data-pages="1"]')).toBeVisible()
})

test('a printer that is not there makes the slip wait, and the log says why', async () => {
  const { page } = desk
  await findRequest(page, LOAN)
  await page.locator('[data-action="printPullSlip"]').first().click()
  await go(page, 'prints')
  const line = page.getByRole('main').getByText(LOAN).first()
  await expect(line).toBeVisible()
  await expect(page.getByRole('main')).toContainText('打印机没有回应')
  // Waiting is not printed: the request is where it was.
  await findRequest(page, LOAN)
  await expect(page.locator(`#row-${LOAN}`)).toContainText('待取书')
})

test('a code nobody knows is refused with what to do, and nothing is bound', async () => {
  const { page } = desk
  await go(page, 'loan')
  await scanCode(page, 'UNKNOWN-4711')
  expect(await scanAnswers(page, 'bad')).toContain('UNKNOWN-4711')
  await scanCode(page, 'BD1:HG00003902:X')
  expect(await scanAnswers(page, 'bad')).not.toBe('')
})

test('without the centre the line says offline, work goes on, and all of it arrives afterwards', async () => {
  const { page } = desk
  await centre.stop()
  await page.keyboard.press('F9')
  await expect(page.locator('[data-truth="connection"]')).toContainText('离线')
  await findRequest(page, COPY)
  await page.keyboard.press('m')
  await page.getByRole('dialog').getByRole('textbox').fill('断网时写的备注')
  await page.getByRole('dialog').locator('[type=submit]').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect(page.locator('[data-truth="waiting"]')).toContainText('1')
  await centre.start()
  await page.keyboard.press('F9')
  await expect(page.locator('[data-truth="connection"]')).toContainText('已连接')
  await expect(page.locator('[data-truth="waiting"]')).toContainText('0')
})
