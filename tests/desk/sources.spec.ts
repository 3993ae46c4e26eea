/** Pages that come in by other ways than a scanner: printed from another program, written to a folder, pasted, dropped. */
import { test } from '@playwright/test'
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { startCupsd, whyNoCups, type Cups } from '../devices/ipp.ts'
import { missingPrograms, run } from '../devices/programs.ts'
import { axeFindings } from './support/axe.ts'
import { launchDesk, type LaunchedDesk } from './support/launch.ts'
import { command, expect, findRequest, go } from './support/staff.ts'

const COPY = 'HG00003901'
const demo = fileURLToPath(new URL('../../assets/demo/', import.meta.url))
const noCups = whyNoCups(missingPrograms('cupsd', 'lpadmin', 'lp'))

// Each claim goes on from the one before, as a day does.
test.describe.configure({ mode: 'serial' })

let work: string
let desk: LaunchedDesk
let cups: Cups | undefined

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The system's dialog answers with these. */
const answerDialog = (filePaths: string[]) =>
  desk.app.evaluate(({ dialog }, paths) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: paths })
  }, filePaths)

const trayCount = () => desk.page.locator('nav [data-place="tray"]')

test.beforeAll(async () => {
  test.setTimeout(240_000)
  work = await mkdtemp(join(tmpdir(), 'balis-sources-'))
  await chmod(work, 0o755)
  await mkdir(join(work, 'BookEye'))
  await chmod(join(work, 'BookEye'), 0o777)
  desk = await launchDesk({ reads: [work] })
  await desk.page.locator('[id^="row-"]').first().waitFor({ timeout: 60_000 })
})
test.afterAll(async () => {
  await cups?.close()
  await desk?.close()
  await rm(work, { recursive: true, force: true })
})

test('the desk is a printer where its settings say, and shows the one command that adds it', async () => {
  const { page } = desk
  const port = await freePort()
  await go(page, 'settings')
  await page.locator('[data-section="intake"]').click()
  const printer = page.locator('[data-desk-printer]')
  await printer.getByRole('textbox').fill(String(port))
  await page.keyboard.press('Enter')
  await expect(printer.locator('code')).toContainText(`ipp://127.0.0.1:${port}/ipp/print`)
  await expect(page.locator('[data-desk-printer="listening"]')).toBeVisible()
  expect(await axeFindings(desk.page)).toEqual([])
})

test('what a CUPS queue prints comes into the request that lies on the scan desk', async () => {
  test.skip(noCups !== undefined, noCups)
  const { page } = desk
  const line = (await page.locator('[data-desk-printer] code').textContent())!
  cups = await startCupsd()
  const made = await run('sh', ['-c', line], cups.env)
  expect(made.code, made.stderr).toBe(0)
  await findRequest(page, COPY)
  if (await page.locator('[data-action="accept"]').count()) await page.locator('[data-action="accept"]').click()
  await page.locator('[data-action="scan"]').first().click()
  const pdf = await PDFDocument.create()
  for (let i = 1; i <= 3; i++) pdf.addPage([595, 842]).drawText(`sheet ${i}`, { x: 72, y: 700, size: 30 })
  await writeFile(join(work, 'article.pdf'), await pdf.save())
  const sent = await run('lp', ['-d', 'BALIS-Desk', '-t', 'article', join(work, 'article.pdf')], cups.env)
  expect(sent.code, sent.stderr).toBe(0)
  await expect(page.locator('[data-pages="3"]')).toBeVisible()
  await expect(page.locator('[data-toast="ok"]').last()).toContainText(COPY)
})

test('a CAJ file is recognised and leads to printing, step by step', async () => {
  const { page } = desk
  await go(page, 'tray')
  const caj = join(work, '论文.caj')
  await writeFile(caj, 'CAJ\0not for us')
  await answerDialog([caj])
  await command(page, 'tray.import')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('论文.caj')
  await expect(dialog.locator('[data-print-steps] li')).toHaveCount(3)
  await expect(dialog.locator('[data-print-steps]')).toContainText('CAJViewer')
  await expect(dialog.locator('[data-print-steps]')).toContainText('BALIS-Desk')
  expect(await axeFindings(desk.page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
})

test('a file in a watched folder lands in the tray and is given away with one key', async () => {
  const { page } = desk
  await go(page, 'copy')
  if (await page.locator('[data-pages]').count()) await page.getByRole('button', { name: '回到列表' }).click()
  await go(page, 'settings')
  await page.locator('[data-section="intake"]').click()
  await answerDialog([join(work, 'BookEye')])
  await page.locator('[data-action="addFolder"]').click()
  await expect(page.locator('[data-folder="watching"]')).toContainText('BookEye')
  expect(await axeFindings(desk.page)).toEqual([])
  // The other program is still writing: nothing comes in until it is done.
  await copyFile(join(demo, 'flapping-wing-01.jpg'), join(work, 'BookEye', 'scan.tmp'))
  await copyFile(join(demo, 'flapping-wing-02.jpg'), join(work, 'BookEye', 'scan1.jpg'))
  await expect(trayCount()).toContainText('1')
  await go(page, 'tray')
  await expect(page.locator('main [data-pages="1"]')).toBeVisible()
  const first = page.locator('[data-candidate]').first()
  const id = await first.getAttribute('data-candidate')
  expect(await axeFindings(desk.page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-toast="ok"]').last()).toBeVisible()
  await expect(trayCount()).not.toContainText('1')
  await findRequest(page, id!)
  await page.locator('[data-action="scan"]').first().click()
  await expect(page.locator('[data-pages]')).not.toHaveAttribute('data-pages', '0')
})

test('a picture pasted from the clipboard comes in, and undo brings back what was given away', async () => {
  const { page } = desk
  await go(page, 'tray')
  // As out of a screenshot: a picture that lies in no file. (Electron's own clipboard module differs between versions.)
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(300, 400)
    canvas.getContext('2d')!.fillRect(20, 20, 100, 100)
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([await canvas.convertToBlob()], 'image.png', { type: 'image/png' }))
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }))
  })
  await expect(page.locator('[data-bundle]')).toHaveCount(1)
  await expect(page.locator('[data-command="tray.assign"]')).toBeEnabled()
  await page.keyboard.press('1')
  await expect(page.locator('[data-bundle]')).toHaveCount(0)
  await page.keyboard.press('Control+Z')
  await expect(page.locator('[data-bundle]')).toHaveCount(1)
})

test('a PDF and a TIFF of several pages, copied in a file manager and pasted, come in with all their pages', async () => {
  const { page } = desk
  const pdf = await PDFDocument.create()
  for (let i = 1; i <= 2; i++) pdf.addPage([595, 842]).drawText(`pasted ${i}`, { x: 72, y: 700, size: 30 })
  const sheet = (grey: number) =>
    sharp({ create: { width: 300, height: 400, channels: 3, background: { r: grey, g: grey, b: grey } } })
      .png()
      .toBuffer()
  const sheets = await Promise.all([90, 150, 210].map(sheet))
  const tiff = await sharp(sheets, { join: { animated: true } })
    .tiff({ compression: 'lzw' })
    .toBuffer()
  await findRequest(page, COPY)
  if (await page.locator('[data-action="accept"]').count()) await page.locator('[data-action="accept"]').click()
  await page.locator('[data-action="scan"]').first().click()
  const strip = page.locator('main [data-pages]')
  await expect(strip).toBeVisible()
  await expect(page.locator('[data-command="copy.scan"]').first()).toBeEnabled()
  const before = Number(await strip.getAttribute('data-pages'))
  await page.evaluate(
    (files) => {
      const clipboardData = new DataTransfer()
      for (const { name, type, base64 } of files)
        clipboardData.items.add(new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], name, { type }))
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }))
    },
    [
      { name: '论文.pdf', type: 'application/pdf', base64: Buffer.from(await pdf.save()).toString('base64') },
      { name: 'scan.tif', type: 'image/tiff', base64: tiff.toString('base64') },
    ],
  )
  await expect(strip).toHaveAttribute('data-pages', String(before + 5))
})
