/** The asking library's day in the real window: what came for our readers, the counter, bags gone astray, applicants, the log. */
import { test } from '@playwright/test'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import type { OpArgsOf, OpKind } from '../../electron/contract/ops.contract.ts'
import { actAs } from '../../electron/centre/act.ts'
import { requestRow } from '../../electron/centre/request-row.ts'
import { plantRequests } from '../../electron/centre/seed/plant.ts'
import { axeFindings } from './support/axe.ts'
import { launchDesk, type LaunchedDesk } from './support/launch.ts'
import { Stage } from '../support/desk.ts'
import { expect, go, scanAnswers, scanPile } from './support/staff.ts'
import { resizeWindow, sidewaysOf } from './support/window-size.ts'

let desk: LaunchedDesk
const stage = new Stage()
const folder = mkdtempSync(join(tmpdir(), 'balis-desk-asking-'))
const pictures = join(process.cwd(), 'out', 'test', 'pictures')
const STRAY = 'B-BUCT-1-77'
const LATE = 'HG00009977'
const asked = { copy: '', book: '', open: '', refused: '' }

/** Another library does something. @returns the row it is about */
function play<K extends OpKind>(library: string, kind: K, id: string, args: OpArgsOf<K>): string {
  const done = actAs(stage.centre.centre.db, library, kind, id, args, Date.now())
  if (done.refusal) throw new Error(`${kind}: ${done.refusal.code}`)
  return done.id!
}
const atCentre = (id: string) => stage.rowAtCentre<RequestRow>('request', id)

/** A bag that the courier takes to the wrong door: sent to another library, from another library. */
function astray(): void {
  const [bag, manifest] = [randomUUID(), randomUUID()]
  play('BUCT', 'openBag', bag, { code: STRAY, destination: 'PKU', route: '' })
  play('BUCT', 'closeBag', bag, { seal: 'S-1' })
  play('BUCT', 'openManifest', manifest, { number: 'M-BUCT-1-2026-77', run: '' })
  play('BUCT', 'closeManifest', manifest, { bagIds: [bag] })
  play('BUCT', 'handedOver', manifest, { driver: '张师傅', signature: { strokes: [] }, digest: '0'.repeat(64) })
}

/** A book of ours that another library has kept too long. */
function late(): void {
  const day = 86_400_000
  const fields = { centreNo: 'zx0000000077', title: '借了很久的书', partner: 'BUCT', callNumber: 'K204/2' }
  const row = requestRow({ id: LATE, service: 'loan', appliedAt: Date.now() - 60 * day, fields })
  const out = { status: 'Overdue', stage: 'at_borrower', dueAt: Date.now() - 9 * day } as const
  const volumes = row.volumes.map((one) => ({ ...one, barcode: 'RUC880077', place: 'borrower' as const }))
  plantRequests(stage.centre.centre.db, 'RUC', [{ ...row, ...out, volumes }], true)
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(180_000)
  mkdirSync(pictures, { recursive: true })
  await stage.startCentre({ rows: 0 })
  const work = { year: '2014', supplier: 'PKU', readerKey: 'r-1' }
  const ask = (title: string, more: Pick<OpArgsOf<'requestCreate'>, 'service' | 'callNumber' | 'deliveryMethod'>) =>
    play('RUC', 'requestCreate', randomUUID(), { ...work, title, ...more })
  const copy = { service: 'copy', callNumber: '', deliveryMethod: 'electronic' } as const
  const loan = { service: 'loan', callNumber: 'K248.307/4', deliveryMethod: 'courier' } as const
  Object.assign(asked, { copy: ask('已到的一篇', copy), book: ask('已寄出的书', loan), open: ask('还没答复的一篇', copy), refused: ask('对方没有的书', loan) }) // prettier-ignore
  for (const requestId of [asked.copy, asked.book]) await stage.lever('supplier', { action: 'supply', requestId })
  await stage.lever('supplier', { action: 'decline', requestId: asked.refused, reason: 'NotHeld' })
  await stage.lever('registration', { name: '周明', number: '2026100417' })
  await stage.lever('notice', { kind: 'rules', title: '新的借期规定', text: '自下月起图书借期为 30 天。' })
  astray()
  late()
  const data = join(folder, 'desk')
  // Nothing is held back, and a slow machine's keys still count as a scanner's.
  const settings = JSON.stringify({ holdSeconds: 0, wedgeMaxGapMs: 500, language: 'zh-CN' })
  const cli = join(process.cwd(), 'electron', 'core', 'cli.ts')
  await promisify(execFile)(process.execPath, [cli, 'settings', '--set', settings, '--data', data])
  desk = await launchDesk({ data, centre: stage.centre.url, rehearsal: true })
  await desk.page.locator('[id^="row-"]').first().waitFor({ timeout: 60_000 })
})
test.afterAll(async () => {
  await desk?.close()
  await stage.end()
  rmSync(folder, { recursive: true, force: true })
})

const picture = (name: string) => desk.page.screenshot({ path: join(pictures, `asking-${name}.png`) })
const clean = async (where: string) => {
  expect(await axeFindings(desk.page), where).toEqual([])
}
const part = (name: string) => desk.page.locator(`main [data-segment="${name}"]`).first().click()
/** Fills the one question that is open and sends it. */
async function answer(label: RegExp | null, text = ''): Promise<void> {
  const dialog = desk.page.getByRole('dialog')
  await dialog.waitFor()
  if (label) await dialog.getByLabel(label).fill(text)
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'detached' })
}

test('a copy that came is brought, looked at, passed on and complained about; an answer is pressed for; a refusal goes elsewhere', async () => {
  test.setTimeout(120_000)
  const { page } = desk
  const panel = page.getByRole('complementary')
  await go(page, 'asking')
  await part('requests')
  await page.locator(`[data-asked="${asked.copy}"]`).click()
  await panel.locator('[data-arrived="waits"]').waitFor()
  await clean('our requests')
  await panel.locator('[data-arrived-action="bring"]').click()
  await panel.locator('[data-arrived="here"]').waitFor()
  await panel.locator('[data-arrived-action="look"]').click()
  await page.locator('[data-pdf="ready"]').waitFor({ timeout: 30_000 })
  await picture('look')
  await page.keyboard.press('Escape')
  await panel.locator('[data-arrived-action="message"]').click()
  await expect(page.getByRole('dialog')).toContainText(`${stage.centre.url}/v1/copies/PKU/${asked.copy}/`)
  await picture('message')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await picture('requests')
  await panel.locator('[data-action="notifyReader"]').click()
  await answer(null)
  await expect.poll(async () => (await atCentre(asked.copy)).notified ?? null).not.toBeNull()
  await panel.locator('[data-action="complain"]').click()
  await answer(/哪里有问题/, '第 1 页不清楚')
  await expect.poll(async () => (await atCentre(asked.copy)).complaint).toBe('第 1 页不清楚')

  await part('waiting')
  await expect(page.locator('[data-asked]')).toHaveCount(1)
  await page.locator(`[data-asked="${asked.open}"]`).click()
  await panel.locator('[data-action="chase"]').click()
  await answer(/附一句话/, '读者急用')
  await expect.poll(async () => (await atCentre(asked.open)).chased?.text).toBe('读者急用')
  await panel.locator('[data-action="requestCancel"]').click()
  await answer(null)
  await expect.poll(async () => (await atCentre(asked.open)).status).toBe('Cancelled')

  await part('done')
  await page.locator(`[data-asked="${asked.refused}"]`).click()
  await panel.locator('[data-action="askElsewhere"]').click()
  await expect(page.locator('[data-field="title"]')).toHaveValue('对方没有的书')
  await expect(page.locator('[data-asking="send"]')).toBeDisabled()
  await page.keyboard.press('Escape')
  await part('all')
})

test('a borrowed book arrives, waits for its reader, is lent, brought back and packed home; a stray bag is sent on', async () => {
  test.setTimeout(120_000)
  const { page } = desk
  const { volumes } = await atCentre(asked.book)
  const { barcode, bagId } = volumes[0]!
  const { code } = await stage.rowAtCentre<{ code: string }>('bag', bagId!)
  await go(page, 'courier')
  await part('arrivals')
  await page.getByText(code).first().waitFor()
  await scanPile(page, [STRAY])
  expect(await scanAnswers(page, 'warn')).toContain(STRAY)
  await scanPile(page, [code])
  expect(await scanAnswers(page, 'ok')).toContain(code)
  await scanPile(page, [barcode!])
  await expect.poll(async () => (await atCentre(asked.book)).stage).toBe('at_borrower')
  await clean('arrivals')
  // The stray bag stands in the list once the centre has told whose it is.
  const bags = page.getByRole('list', { name: '到馆的袋子' })
  await bags.getByText(STRAY).click()
  await picture('stray')
  await page.locator('[data-action="forwardBag"]').click()
  await answer(null)
  await expect(bags.getByText(STRAY)).toHaveCount(0)

  await part('pickup')
  const row = page.locator(`[data-borrowed="${asked.book}"]`)
  await row.locator('[data-action="notifyReader"]').click()
  await answer(/在哪里取/, '总服务台 3 架')
  await expect.poll(async () => (await atCentre(asked.book)).notified?.place).toBe('总服务台 3 架')
  await picture('counter')
  await clean('counter')
  for (const [step, place] of [
    ['lentToReader', 'reader'],
    ['returnedByReader', 'borrower'],
  ] as const) {
    // prettier-ignore
    await row.locator(`[data-action="${step}"]`).click()
    await expect.poll(async () => (await atCentre(asked.book)).volumes[0]!.place).toBe(place)
  }
  await part('pack')
  await scanPile(page, [barcode!])
  await page.locator('[data-bag][data-state="open"]').waitFor()
  await expect.poll(async () => (await atCentre(asked.book)).volumes[0]!.place).toBe('bag')

  // What of ours is late is asked back on paper.
  await part('returns')
  await page.locator(`[data-out="${LATE}"]`).waitFor()
  await page.locator('[data-action="remind"]').click()
  await page.getByRole('dialog').locator('[data-pdf="ready"]').waitFor({ timeout: 60_000 })
  await picture('overdue')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await part('pack')

  // A run opened for nothing is void again.
  await page.locator('[data-action="openManifest"]').click()
  await page.locator('[data-action="voidManifest"]').click()
  await page.locator('[data-action="openManifest"]').waitFor()
})

test('an applicant is asked back, answers and is admitted; a training is logged with its papers; a notice is read', async () => {
  test.setTimeout(120_000)
  const { page } = desk
  await go(page, 'asking')
  await part('readers')
  const applicant = page.locator('[data-registration]')
  const id = (await applicant.getAttribute('data-registration'))!
  await page.locator(`[data-ask-back="${id}"]`).click()
  await answer(/要读者补充什么/, '请补充院系')
  await expect(applicant).toHaveAttribute('data-state', 'asked')
  await expect.poll(async () => (await stage.rowAtCentre<{ state: string }>('registration', id)).state).toBe('asked')
  await picture('asked')
  await stage.lever('answer', { id, text: '化学学院' })
  await page.keyboard.press('F9')
  await expect(page.locator(`[data-answer="${id}"]`)).toContainText('化学学院')
  await clean('readers')
  await page.locator(`[data-approve="${id}"]`).click()
  await expect(applicant).toHaveCount(0)

  await part('journal')
  await page.locator('[data-unread="true"]').waitFor()
  await page.locator('[data-read]').click()
  await expect(page.locator('[data-unread="true"]')).toHaveCount(0)
  await page.locator('[data-action="addTraining"]').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('培训名称').fill('馆际互借讲座')
  await dialog.getByLabel('参加人数').fill('45')
  await page.locator('[data-action="addPaper"]').click()
  await dialog.getByLabel('名称', { exact: true }).fill('检索小测')
  await dialog.getByLabel('份数').fill('40')
  await picture('training')
  await clean('training')
  await answer(null)
  await expect(page.locator('[data-training]')).toContainText('检索小测')
  await picture('journal')
  await clean('journal')
})

test('every screen of the asking side in English and dark is clean, and nothing scrolls sideways at 200 %', async () => {
  test.setTimeout(120_000)
  const { page } = desk
  await go(page, 'settings')
  await page.locator('[data-section="look"]').click()
  await page.getByRole('radiogroup').nth(1).getByRole('radio').nth(2).click()
  await page.getByRole('radio', { name: 'English' }).click()
  await expect(page.locator('html[data-theme="dark"][lang="en"]')).toHaveCount(1)
  for (const [width, height, zoom] of [
    [1366, 768, 1],
    [1366, 768, 2],
  ] as const) {
    await resizeWindow(desk, width, height, zoom)
    await go(page, 'asking')
    for (const name of ['requests', 'search', 'readers', 'journal']) {
      await part(name)
      if (name === 'requests') await page.locator(`[data-asked="${asked.copy}"]`).click()
      await picture(`en-${zoom}-${name}`)
      await clean(`${name} at ${zoom}`)
      expect(await sidewaysOf(page), `${name} at ${zoom}`).toBeLessThanOrEqual(0)
      // Where there is no room beside the list, the request lies over it.
      if (name === 'requests' && zoom === 2) {
        await expect(page.getByRole('dialog')).toBeVisible()
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      }
    }
  }
  await resizeWindow(desk, 1366, 768, 1)
})
