/**
 * `npm run demo`: both jobs of a member library's desk, unattended, in the real window with real devices.
 *
 * An article is scanned by SANE from the project's own pages, stamped, compressed and sent; a book is fetched, checked,
 * packed, signed out and taken back, its papers printed by a real IPP printer. In the middle the network goes away and core
 * is killed; afterwards everything has happened once. Leaves PDFs, pictures and report.md in out/demo.
 */
import { execFile } from 'node:child_process'
import { chmod, copyFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startIppEvePrinter } from '../devices/ipp.ts'
import { saneConfig } from '../devices/sane.ts'
import { launchDesk, type LaunchedDesk } from '../desk/support/launch.ts'
import { enrolAndSignIn, go } from '../desk/support/staff.ts'
import { startCentreProcess } from './centre-process.ts'
import { acceptRequest, makeDocument, mendPages, scanPages, sendDocument } from './copy-path.ts'
import { Evidence, sha256Of } from './evidence.ts'
import { takePictures } from './gallery.ts'
import { prepareGlass } from './glass.ts'
import { checkItem, handOver, packAndClose, printBookSlip, printPullSlip, takeBack } from './loan-path.ts'
import { startWitness } from './witness.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const out = join(root, 'out', 'demo')
const COPY = 'HG00003901'
const LOAN = 'HG00003902'
const BARCODE = '00871234'
const LIBRARY = '中国人民大学图书馆'

await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const work = await mkdtemp(join(tmpdir(), 'balis-demo-'))
const evidence = new Evidence(out)
const { step } = { step: evidence.step.bind(evidence) }
let seen: LaunchedDesk | undefined
const closing: (() => Promise<unknown>)[] = [() => rm(work, { recursive: true, force: true })]

/** `npm run desk -- …` on the demo's data folder, before the window opens it. */
async function desk(...args: string[]): Promise<void> {
  const cli = join(root, 'electron', 'core', 'cli.ts')
  await promisify(execFile)(process.execPath, [cli, ...args, '--data', join(work, 'desk')])
}

try {
  const centre = await step('The central service starts with the papers’ libraries and 200 further requests', () =>
    startCentreProcess(join(work, 'centre'), 200),
  )
  closing.push(() => centre.stop())
  const witness = await startWitness(centre)
  const printer = await step('A real IPP printer (ippeveprinter) starts', () => startIppEvePrinter('Demo printer'))
  closing.push(() => printer.close())
  const glass = await prepareGlass()
  closing.push(() => glass.dispose())
  const article = await glass.stack('flapping-wing')
  await glass.lay(article[0]!)
  const sane = await saneConfig({ backends: ['pnm'] })
  closing.push(() => sane.dispose())
  // The window runs as an ordinary user, who must be able to read what is told about the scanner.
  await chmod(sane.folder, 0o755)
  await step('The desk is told of its scanner (SANE pnm) and its printer', () =>
    desk(
      'settings',
      '--set',
      JSON.stringify({
        holdSeconds: 0,
        // Calibrated as for the slowest hand scanner: the machine of a demo may be a busy one.
        wedgeMaxGapMs: 500,
        language: 'zh-CN',
        scan: {
          scannerId: 'sane:pnm:0',
          source: 'flatbed',
          mode: 'grey',
          dpi: 300,
          options: { filename: glass.picture },
        },
        printerAddresses: [printer.uri],
        printerId: printer.uri,
      }),
    ),
  )

  const window = await step('The window opens, sandbox on, as an ordinary user', () =>
    launchDesk({
      data: join(work, 'desk'),
      centre: centre.url,
      env: { ...sane.env, BALIS_DESK_CUPS: '' },
      reads: [glass.folder, sane.folder],
    }),
  )
  closing.push(() => window.close())
  seen = window
  const { page } = window
  await step('The desk is enrolled by a code and 林老师 signs in', () => enrolAndSignIn(page, centre))
  await step(`Copy ${COPY} and loan ${LOAN} are accepted`, async () => {
    await acceptRequest(page, COPY)
    await acceptRequest(page, LOAN)
    await witness.until(COPY, 'accepted', (row) => row.status === 'WillSupply')
    await witness.until(LOAN, 'accepted', (row) => row.status === 'WillSupply')
  })
  await step(`The pull slip of ${LOAN} is printed`, () => printPullSlip(page, LOAN))
  await step(`Two of ${article.length} pages are scanned by SANE`, () =>
    scanPages(page, COPY, glass, article.slice(0, 2)),
  )

  await step('The network goes away', () => centre.stop())
  await step('Core is killed (SIGKILL) and starts again; the pages are there', async () => {
    await window.coreAfter(await window.killCore())
    await page.locator('[data-pages="2"]').waitFor({ timeout: 60_000 })
  })
  await step('The other pages are scanned, one is turned, one deleted', async () => {
    for (const [index, name] of article.slice(2).entries()) {
      await glass.lay(name)
      await page.keyboard.press('F2')
      await page.locator(`[data-pages="${index + 3}"]`).waitFor({ timeout: 60_000 })
    }
    await mendPages(page, glass, article.at(-1)!, article.length)
  })
  await step('The PDF is made, stamped in both languages, and looked at', async () => {
    await makeDocument(page)
    await window.screenshot(join(out, 'copy-document-zh.png'))
  })
  await step('It is sent; without a network it waits', () => sendDocument(page))
  await step('The book is checked three ways and its slip printed', async () => {
    await checkItem(page, LOAN, BARCODE)
    await window.screenshot(join(out, 'loan-check-zh.png'))
    await printBookSlip(page)
  })
  await step('It is packed, the bag sealed, the manifest closed', () => packAndClose(page, BARCODE, 'B20419'))
  await step('The manifest is printed', async () => {
    await page.locator('[data-print="manifest"]').click()
    await page.getByRole('dialog').locator('[data-action="print"]').click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
  await step('The driver signs and takes the bag, still offline', async () => {
    await handOver(page, '张师傅')
    await window.screenshot(join(out, 'courier-handed-over-zh.png'))
  })
  await step('Core is killed once more with everything waiting', async () => {
    await window.coreAfter(await window.killCore())
    await go(page, 'queue')
  })

  await step('The network comes back', () => centre.start())
  const delivered = await step(`${COPY} is 满足 at the centre`, () =>
    witness.until(COPY, 'CopyCompleted', (row) => row.status === 'CopyCompleted', 60_000),
  )
  await step('The centre holds the same bytes', async () => {
    await evidence.keep('delivered.pdf', await witness.blob(delivered.delivery!.sha256))
    const pages = await evidence.checkPdf('delivered.pdf', [COPY, LIBRARY])
    if (pages !== article.length) throw new Error(`delivered ${pages} pages of ${article.length}`)
    if ((await sha256Of(join(out, 'delivered.pdf'))) !== delivered.delivery!.sha256) throw new Error('other bytes')
  })
  await step(`${LOAN} is 已借出 at the centre, once`, async () => {
    const row = await witness.until(LOAN, 'Loaned', (one) => one.status === 'Loaned', 60_000)
    const out = row.history.filter((entry) => entry.event === 'handedOver')
    if (out.length !== 1) throw new Error(`handed over ${out.length} times`)
  })
  await step('The borrower (played by the centre) receives the book and sends it back', async () => {
    await centre.rehearse('borrower', { action: 'receive', requestId: LOAN })
    await centre.rehearse('borrower', { action: 'return', requestId: LOAN })
  })
  await step(`${LOAN} is scanned in and 已归还`, async () => {
    await takeBack(page, BARCODE)
    await witness.until(LOAN, 'LoanCompleted', (row) => row.status === 'LoanCompleted', 30_000)
  })
  await step('What the printer received is kept and valid', async () => {
    const received = await printer.received()
    if (received.length !== 3) throw new Error(`the printer received ${received.length} documents, not 3`)
    for (const [index, name] of ['pull-slip.pdf', 'slip.pdf', 'manifest.pdf'].entries())
      await evidence.keep(name, received[index]!)
    await evidence.checkPdf('pull-slip.pdf', [LOAN])
    await evidence.checkPdf('slip.pdf', [LOAN])
    await evidence.checkPdf('manifest.pdf', [LIBRARY])
  })
  await step('Every screen is pictured in both languages', async () => {
    await takePictures(page, out, 'zh')
    await go(page, 'settings')
    await page.getByRole('radio', { name: 'English' }).click()
    await takePictures(page, out, 'en')
  })
  await copyFile(join(root, 'assets', 'demo', 'LICENSE.md'), join(out, 'LICENSE-of-the-pages.md'))
  await evidence.write(true)
  console.log('demo: every step happened; see out/demo/report.md')
} catch (error) {
  console.error(error)
  // What stood on the screen tells more than the step's name.
  await seen?.screenshot(join(out, 'failed.png')).catch(() => undefined)
  await cp(join(work, 'desk', 'logs'), join(out, 'logs'), { recursive: true }).catch(() => undefined)
  process.exitCode = 1
} finally {
  // What will not end after a failure must not keep the gate waiting.
  const late = new Promise<void>((resolve) => setTimeout(resolve, 20_000).unref())
  for (const close of closing.reverse())
    await Promise.race([close().catch((error: unknown) => console.error(error)), late])
}
process.exit(process.exitCode ?? 0)
