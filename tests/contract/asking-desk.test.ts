/** The asking side over a real centre: joint search, requests for our readers, registrations. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { coreContract, NO_DRAFT } from '../../electron/contract/core.contract.ts'
import { until } from '../devices/programs.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

let stage: Stage
let desk: TestDesk
let folder: string
let hanging: Server
const held: ServerResponse[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-asking-'))
  stage = new Stage()
  await stage.startCentre({ rows: 0 })
  desk = await stage.desk('one', 'ruc-lin')
  expect(await desk.core.sync.settle()).toBe(true)
  hanging = createServer((_req, res) => void held.push(res))
  await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  for (const res of held) res.destroy()
  hanging.closeAllConnections()
  await new Promise((resolve) => hanging.close(resolve))
  await stage.end()
  rmSync(folder, { recursive: true, force: true })
})

const draft = {
  ...NO_DRAFT,
  readerKey: 'r-1',
  title: '万历十五年',
  author: '黄仁宇',
  year: '2014',
  supplier: 'PKU',
  callNumber: 'K248.307/4',
}
const ours = async () => {
  const query = { text: '', filter: { role: 'requester' as const }, sort: 'applied' as const, descending: true }
  return (await desk.handlers['queue.window']({ query, offset: 0, limit: 50 })).rows
}

test('one search asks every catalogue; the same book is one result with its holders, and a silent one holds up nobody', async () => {
  const listed = await desk.handlers['catalogue.list']({})
  const { port } = hanging.address() as AddressInfo
  const silent = { ...listed[1]!.target, id: 'silent', name: '不答', own: false, address: `http://127.0.0.1:${port}/sru`, timeoutMs: 60_000 } // prettier-ignore
  desk.core.settings.set({ catalogues: [...listed.map(({ target }) => target), silent] })
  const { searchId } = await desk.handlers['search.start']({
    title: '大学英语语法与练习',
    author: '',
    code: '',
    year: '',
  })
  const read = async () => coreContract['search.get'].out.parse(await desk.handlers['search.get']({ searchId }))
  const four = await until('the four that answer', async () => {
    const now = await read()
    return now.targets.filter(({ state }) => state === 'ok').length === 4 && now
  })
  expect(four.done).toBe(false)
  expect(four.targets.find(({ id }) => id === 'silent')).toMatchObject({ state: 'waiting' })
  const libraries = four.works.flatMap(({ holders }) => holders.map(({ library }) => library))
  expect(four.works).toHaveLength(1)
  expect(libraries).toContain('RUC')
  expect(new Set(libraries).size).toBe(libraries.length)
  await desk.handlers['search.stop']({ searchId })
  await expect((async () => desk.handlers['search.get']({ searchId }))()).rejects.toMatchObject({ code: 'not_found' })
  await expect((async () => desk.handlers['search.start']({ title: ' ', author: '', code: '', year: '' }))()).rejects.toMatchObject({ code: 'bad_call' }) // prettier-ignore
})

test('a draft stays over a restart; sent, it becomes a request at the centre with all that was typed', async () => {
  const id = randomUUID()
  await desk.handlers['asking.saveDraft']({ id, draft: { ...draft, year: '' } })
  desk = await desk.restart()
  expect(await desk.handlers['asking.drafts']({})).toMatchObject([{ id, draft: { title: '万历十五年', year: '' } }])
  await desk.handlers['asking.send']({ id, draft })
  expect(await desk.handlers['asking.drafts']({})).toEqual([])
  expect(await ours()).toMatchObject([{ id, title: '万历十五年', pending: 'queued' }])
  expect(await desk.core.sync.settle()).toBe(true)
  const [row] = await ours()
  expect(row).toMatchObject({ title: '万历十五年', partner: 'PKU', status: 'RequestReceived', pending: 'none' })
  expect(row!.id).toMatch(/^RD\d{8}$/)
  const fields = { author: '黄仁宇', callNumber: 'K248.307/4', year: '2014' }
  expect(await stage.rowAtCentre('request', row!.id)).toMatchObject({ role: 'requester', fields })
})

test('a loan without its call number stays a draft', async () => {
  const id = randomUUID()
  await desk.handlers['asking.saveDraft']({ id, draft })
  const send = async () => desk.handlers['asking.send']({ id, draft: { ...draft, callNumber: '' } })
  await expect(send()).rejects.toMatchObject({ code: 'action_refused' })
  expect(await desk.handlers['asking.drafts']({})).toHaveLength(1)
  await desk.handlers['asking.dropDraft']({ id })
})

test('a training that was held stands in the log at once, at the centre, and in the evaluation', async () => {
  const id = randomUUID()
  const date = Date.now()
  const held = { date, kind: '新生入馆培训', staff: ['ruc-lin'], attendees: 45 }
  await desk.handlers['op.act']({ objectId: id, kind: 'trainingHeld', args: held })
  const read = async () => coreContract['journal.get'].out.parse(await desk.handlers['journal.get']({}))
  expect((await read()).trainings).toMatchObject([{ kind: '新生入馆培训', attendees: 45 }])
  expect(await desk.core.sync.settle()).toBe(true)
  expect((await read()).trainings).toHaveLength(1)
  expect(await stage.rowAtCentre('training', id)).toMatchObject({ attendees: 45 })
  const year = new Date(date + 8 * 3_600_000).getUTCFullYear()
  expect((await desk.handlers['evaluation.get']({ year })).derived).toMatchObject({ sessions: 1, attendees: 45 })
})

test('registrations are checked against a campus list in GB18030 that is kept as digests only', async () => {
  const people = [
    { name: '周明', number: '2026100417', expected: 'found' },
    { name: '孟小岚', number: '2025201133', expected: 'name_differs' },
    { name: '无名', number: '1', expected: 'not_found' },
  ]
  const ids: string[] = []
  for (const { name, number } of people)
    ids.push((await stage.lever<{ id: string }>('registration', { name, number })).id)
  expect(await desk.core.sync.settle()).toBe(true)
  const read = async () => coreContract['readers.list'].out.parse(await desk.handlers['readers.list']({}))
  expect((await read()).registrations.map(({ check }) => check)).toEqual(['no_list', 'no_list', 'no_list'])
  const path = join(folder, 'campus.csv')
  // 学号,姓名 / 2026100417,周明 / 2025201133,孟晓岚, as GB18030.
  const gb = (hex: string) => Buffer.from(hex, 'hex')
  writeFileSync(path, Buffer.concat([gb('d1a7bac5'), Buffer.from(','), gb('d0d5c3fb'), Buffer.from('\n2026100417,'), gb('d6dcc3f7'), Buffer.from('\n2025201133,'), gb('c3cfcffec0b0'), Buffer.from('\n,x\n')])) // prettier-ignore
  const fileId = randomUUID()
  desk.running.takeFile({ id: fileId, path, name: 'campus.csv', bytes: 1 })
  expect(await desk.handlers['readers.importList']({ fileId })).toEqual({ people: 2, without: 1 })
  const checked = await read()
  for (const [n, { expected }] of people.entries())
    expect(checked.registrations.find(({ id }) => id === ids[n])!.check).toBe(expected)
  const kept = JSON.stringify(desk.core.db.sql('SELECT * FROM campus_person').all())
  expect(kept).not.toMatch(/2026100417|周明/)

  await desk.handlers['op.act']({ objectId: ids[0]!, kind: 'approveReader', args: {} })
  await desk.handlers['op.act']({ objectId: ids[2]!, kind: 'refuseReader', args: { reason: '学号无效' } })
  expect(await desk.core.sync.settle()).toBe(true)
  const after = await read()
  expect(after.registrations.find(({ id }) => id === ids[0])).toMatchObject({ state: 'approved', fields: {} })
  expect(await stage.rowAtCentre('registration', ids[2]!)).toMatchObject({ state: 'refused' })
})
