/** Our own requests to their end, with the supplying library played by the centre: copies, books, refusals, applicants. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { coreContract, NO_DRAFT, type AskingDraft, type RequestDetail } from '../../electron/contract/core.contract.ts'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

const stage = new Stage()
let desk: TestDesk
beforeAll(async () => {
  await stage.startCentre({ rows: 0 })
  desk = await stage.desk('one', 'ruc-lin')
  expect(await desk.core.sync.settle()).toBe(true)
})
afterAll(() => stage.end())

const detail = async (id: string): Promise<RequestDetail> =>
  coreContract['request.get'].out.parse(await desk.handlers['request.get']({ id }))
const supplier = async (action: string, requestId: string, more: object = {}) => {
  await stage.lever('supplier', { action, requestId, ...more })
  await desk.core.sync.settle()
}
const act = async (objectId: string, kind: string, args: object = {}) => {
  const { opId } = await desk.handlers['op.act']({ objectId, kind, args } as never)
  expect(await desk.core.sync.settle()).toBe(true)
  return opId
}
const atPartner = (id: string) =>
  stage.lever<{ row: RequestRow }>('row', { library: 'PKU', type: 'request', id }).then(({ row }) => row)

/** Files a request at PKU. @returns its number */
async function ask(draft: Partial<AskingDraft>): Promise<string> {
  const title = `题名 ${randomUUID()}`
  await desk.handlers['asking.send']({
    id: randomUUID(),
    draft: { ...NO_DRAFT, readerKey: 'r-1', title, year: '2020', supplier: 'PKU', ...draft },
  })
  expect(await desk.core.sync.settle()).toBe(true)
  const query = { text: '', filter: { role: 'requester' as const }, sort: 'applied' as const, descending: true }
  const { rows } = await desk.handlers['queue.window']({ query, offset: 0, limit: 100 })
  return rows.find((row) => row.title === (draft.articleTitle || title))!.id
}
const copy = (articleTitle: string) =>
  ask({ service: 'copy', articleTitle, pages: '1-9', deliveryMethod: 'electronic' })
const loan = () => ask({ service: 'loan', callNumber: 'K248/4', deliveryMethod: 'courier' })
const bring = async (requestId: string) => {
  const { jobId } = await desk.handlers['asking.bring']({ requestId })
  return desk.core.jobs.settled(jobId)
}

test('a copy arrives with its link and its end, is brought here once, opened by the reader, and complained about', async () => {
  const id = await copy('到馆的一篇')
  expect((await detail(id)).row.can).toEqual(expect.arrayContaining(['chase', 'requestCancel']))
  await expect((async () => desk.handlers['asking.bring']({ requestId: id }))()).rejects.toMatchObject({ code: 'not_found' }) // prettier-ignore
  await act(id, 'chase', { text: '读者急用' })
  expect(await atPartner(id)).toMatchObject({ chased: { text: '读者急用' } })
  await supplier('supply', id)
  const came = await detail(id)
  expect(came).toMatchObject({ row: { status: 'CopyCompleted' }, chased: null, delivery: { blob: null, openedAt: null, pages: 1 } }) // prettier-ignore
  expect(came.row.can).toEqual(expect.arrayContaining(['complain', 'notifyReader']))
  expect(came.row.can).not.toContain('chase')
  const link = new URL(came.delivery!.link)
  expect(link.origin).toBe(stage.centre.url)

  expect(await bring(id)).toMatchObject({ state: 'done', done: came.delivery!.bytes })
  const { blob } = (await detail(id)).delivery!
  const { bytes, mime } = await desk.core.blobs.openBlobForWindow(blob!)
  expect([bytes, mime]).toEqual([came.delivery!.bytes, 'application/pdf'])
  // Staff looked at it; the reader has not.
  await desk.core.sync.settle()
  expect((await detail(id)).delivery!.openedAt).toBeNull()
  const opened = await fetch(link)
  expect(
    Buffer.from(await opened.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  await desk.core.sync.settle()
  expect((await detail(id)).delivery!.openedAt).toEqual(expect.any(Number))
  expect((await atPartner(id)).delivery!.openedAt).toEqual(expect.any(Number))

  await act(id, 'notifyReader', { place: '' })
  await act(id, 'complain', { reason: '第 2 页缺' })
  expect((await detail(id)).row.can).not.toContain('complain')
  expect(await atPartner(id)).toMatchObject({ complaint: '第 2 页缺', stage: 'resend' })
  await supplier('supply', id)
  const again = await detail(id)
  expect(again).toMatchObject({ complaintText: null, delivery: { openedAt: null } })
  expect(again.delivery!.link).not.toBe(came.delivery!.link)
  // The link of the first is dead.
  expect((await fetch(link)).status).toBe(404)
})

test('a link that has run out is said so, here and by the centre; what was brought before stays', async () => {
  const [kept, lost] = [await copy('及时下载'), await copy('没有下载')]
  for (const id of [kept, lost]) await supplier('supply', id)
  const { link } = (await detail(lost)).delivery!
  expect(await bring(kept)).toMatchObject({ state: 'done' })
  await stage.lever('clock', { offsetMs: 15 * 86_400_000 })
  try {
    expect((await fetch(link)).status).toBe(410)
    // The desk's own clock follows the centre's.
    for (let n = 0; n < 9; n++) await desk.core.sync.cycle()
    await expect((async () => desk.handlers['asking.bring']({ requestId: lost }))()).rejects.toMatchObject({ code: 'link_expired' }) // prettier-ignore
    expect(await bring(kept)).toMatchObject({ state: 'done' })
  } finally {
    await stage.lever('clock', { offsetMs: 0 })
    for (let n = 0; n < 9; n++) await desk.core.sync.cycle()
  }
})

test('without a line nothing is half brought; when it is back it is fetched whole', async () => {
  const id = await copy('断网时')
  await supplier('supply', id)
  await stage.stopCentre()
  expect(await bring(id)).toMatchObject({ state: 'failed', error: { code: 'offline' } })
  expect((await detail(id)).delivery!.blob).toBeNull()
  await stage.startCentre()
  expect(await bring(id)).toMatchObject({ state: 'done' })
})

test('bytes that are not the delivered document are not kept with the request', async () => {
  const id = await copy('被换掉的一篇')
  await supplier('supply', id)
  const row = await atPartner(id)
  // Same length, other bytes.
  const { blobs } = stage.centre.centre
  const other = await blobs.keep('PKU', new Uint8Array(row.delivery!.bytes).fill(0x20), 'application/pdf', Date.now())
  const { copyFileSync } = await import('node:fs')
  copyFileSync(blobs.pathOf('PKU', other), blobs.pathOf('PKU', row.delivery!.sha256))
  expect(await bring(id)).toMatchObject({ state: 'failed', error: { code: 'damaged_file' } })
  expect((await detail(id)).delivery!.blob).toBeNull()
})

test('a book arrives in its bag, waits on the hold shelf, is announced, lent, brought back and goes home', async () => {
  const id = await loan()
  await supplier('accept', id)
  expect((await detail(id)).row.status).toBe('WillSupply')
  await supplier('supply', id)
  expect((await detail(id)).row).toMatchObject({ status: 'Loaned', stage: 'handed_over' })
  const { barcode } = (await detail(id)).volumes[0]!
  const [bag] = (await desk.handlers['arrival.board']({})).bags
  await desk.handlers['arrival.scan']({ code: bag!.code, bagId: null, condition: 'good' })
  expect(await desk.handlers['arrival.scan']({ code: barcode!, bagId: bag!.id, condition: 'good' })).toMatchObject({ verdict: 'item', left: 0, anomaly: false }) // prettier-ignore
  await desk.core.sync.settle()
  const here = await detail(id)
  expect(here.row).toMatchObject({ stage: 'at_borrower', notified: false })
  expect(here.row.can).toEqual(expect.arrayContaining(['notifyReader', 'lentToReader']))
  expect(here.row.can).not.toContain('requestCancel')
  await act(id, 'notifyReader', { place: '总服务台 3 架', until: Date.now() + 7 * 86_400_000 })
  expect(await detail(id)).toMatchObject({ row: { notified: true }, notified: { place: '总服务台 3 架' } })
  await act(id, 'lentToReader')
  expect((await detail(id)).row.can).not.toContain('notifyReader')
  await act(id, 'returnedByReader')
  await act(id, 'shippedBack')
  await supplier('takeBack', id)
  expect((await detail(id)).row).toMatchObject({ status: 'LoanCompleted' })
})

test('a request is given up: at once while nobody has it, by asking once somebody does', async () => {
  const [fresh, taken] = [await loan(), await loan()]
  await supplier('accept', taken)
  await act(fresh, 'requestCancel')
  await act(taken, 'requestCancel', { note: '读者不要了' })
  expect(await atPartner(fresh)).toMatchObject({ status: 'Cancelled' })
  expect(await atPartner(taken)).toMatchObject({ status: 'WillSupply', cancelAsked: true })
  expect((await detail(taken)).row.can).not.toContain('requestCancel')
  const refused = await copy('对方没有')
  await supplier('decline', refused, { reason: 'NotHeld' })
  expect(await detail(refused)).toMatchObject({ row: { status: 'Unfilled' }, reason: 'NotHeld' })
})

test('an applicant is asked back, answers, and is decided about; a question may be taken back', async () => {
  const { id } = await stage.lever<{ id: string }>('registration', { name: '周明', number: '2026100417' })
  await desk.core.sync.settle()
  const registration = async () =>
    coreContract['readers.list'].out
      .parse(await desk.handlers['readers.list']({}))
      .registrations.find((one) => one.id === id)!
  await act(id, 'askApplicant', { text: '请补充院系' })
  expect(await registration()).toMatchObject({ state: 'asked', question: { text: '请补充院系', answer: null }, fields: { name: '周明' } }) // prettier-ignore
  await act(id, 'withdrawQuestion')
  expect(await registration()).toMatchObject({ state: 'open', question: null })
  await act(id, 'askApplicant', { text: '请补充学院' })
  await stage.lever('answer', { id, text: '化学学院' })
  await desk.core.sync.settle()
  expect(await registration()).toMatchObject({ state: 'open', question: { text: '请补充学院', answer: '化学学院' } })
  await act(id, 'approveReader')
  // Who is decided about is no longer named here, nor what was asked.
  expect(await registration()).toMatchObject({ state: 'approved', fields: {}, question: null })
})

test('a training counts with what it left behind, until it is taken back; a notice is read once', async () => {
  const id = randomUUID()
  const papers = [{ kind: 'exam' as const, title: '检索小测', count: 28 }]
  await act(id, 'trainingHeld', { date: Date.now(), staff: ['ruc-lin'], kind: '馆际互借讲座', attendees: 30, papers })
  const journal = async () => coreContract['journal.get'].out.parse(await desk.handlers['journal.get']({}))
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()
  const derived = async () => (await desk.handlers['evaluation.get']({ year })).derived
  expect((await journal()).trainings).toMatchObject([{ papers, staff: ['林老师'] }])
  expect(await derived()).toMatchObject({ sessions: 1, attendees: 30, papers: 28 })
  await act(id, 'trainingDropped')
  expect((await journal()).trainings).toEqual([])
  expect(await derived()).toMatchObject({ sessions: 0, attendees: 0, papers: 0 })

  await stage.lever('notice', { kind: 'closure', title: '元旦闭馆' })
  await desk.core.sync.settle()
  const unread = async () => (await desk.handlers['counts.get']({})).asking
  const before = await unread()
  const notice = (await journal()).notices.find(({ title }) => title === '元旦闭馆')!
  expect(notice).toMatchObject({ kind: 'closure', readAt: null })
  await act(notice.id, 'noticeRead')
  expect((await journal()).notices.find((one) => one.id === notice.id)!.readAt).toEqual(expect.any(Number))
  expect(await unread()).toBe(before - 1)
})
