/** Holdings over a real catalogue (Zebra with its SRU front end), and over catalogues that misbehave. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coreContract, USUAL_INDEXES, type CatalogueTarget } from '../../electron/contract/core.contract.ts'
import { missingPrograms, until } from '../devices/programs.ts'
import { startZebra, ZEBRA_PROGRAMS, type ZebraServer } from '../devices/zebra.ts'
import { Stage, type TestDesk } from '../support/desk.ts'
import { toMarcXml, type WrittenRecord } from '../support/marc.ts'

let stage: Stage
let desk: TestDesk
const target = (id: string, address: string, more: Partial<CatalogueTarget> = {}): CatalogueTarget => ({
  id, name: id, library: '', own: true, on: true, kind: 'sru', address, version: '1.2', schema: 'marcxml',
  indexes: USUAL_INDEXES, timeoutMs: 20_000, perMinute: 600, ...more,
}) // prettier-ignore
const use = (...catalogues: CatalogueTarget[]) => desk.core.settings.set({ catalogues })
const get = async (requestId: string) =>
  coreContract['holdings.get'].out.parse(await desk.handlers['holdings.get']({ requestId }))

async function request(fields: object): Promise<string> {
  const { requestId } = await stage.lever<{ requestId: string }>('request', { service: 'loan', ...fields })
  expect(await desk.core.sync.settle()).toBe(true)
  return requestId
}

/** Looks up by hand and waits for the result after the one known before. */
async function lookUp(requestId: string) {
  const before = (await get(requestId)).result?.at ?? 0
  await new Promise((resolve) => setTimeout(resolve, 2))
  await desk.handlers['holdings.lookUp']({ requestId })
  return until(
    'a result',
    async () => {
      const { result, looking } = await get(requestId)
      return result && result.at > before && !looking ? result : undefined
    },
    60_000,
  )
}

// One centre and one desk for all: each test asks for requests of its own, of catalogues of its own.
beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 0 })
  desk = await stage.desk('one', 'ruc-lin')
  expect(await desk.core.sync.settle()).toBe(true)
})
afterAll(() => stage.end())

const book = (id: string, title: string, more: WrittenRecord['fields']): WrittenRecord => ({
  leader: 'nam0 ',
  fields: [['001', id], ['200', `1#$a${title}`], ...more],
})
const BOOKS = [
  book('b1', '文化苦旅$f余秋雨著', [
    ['010', '##$a978-7-5354-9842-7$dCNY48.00'],
    ['205', '##$a修订本'],
    ['210', '##$d2019'],
    ['701', '#0$a余秋雨'],
    ['905', '##$b01234567$c文学书库$fI267/1034$s在架可借'],
  ]),
  book('b2', '渐变流$h上册', [
    ['210', '##$d1983'],
    ['905', '##$b0871001$c密集书库$fO35/88$s已借出$t2026-12-24'],
  ]),
  book('b3', '渐变流$h下册', [
    ['210', '##$d1983'],
    ['905', '##$b0871002$c密集书库$fO35/88$s在架'],
  ]),
  book('b4', '中国文化史', [
    ['210', '##$d2019'],
    ['701', '#0$a冯天瑜'],
  ]),
]

const missing = missingPrograms(...ZEBRA_PROGRAMS)
describe.skipIf(missing.length > 0)(`a real catalogue (needs ${ZEBRA_PROGRAMS.join(', ')})`, () => {
  let zebra: ZebraServer
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'desk-zebra-'))
    zebra = await startZebra(folder, BOOKS)
  })
  afterAll(async () => {
    await zebra?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('it says what it is, and which of our indexes it does not have', async () => {
    const answer = await desk.handlers['catalogue.test']({ target: target('z', zebra.url) })
    expect(answer).toMatchObject({ state: 'ok', title: '试验馆藏目录', schemas: ['marcxml'], unknownIndexes: ['bath.issn'] }) // prettier-ignore
  })

  test('new requests are looked up as a batch: held, on loan, not held, each with what could be answered', async () => {
    use(target('z', zebra.url))
    const held = await request({ title: '文化苦旅', year: '2019' })
    const lent = await request({ title: '渐變流 上', year: '1983' })
    const none = await request({ title: '量子场论讲义', year: '2001' })
    expect(await desk.handlers['holdings.lookUpNew']({})).toMatchObject({ count: expect.any(Number) })
    const job = desk.core.jobs.list().find(({ kind }) => kind === 'holdings')!
    expect(await desk.core.jobs.settled(job.id)).toMatchObject({ state: 'done', error: null })
    expect((await get(held)).result).toMatchObject({
      state: 'held',
      proposal: { kind: 'supply' },
      found: [{ key: 'b1', verdict: 'same', items: [{ callNumber: 'I267/1034', barcode: '01234567', availability: 'available' }] }], // prettier-ignore
    })
    expect((await get(lent)).result).toMatchObject({
      state: 'held',
      proposal: { kind: 'retryLater', reason: 'OnLoan', until: '2026-12-24' },
    })
    expect((await get(none)).result).toMatchObject({ state: 'not_held', proposal: { kind: 'cannotSupply', reason: 'NotHeld' } }) // prettier-ignore
    // What is known is not asked again.
    expect(await desk.handlers['holdings.lookUpNew']({})).toEqual({ count: 0 })
  })

  test('the request is filled with call number and place, never over what stands there', async () => {
    use(target('z', zebra.url))
    const id = await request({ title: '文化苦旅', isbn: '9787535498427' })
    await lookUp(id)
    await desk.handlers['op.act']({ objectId: id, kind: 'setField', args: { field: 'location', value: '我已写好' } })
    const call = { requestId: id, key: 'b1', target: 'z', item: 0, note: '馆藏：I267/1034' }
    expect(await desk.handlers['holdings.fill'](call)).toEqual({ filled: ['callNumber'], kept: ['location'] })
    const { fields } = await desk.handlers['request.get']({ id })
    expect(fields).toMatchObject({ callNumber: 'I267/1034', location: '我已写好' })
    expect(await desk.core.sync.settle()).toBe(true)
    expect(await stage.rowAtCentre('request', id)).toMatchObject({ fields: { callNumber: 'I267/1034' } })
    expect(await desk.handlers['holdings.fill'](call)).toEqual({ filled: [], kept: ['location'] })
  })

  test('while the catalogue is away its last answer stands in, and says so; "not held" is never said from silence', async () => {
    use(target('z', zebra.url))
    const id = await request({ title: '文化苦旅', year: '2019' })
    const other = await request({ title: '从未问过的书', year: '2020' })
    await lookUp(id)
    await zebra.goAway()
    const away = await lookUp(id)
    expect(away).toMatchObject({ state: 'held', found: [{ key: 'b1' }] })
    expect(away.targets[0]!.state).not.toBe('ok')
    expect(away.targets[0]!.cachedAt).not.toBeNull()
    expect(await lookUp(other)).toMatchObject({ state: 'unknown', proposal: { kind: 'none' } })
    await zebra.comeBack()
    expect((await lookUp(id)).targets[0]).toMatchObject({ state: 'ok', cachedAt: null })
  })

  test.skipIf(missingPrograms('yaz-client').length > 0)('the same over Z39.50 through yaz-client', async () => {
    use(target('z3950', `127.0.0.1:${zebra.port}/Default`, { kind: 'z3950', schema: 'usmarc' }))
    const id = await request({ title: '文化苦旅', year: '2019' })
    expect(await lookUp(id)).toMatchObject({ state: 'held', found: [{ key: 'b1', verdict: 'same' }] })
  })

  test.skipIf(missingPrograms('yaz-client').length > 0)('a question that Z39.50 refuses is no "not held"', async () => {
    const address = `127.0.0.1:${zebra.port}/NoSuchDatabase`
    use(target('z3950', address, { kind: 'z3950', schema: 'usmarc' }))
    const id = await request({ title: '别处也没问过的书', year: '2018' })
    const answer = await lookUp(id)
    expect(answer).toMatchObject({ state: 'unknown', found: [] })
    expect(answer.targets[0]!.state).toBe('diagnostic')
  })
})

describe('a catalogue that misbehaves', () => {
  let server: Server
  let base: string
  const held: ServerResponse[] = []
  /** Every call, in order. */
  const asked: string[] = []
  const xml = (inside: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><searchRetrieveResponse xmlns="http://www.loc.gov/zing/srw/"><version>1.1</version>${inside}</searchRetrieveResponse>`
  const records = (...all: string[]) =>
    all.map((data) => `<record><recordPacking>xml</recordPacking><recordData>${data}</recordData></record>`).join('')
  const good = toMarcXml(BOOKS[0]!)
  const answer = (hits: number, ...all: string[]) => xml(`<numberOfRecords>${hits}</numberOfRecords><records>${records(...all)}</records>`) // prettier-ignore
  /** 文化苦旅 in GBK, between the quotes of a record in UTF-8. */
  const gbk = Buffer.concat([Buffer.from(answer(1, good).split('文化苦旅')[0]!, 'utf8'), Buffer.from([0xce, 0xc4, 0xbb, 0xaf, 0xbf, 0xe0, 0xc2, 0xc3])]) // prettier-ignore
  const ILLS: Record<string, (res: ServerResponse, url: URL) => void> = {
    hang: (res) => void held.push(res),
    drip: (res) => {
      held.push(res)
      res.write('<searchRetrieveResponse>')
    },
    html: (res) =>
      res.setHeader('content-type', 'text/html').end('<!DOCTYPE html><html><head><title>校园网登录</title>'),
    redirect: (res) => res.writeHead(302, { location: '/login' }).end(),
    forbidden: (res) => res.writeHead(403, { 'content-type': 'text/plain' }).end('no'),
    broken: (res) => res.end(answer(3, good).slice(0, -60)),
    bomb: (res) => res.end(`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>${answer(1, good)}`),
    noise: (res) => res.end(Buffer.from([0x3c, 0x61, 0xff, 0xff, 0x80, 0xfe, 0x3e])),
    flood: (res) => res.end(xml(' '.repeat(5_000_000))),
    diagnostic: (res) => res.end(xml('<numberOfRecords>0</numberOfRecords><diagnostics><diagnostic xmlns="http://www.loc.gov/zing/srw/diagnostic/"><uri>info:srw/diagnostic/1/16</uri><message>Unsupported index</message></diagnostic></diagnostics>')), // prettier-ignore
    many: (res) => res.end(answer(10_001, ...Array.from({ length: 300 }, () => good))),
    damaged: (res) => res.end(answer(3, good, '<record xmlns="http://www.loc.gov/MARC21/slim"/>', '<html/>')),
    packed: (res) => res.end(xml(`<numberOfRecords>1</numberOfRecords><records><record><recordPacking>string</recordPacking><recordData>${good.replaceAll('<', '&lt;')}</recordData></record></records>`)), // prettier-ignore
    schema: (res, url) => res.end(url.searchParams.has('recordSchema') ? xml('<diagnostics><diagnostic><uri>info:srw/diagnostic/1/66</uri></diagnostic></diagnostics>') : answer(1, good)), // prettier-ignore
    gbk: (res) => res.setHeader('content-type', 'text/xml; charset=utf-8').end(Buffer.concat([gbk, Buffer.from('</subfield></datafield></record></recordData></record></records></searchRetrieveResponse>')])), // prettier-ignore
  }
  beforeAll(async () => {
    server = createServer((req, res) => {
      const url = new URL(req.url!, 'http://x')
      asked.push(url.pathname)
      ILLS[url.pathname.slice(1)]!(res, url)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    for (const res of held) res.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const ask = async (ill: string) => {
    use(target(ill, `${base}/${ill}`, ill === 'hang' || ill === 'drip' ? { timeoutMs: 1000 } : {}))
    const id = await request({ title: '文化苦旅', year: '2019' })
    return { result: await lookUp(id), health: (await desk.handlers['catalogue.list']({}))[0]!.health }
  }

  test.each([
    ['hang', 'timeout'],
    ['drip', 'timeout'],
    ['html', 'not_sru'],
    ['redirect', 'not_sru'],
    ['forbidden', 'refused'],
    ['broken', 'broken'],
    ['bomb', 'broken'],
    ['noise', 'encoding'],
    ['flood', 'too_large'],
    ['diagnostic', 'diagnostic'],
  ])('%s: the state is %s, nothing is proposed', async (ill, state) => {
    const { result, health } = await ask(ill)
    expect(result).toMatchObject({ state: 'unknown', found: [], proposal: { kind: 'none' }, targets: [{ state }] })
    expect(health).toMatchObject({ state })
  })

  test('a port where nobody listens is unreachable; others beside it still count', async () => {
    use(target('away', 'http://127.0.0.1:9/sru'), target('here', `${base}/packed`))
    const result = await lookUp(await request({ title: '文化苦旅', year: '2019' }))
    expect(result).toMatchObject({ state: 'held', targets: [{ state: 'unreachable' }, { state: 'ok' }] })
  })

  test.each(['packed', 'schema', 'gbk'])('%s: read all the same', async (ill) => {
    expect((await ask(ill)).result).toMatchObject({ state: expect.stringMatching(/held|possible/), found: [{ title: '文化苦旅' }], targets: [{ state: 'ok' }] }) // prettier-ignore
  })

  test('a catalogue that hangs keeps nobody waiting: the request is worked on meanwhile', async () => {
    use(target('hang', `${base}/hang`, { timeoutMs: 60_000 }))
    const id = await request({ title: '文化苦旅', year: '2019' })
    await desk.handlers['holdings.lookUp']({ requestId: id })
    expect(await get(id)).toMatchObject({ looking: true, result: null })
    await desk.handlers['op.act']({ objectId: id, kind: 'setField', args: { field: 'callNumber', value: 'I267/1' } })
    expect((await desk.handlers['request.get']({ id })).fields.callNumber).toBe('I267/1')
    await until('the question is out', async () => held.length > 0)
    for (const res of held.splice(0)) res.destroy()
    const { result } = await until('it ends', async () => {
      const now = await get(id)
      // Each question of the request is held up by itself.
      for (const res of held.splice(0)) res.destroy()
      return now.result && !now.looking ? now : undefined
    }) // prettier-ignore
    expect(result).toMatchObject({ state: 'unknown', proposal: { kind: 'none' } })
    // What a person wrote meanwhile stands.
    expect((await desk.handlers['request.get']({ id })).fields.callNumber).toBe('I267/1')
  })

  test('the whole new queue is looked up at the pace its catalogue allows, and can be ended', async () => {
    use(target('slow', `${base}/packed`, { perMinute: 1 }))
    const ids = [] as string[]
    for (let n = 0; n < 3; n++) ids.push(await request({ title: '文化苦旅', year: '2019' }))
    asked.length = 0
    expect(await desk.handlers['holdings.lookUpNew']({})).toMatchObject({ count: expect.any(Number) })
    const job = desk.core.jobs.list().findLast(({ kind }) => kind === 'holdings')!
    await until('one answer', async () => asked.length > 0)
    desk.handlers['job.cancel']({ jobId: job.id })
    expect(await desk.core.jobs.settled(job.id)).toMatchObject({ state: 'cancelled', error: null })
    // A minute lies between two questions: the others were not asked.
    expect(asked).toEqual(['/packed'])
    const known = await Promise.all(ids.map(async (id) => (await get(id)).result))
    expect(known.filter((result) => result === null).length).toBeGreaterThanOrEqual(2)
  })

  test('ten thousand hits are counted no further, and damaged records are told', async () => {
    const many = await ask('many')
    expect(many.result.targets).toMatchObject([{ state: 'ok', hits: 10_000, more: true }])
    expect(many.result.found.length).toBeLessThanOrEqual(12)
    const damaged = await ask('damaged')
    expect(damaged.result.targets).toMatchObject([{ state: 'ok', damaged: 2 }])
    expect(damaged.result.found).toHaveLength(1)
  })
})
