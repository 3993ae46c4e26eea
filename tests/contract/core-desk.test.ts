/** Core against a real centre over HTTP: the queue fills, actions arrive once and in order, refusals come back. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { coreContract } from '../../electron/contract/core.contract.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

let stage: Stage
let desk: TestDesk
beforeEach(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 40 })
  desk = await stage.desk('one')
  expect(await desk.core.sync.settle()).toBe(true)
})
afterEach(() => stage.end())

const all = { text: '', filter: {}, sort: 'applied', descending: false } as const
const queue = (d: TestDesk, query: Partial<typeof all> & object = {}) =>
  d.handlers['queue.window']({ query: { ...all, ...query }, offset: 0, limit: 500 })

async function anyOpen(d: TestDesk, service: 'copy' | 'loan') {
  const { rows } = await queue(d, { filter: { service, status: ['RequestReceived'], role: 'supplier' } } as object)
  return rows.find((row) => row.holder === null)!
}

test('every reply of the queue keeps the contract', async () => {
  const window = await queue(desk)
  expect(window.total).toBeGreaterThan(40)
  coreContract['queue.window'].out.parse(window)
  coreContract['counts.get'].out.parse(await desk.handlers['counts.get']({}))
  coreContract['status.get'].out.parse(await desk.handlers['status.get']({}))
  coreContract['app.hello'].out.parse(await desk.handlers['app.hello']({ protocol: 1 }))
  coreContract['libraries.list'].out.parse(await desk.handlers['libraries.list']({}))
  coreContract['doctor.run'].out.parse(await desk.handlers['doctor.run']({}))
  for (const { id } of window.rows.slice(0, 10))
    coreContract['request.get'].out.parse(await desk.handlers['request.get']({ id }))
})

test('an accepted request is accepted at the centre and stays as shown after a restart', async () => {
  const { id } = await anyOpen(desk, 'copy')
  await desk.handlers['op.act']({ objectId: id, kind: 'accept', args: {} })
  const shown = await desk.handlers['request.get']({ id })
  expect(shown.row).toMatchObject({ status: 'WillSupply', pending: 'queued' })
  desk = await desk.restart()
  expect((await desk.handlers['request.get']({ id })).row).toEqual(shown.row)
  expect(await desk.core.sync.settle()).toBe(true)
  expect((await desk.handlers['request.get']({ id })).row).toMatchObject({ status: 'WillSupply', pending: 'none' })
  expect(await stage.rowAtCentre<RequestRow>('request', id)).toMatchObject({ status: 'WillSupply' })
})

test('with the centre gone work goes on; when it is back all actions arrive once, in order', async () => {
  const copy = await anyOpen(desk, 'copy')
  const loan = await anyOpen(desk, 'loan')
  await stage.stopCentre()
  const act = (objectId: string, kind: string, args: object = {}) =>
    desk.handlers['op.act']({ objectId, kind: kind as 'accept', args })
  await act(copy.id, 'claim')
  await act(copy.id, 'accept')
  await act(copy.id, 'printed', { kind: 'pullSlip', copy: 1 })
  await act(loan.id, 'accept')
  await act(loan.id, 'bindItem', { volume: 1, barcode: 'RUC900001' })
  const bag = await desk.handlers['courier.openBag']({ destination: loan.partner, route: null })
  await desk.handlers['courier.packCode']({ code: 'RUC900001' })
  await act(bag.bagId, 'closeBag', { seal: 'S-1' })
  const { manifestId } = await desk.handlers['courier.openManifest']({ run: '上午' })
  await act(bag.bagId, 'moveBag', { manifestId })
  await act(manifestId, 'closeManifest', { bagIds: [bag.bagId] })
  await desk.handlers['courier.handOver']({ manifestId, driver: '张师傅', signature: { strokes: [] } })
  expect(await desk.core.sync.cycle()).toBe(false)
  expect((await desk.handlers['status.get']({})).connection).toBe('offline')
  const before = await desk.handlers['request.get']({ id: loan.id })
  expect(before.row).toMatchObject({ status: 'Loaned', stage: 'handed_over' })
  desk = await desk.restart()
  expect((await desk.handlers['request.get']({ id: loan.id })).row).toEqual(before.row)

  await stage.startCentre()
  expect(await desk.core.sync.settle()).toBe(true)
  expect(await desk.handlers['refused.list']({})).toEqual([])
  expect((await desk.handlers['status.get']({})).waiting.ops).toBe(0)
  const copyAtCentre = await stage.rowAtCentre<RequestRow>('request', copy.id)
  expect(copyAtCentre).toMatchObject({ status: 'WillSupply', stage: 'pulled' })
  expect(copyAtCentre.history.map((entry) => entry.event)).toEqual(
    expect.arrayContaining(['claim', 'accept', 'printed']),
  )
  const loanAtCentre = await stage.rowAtCentre<RequestRow>('request', loan.id)
  expect(loanAtCentre).toMatchObject({ status: 'Loaned', stage: 'handed_over' })
  const events = loanAtCentre.history.map((entry) => entry.event).filter((event) => event !== 'printed')
  expect(events.filter((event) => event === 'handedOver')).toHaveLength(1)
  expect((await desk.handlers['request.get']({ id: loan.id })).row).toMatchObject({
    stage: 'handed_over',
    pending: 'none',
  })
})

test('what another desk did first is refused with both sides told, and nothing vanishes', async () => {
  const other = await stage.desk('two', 'ruc-li')
  await other.core.sync.settle()
  const { id } = await anyOpen(desk, 'copy')
  await desk.handlers['op.act']({ objectId: id, kind: 'claim', args: {} })
  await other.handlers['op.act']({ objectId: id, kind: 'claim', args: {} })
  expect((await other.handlers['request.get']({ id })).row.holder).toMatchObject({ mine: true, tentative: true })
  await desk.core.sync.settle()
  await other.core.sync.settle()
  const [card, ...rest] = await other.handlers['refused.list']({})
  expect(rest).toEqual([])
  coreContract['refused.list'].out.parse([card])
  expect(card).toMatchObject({ kind: 'claim', code: 'already_claimed', objectId: id })
  expect((await other.handlers['request.get']({ id })).row).toMatchObject({
    pending: 'rejected',
    holder: { mine: false },
  })
  await other.handlers['refused.settle']({ opId: card!.opId, how: 'dismiss' })
  expect(await other.handlers['refused.list']({})).toEqual([])
  expect((await other.handlers['request.get']({ id })).row.pending).toBe('none')
})

test('a held action can be taken back without a trace, a sent one cannot', async () => {
  desk.core.settings.set({ holdSeconds: 30 })
  const { id } = await anyOpen(desk, 'copy')
  const before = await desk.handlers['request.get']({ id })
  const { opId, heldUntil } = await desk.handlers['op.act']({
    objectId: id,
    kind: 'cannotSupply',
    args: { reason: 'NotHeld' },
  })
  expect(heldUntil).not.toBeNull()
  await desk.core.sync.settle()
  expect((await stage.rowAtCentre<RequestRow>('request', id)).status).toBe('RequestReceived')
  await desk.handlers['op.withdraw']({ opId })
  expect((await desk.handlers['request.get']({ id })).row).toEqual(before.row)
  const note = await desk.handlers['op.act']({ objectId: id, kind: 'note', args: { text: '急' } })
  await desk.core.sync.settle()
  expect(() => desk.handlers['op.withdraw']({ opId: note.opId })).toThrow(
    expect.objectContaining({ code: 'no_longer_withdrawable' }),
  )
})

test('an action that the rules forbid is refused at once and leaves nothing behind', async () => {
  const { id } = await anyOpen(desk, 'copy')
  expect(() => desk.handlers['op.act']({ objectId: id, kind: 'release', args: {} })).toThrow(
    expect.objectContaining({ code: 'action_refused', params: expect.objectContaining({ code: 'not_holder' }) }),
  )
  expect(() => desk.handlers['op.act']({ objectId: id, kind: 'note', args: { text: '' } })).toThrow(
    expect.objectContaining({ code: 'bad_call' }),
  )
  expect(await desk.handlers['outbox.list']({ states: ['queued', 'held', 'sending'] })).toEqual([])
})

test('a document is uploaded, verified and delivered; the centre holds the same bytes', async () => {
  const { id } = await anyOpen(desk, 'copy')
  const blob = await desk.core.blobs.put(Buffer.from('%PDF-1.7 nine pages'), 'application/pdf')
  desk.core.act({ objectId: id, kind: 'fulfil', args: { blobs: [blob.sha256], pages: 9, bytes: blob.bytes } })
  expect((await desk.handlers['request.get']({ id })).row).toMatchObject({ status: 'CopyCompleted', stage: 'sending' })
  expect(await desk.core.sync.settle()).toBe(true)
  const row = await stage.rowAtCentre<RequestRow>('request', id)
  expect(row).toMatchObject({ status: 'CopyCompleted', stage: 'sent', delivery: { sha256: blob.sha256 } })
  expect((await desk.handlers['request.get']({ id })).row).toMatchObject({ stage: 'sent', pending: 'none' })
})

test('search finds two-character Chinese words, numbers and traditional forms', async () => {
  const find = async (text: string) => (await queue(desk, { text } as object)).rows.map((row) => row.id)
  expect(await find('文化')).toContain('HG00003902')
  expect(await find('苦')).toContain('HG00003902')
  expect(await find('ＨＧ00003902')).toEqual(['HG00003902'])
  expect(await find('3902')).toContain('HG00003902')
  expect(await find('北京化工大學')).toContain('HG00003902')
  expect(await find('没有这样的书名')).toEqual([])
})

test('groups are the runs of the rows themselves, by due day and by library', async () => {
  for (const by of ['due', 'partner'] as const)
    for (const descending of [false, true]) {
      const query = { ...all, sort: by, descending }
      const { rows, total, groups } = await desk.handlers['queue.window']({ query, offset: 0, limit: 500, by })
      expect(groups.reduce((sum, group) => sum + group.count, 0)).toBe(total)
      let from = 0
      for (const { key, count } of groups) {
        const run = rows.slice(from, (from += count))
        if (by === 'partner') expect(new Set(run.map((row) => row.partner))).toEqual(new Set([key]))
        else if (key === 'late' || key === 'today')
          expect(new Set(run.map((row) => row.urgency))).toEqual(new Set([key]))
      }
      expect(new Set(groups.map((group) => group.key)).size).toBe(groups.length)
    }
  // In another order rows do not stand together.
  const byTitle = { query: { ...all, sort: 'title' as const }, offset: 0, limit: 1, by: 'partner' as const }
  expect(await desk.handlers['queue.window'](byTitle)).toMatchObject({ groups: [] })
})

test('a title is found by its pinyin initials, a library by its own, and a slip of the finger is told', async () => {
  const idsOf = async (text: string) => (await queue(desk, { text } as object)).rows.map((row) => row.id)
  expect(await idsOf('whkl')).toEqual(['HG00003902'])
  expect(await idsOf('dxyyyf')).toEqual(['HG00003897'])
  expect(await idsOf('bjhgdx')).toEqual(expect.arrayContaining(['HG00003897', 'HG00003902']))
  const meant = async (text: string) => (await desk.handlers['queue.suggest']({ text })).text
  expect(await meant('exprimental')).toBe('experimental')
  expect(await meant('Consumer')).toBeNull()
  expect(await meant('qqqqqq')).toBeNull()
})
