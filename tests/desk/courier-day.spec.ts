/**
 * A day at the courier desk in the real window, by hand scanner: 40 books to 9 libraries checked, packed and signed out
 * on two manifests, the second while the network is away; then 30 returns, three of which do not fit.
 */
import { test } from '@playwright/test'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { BagRow, ManifestRow, RequestRow } from '../../electron/contract/centre.contract.ts'
import { paperCode } from '../../electron/domain/codes.ts'
import { startCentre, type RunningCentre } from '../../electron/centre/server.ts'
import { drawSignature, handOver } from '../demo/loan-path.ts'
import { launchDesk, type LaunchedDesk } from './support/launch.ts'
import { command, expect, go, scanAnswers, scanPile } from './support/staff.ts'

const LIBRARIES = ['PKU', 'THU', 'BNU', 'BUCT', 'USTB', 'BJTU', 'BUPT', 'BUAA', 'NLC'] as const
const BOOKS = 40
/** The first five libraries go in the morning. */
const MORNING = 5

interface Book {
  id: string
  barcode: string
  library: string
}
let desk: LaunchedDesk
let centre: RunningCentre
let port = 0
const books: Book[] = []
const folder = mkdtempSync(join(tmpdir(), 'balis-desk-courier-'))
const pictures = join(process.cwd(), 'out', 'test', 'pictures')

async function openCentre(): Promise<void> {
  centre = await startCentre({
    dataDir: join(folder, 'centre'),
    rehearsal: true,
    borrower: { receiveAfterMs: null, returnAfterMs: null },
    port,
  })
  port = Number(new URL(centre.url).port)
}
async function lever<T>(name: string, body: object): Promise<T> {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  const reply = await fetch(`${centre.url}/rehearsal/${name}`, init)
  if (!reply.ok) throw new Error(`${name}: ${reply.status} ${await reply.text()}`)
  return (await reply.json()) as T
}
const rowOf = async <T>(type: string, id: string) => (await lever<{ row: T }>('row', { type, id })).row
const requestOf = (book: Book) => rowOf<RequestRow>('request', book.id)
const picture = (name: string) => desk.page.screenshot({ path: join(pictures, `courier-${name}.png`) })

/** The hand scanner: no mouse, no waiting for the answer. */
const wedge = (...codes: string[]) => scanPile(desk.page, codes)
/** The number beside the scanning field: how many were taken. */
const figure = () => desk.page.locator('[data-scan-figure]')
const part = (name: string) => desk.page.locator(`[data-segment="${name}"]`).click()

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(180_000)
  mkdirSync(pictures, { recursive: true })
  await openCentre()
  for (let n = 0; n < BOOKS; n++) {
    const library = LIBRARIES[n % LIBRARIES.length]!
    const { requestId } = await lever<{ requestId: string }>('request', { service: 'loan', partner: library, title: `馆藏第 ${n + 1} 种`, callNumber: `I247.5/${100 + n}`, deliveryMethod: 'courier' }) // prettier-ignore
    books.push({ id: requestId, barcode: `RUC70${String(n).padStart(4, '0')}`, library })
  }
  const data = join(folder, 'desk')
  // Nothing is held back, and a slow machine's keys still count as a scanner's.
  const settings = JSON.stringify({ holdSeconds: 0, wedgeMaxGapMs: 500, language: 'zh-CN' })
  const cli = join(process.cwd(), 'electron', 'core', 'cli.ts')
  await promisify(execFile)(process.execPath, [cli, 'settings', '--set', settings, '--data', data])
  desk = await launchDesk({ data, centre: centre.url, rehearsal: true })
  await desk.page.locator(`#row-${books[0]!.id}`).waitFor({ timeout: 60_000 })
})
test.afterAll(async () => {
  await desk.close()
  await centre.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a pile of 40 is checked slip by slip, and a book of another slip is refused', async () => {
  const { page } = desk
  await page.keyboard.press('Control+a')
  await page.keyboard.press('a')
  await expect.poll(async () => (await requestOf(books.at(-1)!)).status).toBe('WillSupply')
  await go(page, 'loan')
  await page.keyboard.press('b')
  await expect(figure()).toHaveText('0')
  const [first, ...rest] = books as [Book, ...Book[]]
  await wedge(paperCode(first.id), first.barcode, paperCode(rest[0]!.id), first.barcode)
  expect(await scanAnswers(page, 'bad')).toContain('不是这本书')
  await wedge(rest[0]!.barcode, ...rest.slice(1).flatMap((book) => [paperCode(book.id), book.barcode]))
  await expect(figure()).toHaveText(String(BOOKS))
  await picture('pile')
})

async function pack(of: readonly Book[], already: number): Promise<void> {
  await go(desk.page, 'courier')
  await part('pack')
  await expect(figure()).toHaveText(String(already))
  await wedge(...of.map((book) => book.barcode))
  await expect(figure()).toHaveText(String(already + of.length))
}
/** The scanner's keys the moment the dialog has left the screen, before anything else can happen there. */
const wedgeWhenGone = (code: string) =>
  desk.page.evaluate((text) => {
    const watch = new MutationObserver(() => {
      if (document.querySelector('[role=dialog]')) return
      watch.disconnect()
      for (const key of [...text, 'Enter'])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    })
    watch.observe(document.body, { childList: true, subtree: true })
  }, code)

/** Scans each bag's label, then its seal; every second label before the dialog of the bag before is quite gone. */
async function sealAll(): Promise<void> {
  const { page } = desk
  const open = page.locator('[data-bag][data-state="open"]')
  const codes = await open.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['bag']!))
  for (const [n, code] of codes.entries()) {
    if (n % 2 === 0) await wedge(paperCode(code))
    await page.getByRole('dialog').filter({ hasText: code }).waitFor()
    await wedge(`FQ${code.slice(-3)}${n}`)
    await expect(page.getByRole('dialog').getByRole('textbox').first()).toHaveValue(`FQ${code.slice(-3)}${n}`)
    const next = codes[n + 1]
    if (next && n % 2 === 0) await wedgeWhenGone(paperCode(next))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').filter({ hasText: code }).waitFor({ state: 'detached' })
  }
  await expect(open).toHaveCount(0)
}

/** Opens a manifest for what is sealed and closes it. @returns its number */
async function closeRun(bags: number): Promise<string> {
  const { page } = desk
  await page.locator('[data-action="openManifest"]').click()
  await expect(page.locator('[data-run-bag]')).toHaveCount(bags)
  await command(page, 'courier.closeManifest')
  await expect(page.locator('[data-signature]')).toBeVisible()
  return (await page.locator('aside h2 .mono').textContent())!.trim()
}

test('the morning run: 5 bags sealed, manifest closed, signed in the panel', async () => {
  const { page } = desk
  await pack(books.filter((book) => LIBRARIES.indexOf(book.library as 'PKU') < MORNING), 0) // prettier-ignore
  await sealAll()
  await picture('sealed')
  await closeRun(MORNING)
  await handOver(page, '张师傅')
  const sent = books.find((book) => book.library === 'PKU')!
  await expect.poll(async () => (await requestOf(sent)).status).toBe('Loaned')
})

test('the network goes: the second run is packed, sealed, closed, scanned out and signed without it', async () => {
  const { page } = desk
  await centre.close()
  await pack(books.filter((book) => LIBRARIES.indexOf(book.library as 'PKU') >= MORNING), 0) // prettier-ignore
  await sealAll()
  await expect(page.locator('[data-truth="connection"]')).toContainText('离线')
  const codes = await page.locator('[data-bag][data-state="closed"]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['bag']!)) // prettier-ignore
  await closeRun(LIBRARIES.length - MORNING)
  await page.locator('[data-action="handoffScreen"]').click()
  await wedge(...codes.map(paperCode))
  await expect(figure()).toHaveText(String(codes.length))
  await page.getByRole('textbox', { name: '司机姓名' }).fill('李师傅')
  await drawSignature(page)
  await picture('handoff')
  await command(page, 'courier.handOver')
  // The receipt stands on the screen, with its code.
  await expect(page.getByRole('dialog')).toBeVisible()
  await picture('receipt')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('back online every book is lent exactly once, on two signed manifests numbered without a gap', async () => {
  const { page } = desk
  await openCentre()
  await page.keyboard.press('F9')
  await expect.poll(async () => (await Promise.all(books.map(requestOf))).filter((row) => row.status === 'Loaned').length).toBe(BOOKS) // prettier-ignore
  const rows = await Promise.all(books.map(requestOf))
  expect(rows.flatMap((row) => row.history.filter((one) => one.event === 'handedOver'))).toHaveLength(BOOKS)
  const bags = await Promise.all([...new Set(rows.map((row) => row.volumes[0]!.bagId!))].map((id) => rowOf<BagRow>('bag', id))) // prettier-ignore
  expect(bags).toHaveLength(LIBRARIES.length)
  const manifests = await Promise.all([...new Set(bags.map((bag) => bag.manifestId!))].map((id) => rowOf<ManifestRow>('manifest', id))) // prettier-ignore
  expect(manifests.map((one) => Number(one.number.split('-').at(-1))).sort()).toEqual([1, 2])
  expect(manifests.map((one) => one.handedOver?.driver).sort()).toEqual(['张师傅', '李师傅'].sort())
  // The signatures are in the desk's own record, as pictures.
  await go(page, 'courier')
  await part('pack')
  await page.locator('[data-action="pastRuns"]').click()
  await expect(page.locator('[data-picture="signature"]')).toHaveCount(2)
  await picture('runs')
  await page.keyboard.press('Escape')
})

test('30 returns by hand scanner: 27 fit, a wrong book, an unknown code and a second return are told to a person', async () => {
  const { page } = desk
  for (const book of books.slice(0, 28)) {
    await lever('borrower', { action: 'receive', requestId: book.id }).catch(() => undefined)
    await lever('borrower', { action: 'return', requestId: book.id })
  }
  await page.keyboard.press('F9')
  const [opened, stray, ...others] = books.slice(0, 28) as [Book, Book, ...Book[]]
  const bag = await rowOf<BagRow>('bag', (await requestOf(opened)).volumes[0]!.bagId!)
  await part('arrivals')
  await expect(page.getByRole('button', { name: bag.code }).first()).toBeVisible()
  await wedge(paperCode(bag.code))
  await expect(page.locator(`[data-bag="${bag.code}"]`)).toBeVisible()
  // A book of another bag, a code nobody knows, and the one that belongs there.
  await wedge(stray.barcode)
  expect(await scanAnswers(page, 'warn')).toContain('不在这个袋里')
  await wedge('XX-998877', opened.barcode)
  // Its one book is here: the bag is settled and leaves the table.
  expect(await scanAnswers(page, 'ok')).toContain('已还回入库')
  await part('returns')
  await wedge(...others.map((book) => book.barcode), others[0]!.barcode)
  await expect(figure()).toHaveText(String(others.length + 1))
  expect(await scanAnswers(page, 'warn')).toContain('对不上')
  await picture('returns')
  await expect.poll(async () => (await Promise.all(books.slice(0, 28).map(requestOf))).filter((row) => row.status === 'LoanCompleted').length).toBe(28) // prettier-ignore

  await part('anomalies')
  await expect(page.locator('[data-anomaly]')).toHaveCount(3)
  await picture('anomalies')
  await page.locator('[data-anomaly]').first().click()
  await page.getByRole('button', { name: '负责人' }).click()
  await page.getByRole('option', { name: '王' }).first().click()
  await page.locator('aside').getByRole('textbox').fill('已问过对方馆，补记。')
  await page.locator('[data-action="resolveAnomaly"]').click()
  await expect(page.locator('[data-anomaly]')).toHaveCount(2)
})

test('the month with the courier counts both runs, bag by bag', async () => {
  const { page } = desk
  await part('settlement')
  await expect(page.locator('[data-line]')).toHaveCount(LIBRARIES.length)
  await expect(page.getByText(`${LIBRARIES.length} 袋 ${BOOKS} 册`)).toBeVisible()
  await picture('settlement')
  // A line leads back to its scans and to what the driver signed.
  await page.locator('[data-line]').first().getByRole('button').click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('内容与司机签名时一致')
  await expect(dialog.locator('[data-signature] polyline')).not.toHaveCount(0)
  await picture('trace')
})
