/** PDFs of others at the desk: locked, restricted by their owner, stamped with a layout of the library's own. */
import { execFileSync } from 'node:child_process'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Stage, type TestDesk } from '../support/desk.ts'
import { simplePdf } from '../unit/documents/support/raw-pdf.ts'
import { has, textOfPages } from '../unit/documents/support/tools.ts'

const tools = has('qpdf') && has('pdftotext')
let stage: Stage
let desk: TestDesk
let requests: string[]

beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 60 })
  desk = await stage.desk('one')
  expect(await desk.core.sync.settle()).toBe(true)
  const filter = { service: 'copy' as const, role: 'supplier' as const, status: ['RequestReceived' as const] }
  const query = { text: '', filter, sort: 'applied' as const, descending: false }
  const { rows } = await desk.handlers['queue.window']({ query, offset: 0, limit: 50 })
  requests = rows.filter((row) => row.holder === null).map((row) => row.id)
})
afterAll(() => stage.end())

async function encrypted(name: string, user: string): Promise<{ id: string; path: string }> {
  const [plain, path] = [join(stage.folder, `plain-${name}`), join(stage.folder, name)]
  await writeFile(plain, simplePdf())
  execFileSync('qpdf', ['--encrypt', user, 'owner', '256', '--', plain, path])
  const id = crypto.randomUUID()
  desk.running.takeFile({ id, path, name, bytes: 1000 })
  return { id, path }
}

async function take(requestId: string, fileId: string, password?: string) {
  const input = { requestId, fileIds: [fileId], insertAt: null, ...(password ? { password } : {}) }
  const { jobId } = await desk.handlers['pages.import'](input)
  return desk.core.jobs.settled(jobId)
}

async function build(requestId: string, change = {}) {
  const options = { ...desk.core.settings.get().document, ...change }
  const { jobId } = await desk.handlers['document.build']({ requestId, options })
  const job = await desk.core.jobs.settled(jobId)
  const { document } = await desk.handlers['document.get']({ requestId })
  return { job, document }
}

async function texts(sha256: string): Promise<string[]> {
  const path = join(stage.folder, `${sha256}.pdf`)
  await copyFile(desk.core.blobs.path(sha256), path)
  return textOfPages(path)
}

describe.skipIf(!tools)('a PDF of others', () => {
  test('that is locked asks for its password, and comes in with the right one; its original stays locked', async () => {
    const requestId = requests[0]!
    const { id } = await encrypted('locked.pdf', 'geheim')
    expect((await take(requestId, id)).error).toMatchObject({
      code: 'encrypted_pdf',
      params: { file: 'locked.pdf', index: 0 },
    })
    expect((await take(requestId, id, 'falsch')).error).toMatchObject({ code: 'pdf_password_wrong' })
    expect(await take(requestId, id, 'geheim')).toMatchObject({ state: 'done' })
    const { pages } = await desk.handlers['pages.list']({ requestId })
    expect(pages).toHaveLength(3)
    expect((await texts(pages[0]!.previewBlob)).join()).toContain('Sentence number 2')
    await expect(texts(pages[0]!.originalBlob)).rejects.toThrow(/password/i)
    const { document } = await build(requestId)
    expect((await texts(document!.blob))[1]).toContain('Sentence number 1')
  })

  test('that its owner restricts is opened with a warning and an audit entry, or refused by the library', async () => {
    const requestId = requests[1]!
    const { id } = await encrypted('restricted.pdf', '')
    expect(await take(requestId, id)).toMatchObject({ state: 'done' })
    const { document } = await build(requestId)
    expect(document!.warnings).toContain('opened_without_password')
    const noted = desk.core.db
      .sql<{ n: number }>(`SELECT count(*) AS n FROM audit WHERE event = 'restricted_pdf_opened' AND object_id = ?`)
      .get(requestId)
    expect(noted!.n).toBe(1)
    desk.core.settings.set({ receivedPdf: { restricted: 'refuse', keepSigned: false } })
    const refused = await build(requestId, { qr: false })
    desk.core.settings.set({ receivedPdf: { restricted: 'warn', keepSigned: false } })
    expect(refused.job.error).toMatchObject({ code: 'restricted_pdf' })
  })

  test('carries the lines of a layout where the library put them', async () => {
    const requestId = requests[2]!
    const path = join(stage.folder, 'open.pdf')
    await writeFile(path, simplePdf())
    const id = crypto.randomUUID()
    desk.running.takeFile({ id, path, name: 'open.pdf', bytes: 1000 })
    await take(requestId, id)
    const line = {
      text: '馆藏 {requestNo} {page}/{pages}',
      x: 0.5,
      y: 0.5,
      size: 9,
      align: 'centre',
      on: 'all',
    } as const
    const last = { ...line, text: 'the end', y: 0.9, on: 'last' } as const
    desk.core.settings.set({ stampLayouts: [{ id: 'own:a', name: 'Ours', fields: [line, last] }] })
    const { document } = await build(requestId, { stamp: 'own:a' })
    const pages = await texts(document!.blob)
    pages.forEach((page, i) => expect(page).toContain(`馆藏 ${requestId} ${i + 1}/3`))
    expect(pages.map((page) => page.includes('the end'))).toEqual([false, false, true])
    expect(pages.join()).not.toContain('Document Delivery')
    expect(document!.pageBytes).toHaveLength(3)
  })
})
