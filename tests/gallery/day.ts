/** An ordinary day, so far: what other libraries did before it began, and what was done at the desk since. */
import type { Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OpArgsOf } from '../../electron/contract/ops.contract.ts'
import { WireDesk } from '../../electron/centre/conformance/client.ts'
import { paperCode } from '../../electron/domain/codes.ts'
import type { CentreProcess } from '../demo/centre-process.ts'
import { acceptRequest } from '../demo/copy-path.ts'
import { handOver } from '../demo/loan-path.ts'
import type { LaunchedDesk } from '../desk/support/launch.ts'
import { command, expect, findRequest, go, scanAnswers, STAFF } from '../desk/support/staff.ts'

const demo = fileURLToPath(new URL('../../assets/demo/', import.meta.url))

/** A bag that the courier brings to the wrong door. */
const STRAY = 'B-BUCT-1-77'
/** Books of today, and where they go. */
const BOOKS = [
  { title: '建筑的永恒之道', callNumber: 'TU-8/98', partner: 'PKU', barcode: 'RUC7700012' },
  { title: '汉语史稿', callNumber: 'H1-09/21', partner: 'THU', barcode: 'RUC7700029' },
  { title: '乡土中国', callNumber: 'C912.82/5', partner: 'BNU', barcode: 'RUC7700036' },
  { title: 'The Nature of Economies', callNumber: 'F0/J17', partner: 'BUAA', barcode: 'RUC7700043' },
] as const
const SELF = { title: '陶庵梦忆', callNumber: 'I264.8/3', partner: 'CAU', barcode: 'RUC7700050' } as const

/** Another desk, at whichever library. */
export async function neighbour({ url, rehearse }: CentreProcess, library: string, who = 'lin'): Promise<WireDesk> {
  const { code } = (await rehearse('enrol-code', { library })) as { code: string }
  const other = new WireDesk(url)
  await other.enrol(code, '2 号台')
  await other.signIn(`${library.toLowerCase()}-${who}`, STAFF.password)
  return other
}

const ask = (more: Partial<OpArgsOf<'requestCreate'>> & { title: string }): OpArgsOf<'requestCreate'> => ({
  service: 'copy',
  year: '2014',
  supplier: 'PKU',
  callNumber: '',
  deliveryMethod: 'electronic',
  readerKey: 'r-1',
  ...more,
})

/** What we asked for and how it stands elsewhere, a stray bag, a word from the centre. */
export async function plantDay(centre: CentreProcess): Promise<void> {
  const ours = await neighbour(centre, 'RUC', 'li')
  const book = { service: 'loan', deliveryMethod: 'courier' } as const
  const asked = [
    ask({ title: '图书情报工作', articleTitle: '联盟文献传递的满足率与响应时间', pages: '33-41' }),
    ask({ ...book, title: '中国古代建筑史', supplier: 'THU', callNumber: 'TU-092.2/7', year: '1984' }),
    ask({ title: 'Journal of Documentation', articleTitle: 'Interlending in consortia', supplier: 'BNU', pages: '5-27' }), // prettier-ignore
    ask({ ...book, title: '天工开物校注', supplier: 'NLC', callNumber: 'N092/12', year: '2019' }),
  ]
  const results = await ours.push(asked.map((args) => ours.op('requestCreate', randomUUID(), args)))
  const ids = results.map((result) => result.row!.id)
  for (const requestId of ids.slice(0, 2)) await centre.rehearse('supplier', { action: 'supply', requestId })
  await centre.rehearse('supplier', { action: 'decline', requestId: ids[3], reason: 'NotHeld' })
  for (const { barcode: _, ...loan } of BOOKS)
    await centre.rehearse('request', { ...loan, service: 'loan', deliveryMethod: 'courier' })
  const { barcode: _, ...self } = SELF
  await centre.rehearse('request', { ...self, service: 'loan', deliveryMethod: 'self' })
  await centre.rehearse('notice', { kind: 'rules', title: '新的借期规定', text: '自下月起图书借期为 30 天。' })

  const other = await neighbour(centre, 'BUCT')
  const [bag, manifest] = [randomUUID(), randomUUID()]
  const sent = await other.push([
    other.op('openBag', bag, { code: STRAY, destination: 'PKU', route: '' }),
    other.op('closeBag', bag, { seal: 'S-1' }),
    other.op('openManifest', manifest, { number: 'M-BUCT-1-2026-77', run: '' }),
    other.op('closeManifest', manifest, { bagIds: [bag] }),
    other.op('handedOver', manifest, { driver: '张师傅', signature: { strokes: [] }, digest: '0'.repeat(64) }),
  ])
  const refused = sent.find(({ outcome }) => outcome !== 'applied')
  if (refused) throw new Error(`the stray bag: ${JSON.stringify(refused)}`)
}

/** Titles without a blank, libraries of forty letters and more, a note that never ends: they come first, they are urgent. */
export async function plantLongNames(centre: CentreProcess): Promise<void> {
  const long = '超长题名：' + '京津冀高校图书馆文献传递与馆际互借协同服务体系建设的理论模型与实证研究'.repeat(4)
  const english =
    'A longitudinal study of interlibrary loan turnaround times, fill rates and reader satisfaction ' +
    'in a metropolitan consortium of thirty-two academic libraries: methods, data and policy implications'
  const more = {
    year: '2024',
    urgent: true,
    readerNote: '请尽快。'.repeat(60),
    readerCategory: '博士研究生（校外联合培养）',
  }
  for (const one of [
    {
      title: long.slice(0, 190),
      service: 'loan',
      partner: 'BISTUJ',
      callNumber: 'G252.4-53/2024(12)/c.3:v.2',
      volumes: 12,
    },
    { title: 'Zeitschrift für Bibliothekswesen und Bibliographie, Neue Folge', articleTitle: english, service: 'copy', partner: 'BUUAS', pages: '1001-1047, 1103, 1105-1107', issueNo: '增刊 2（总第 1234 期）', callNumber: 'Z62/1' }, // prettier-ignore
    { title: '超长'.repeat(90), articleTitle: long, service: 'copy', partner: 'BISTUJ', pages: '12-25' },
  ])
    await centre.rehearse('request', { ...more, ...one })
}

/** Codes are typed into their field here: a busy machine types slower than any scanner. */
async function enterCode(page: Page, code: string): Promise<void> {
  const field = page.locator('main [data-scan-code]').first()
  await field.fill(code)
  await field.press('Enter')
}
const part = (page: Page, name: string) => page.locator(`main [data-segment="${name}"]`).first().click()
const figure = (page: Page, count: number) => expect(page.locator('[data-scan-figure]')).toContainText(String(count))

/** Accepts a loan, holds slip and book against each other, and prints its slip. */
export async function checked(page: Page, id: string, barcode: string): Promise<void> {
  await acceptRequest(page, id)
  await go(page, 'loan')
  await enterCode(page, paperCode(id))
  await scanAnswers(page, 'plain')
  await enterCode(page, barcode)
  await scanAnswers(page, 'ok')
  await command(page, 'loan.printSlip')
}

/** Opens a request by its title. @returns its number */
async function byTitle(page: Page, title: string): Promise<string> {
  await go(page, 'queue')
  await page.locator('[data-search]').fill(title)
  const row = page.locator('main [role=grid] [role=row][id]').filter({ hasText: title }).first()
  await row.waitFor()
  return (await row.getAttribute('id'))!.replace('row-', '')
}

export interface DayAtDesk {
  readonly desk: LaunchedDesk
  readonly centre: CentreProcess
  readonly work: string
}

/** Books checked, sent and waiting to be signed for, one come back broken, a stray bag, pages nobody claimed, a copy scanned. */
export async function ordinaryDay({ desk, work }: DayAtDesk): Promise<void> {
  const { page } = desk
  await page.locator('[data-action="introduced"]').click()
  for (const { title, barcode } of [...BOOKS, SELF]) await checked(page, await byTitle(page, title), barcode)
  await checked(page, 'HG00003902', '00871234')
  await courier(page)
  await cameBack(page)
  await unclaimed(desk, work)
  await training(page)
  await acceptRequest(page, 'HG00003897')
  await findRequest(page, 'HG00003897')
  await page.locator('[data-action="printPullSlip"]').first().click()
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

/** Two bags signed for in the morning, one closed and waiting for the driver, two being packed. */
async function courier(page: Page): Promise<void> {
  const seal = async (count: number) => {
    for (let n = 0; n < count; n++) {
      const open = page.locator('[data-bag][data-state="open"]')
      const code = (await open.first().getAttribute('data-bag'))!
      await open.first().locator('[data-action="closeBag"]').click()
      await page
        .getByRole('dialog')
        .getByRole('textbox')
        .first()
        .fill(`FQ20${code.slice(-3).replace(/\D/g, '4')}`)
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await expect(page.locator(`[data-bag="${code}"][data-state="open"]`)).toHaveCount(0)
    }
    await page.locator('[data-action="openManifest"]').click()
    await expect(page.locator('[data-run-bag]')).toHaveCount(count)
    await command(page, 'courier.closeManifest')
    await expect(page.locator('[data-signature]')).toBeVisible()
  }
  await go(page, 'courier')
  await part(page, 'pack')
  const pack = async (barcode: string) => {
    await enterCode(page, barcode)
    await expect(page.locator('[data-bag]').filter({ hasText: barcode })).toBeVisible()
  }
  for (const { barcode } of BOOKS.slice(0, 2)) await pack(barcode)
  await seal(2)
  await handOver(page, '张师傅')
  await pack(BOOKS[2].barcode)
  await seal(1)
  await pack(BOOKS[3].barcode)
  await pack('00871234')
}

/** A book that is out comes back damaged, a bag for another library arrives. */
async function cameBack(page: Page): Promise<void> {
  await part(page, 'returns')
  const out = page.locator('[data-out]').first()
  await out.waitFor()
  const id = (await out.getAttribute('data-out'))!
  await go(page, 'queue')
  await page.locator('[data-search]').fill(id)
  await page.locator(`#row-${id}`).click()
  const barcode = await page.locator('aside').getByText(/^RUC\d{6,}$/).first().textContent() // prettier-ignore
  await page.locator('[data-search]').fill('')
  await go(page, 'courier')
  await part(page, 'returns')
  await page
    .getByRole('radio', { name: '破损' })
    .or(page.getByRole('button', { name: '破损' }))
    .first()
    .click()
  await enterCode(page, barcode!)
  await figure(page, 1)
  await part(page, 'arrivals')
  await enterCode(page, STRAY)
  await scanAnswers(page, 'warn')
}

/** Pages nobody has claimed. */
async function unclaimed({ app, page }: LaunchedDesk, work: string): Promise<void> {
  await go(page, 'tray')
  for (const names of [['blue-bag-01.jpg', 'blue-bag-02.jpg', 'blue-bag-03.jpg'], ['flapping-wing-04.jpg']]) {
    const files = names.map((name) => join(work, name))
    for (const [nth, file] of files.entries()) copyFileSync(join(demo, names[nth]!), file)
    await app.evaluate(({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths })
    }, files)
    const before = await page.locator('[data-bundle]').count()
    await command(page, 'tray.import')
    await expect(page.locator('[data-bundle]')).toHaveCount(before + names.length, { timeout: 60_000 })
  }
}

async function training(page: Page): Promise<void> {
  await go(page, 'asking')
  await part(page, 'journal')
  await page.locator('[data-action="addTraining"]').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill('新生馆际互借讲座')
  await dialog.getByLabel('参加人数').fill('45')
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'detached' })
}
