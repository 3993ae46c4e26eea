/** Rehearsal: the centre plays the rest of the consortium, through the same guards and only on this machine. */
import { request as httpRequest } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AnomalyRow, BagRow, LibraryRow, RequestRow } from '../../electron/contract/centre.contract.ts'
import { CentreClock } from '../../electron/centre/clock.ts'
import { WireDesk } from '../../electron/centre/conformance/client.ts'
import { startCentre, type RunningCentre } from '../../electron/centre/server.ts'
import { REHEARSAL_PASSWORD } from '../../electron/centre/seed/directory.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'centre-'))
const clock = new CentreClock()
let running: RunningCentre
let desk: WireDesk

beforeAll(async () => {
  const borrower = { receiveAfterMs: null, returnAfterMs: null }
  running = await startCentre({ dataDir, rehearsal: true, rows: 30, borrower, clock })
  desk = new WireDesk(running.url)
  await desk.enrol('RUC-DEMO', '一号台')
  await desk.signIn('ruc-wang', REHEARSAL_PASSWORD)
})
afterAll(async () => {
  await running.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const lever = (name: string, body: unknown) => desk.call('POST', `/rehearsal/${name}`, { body })

/** A new loan by courier, brought to the hand-over. */
async function handOver(): Promise<string> {
  const made = await lever('request', { service: 'loan', title: '渐变流', volumes: 2, callNumber: 'O35/88' })
  const id = String(made.json!.requestId)
  const [bagId, manifestId] = [crypto.randomUUID(), crypto.randomUUID()]
  const results = await desk.push([
    desk.op('accept', id, {}),
    ...[1, 2].map((volume) => desk.op('bindItem', id, { volume, barcode: `${id}-${volume}` })),
    desk.op('openBag', bagId, { code: `B-${id}`, destination: 'BUCT', route: '' }),
    ...[1, 2].map((volume) => desk.op('pack', id, { item: { requestId: id, volume }, bagId })),
    desk.op('closeBag', bagId, { seal: 'S-1' }),
    desk.op('openManifest', manifestId, { number: `M-${id}`, run: '' }),
    desk.op('closeManifest', manifestId, { bagIds: [bagId] }),
    desk.op('handedOver', manifestId, { driver: '张师傅', signature: { strokes: [] }, digest: 'd'.repeat(64) }),
  ])
  expect(results.every((result) => result.outcome === 'applied')).toBe(true)
  return id
}

describe('the first morning', () => {
  it('figure 3 stands in the queue as new requests of 北京化工大学图书馆, as the figure prints them', async () => {
    const { rows } = await desk.feed()
    const figure = rows.filter((row) => row.id.startsWith('HG000038') || row.id.startsWith('HG000039'))
    const shown = figure
      .map((row) => RequestRow.parse(row))
      .map(({ id, status, fields }) => [fields.centreNo, id, fields.title, fields.year, status, fields.partner])
    const fresh = ['RequestReceived', 'BUCT']
    expect(shown).toEqual([
      ['zx0000433390', 'HG00003897', '大学英语语法与练习 上', '2017', ...fresh],
      ['zx0000433822', 'HG00003898', '渐变流', '1983', ...fresh],
      [
        'zx0000434571',
        'HG00003899',
        'The Proceedings of the 5th Asia-Pacific Drying Conference: (In 2 Volumes)',
        '2007',
        ...fresh,
      ],
      [
        'zx0000434619',
        'HG00003900',
        'More Giving and Less Giving Up: The Role of Self-Signaling in Consumer Choice',
        '2015',
        ...fresh,
      ],
      ['zx0000434676', 'HG00003901', '无人系统技术', '2023', ...fresh],
      ['zx0000434894', 'HG00003902', '文化苦旅', '2019', ...fresh],
    ])
  })

  it('the directory has every member the papers name, each with its own two letters', async () => {
    const { rows } = await desk.feed()
    const members = rows.filter((row) => row.type === 'library').map((row) => LibraryRow.parse(row))
    expect(members).toHaveLength(32)
    expect(new Set(members.map((member) => member.code)).size).toBe(32)
    for (const name of [
      '中国人民大学图书馆',
      '北京工业大学耿丹学院图书馆',
      '首都医科大学图书馆',
      '中国青年政治学院图书馆',
    ])
      expect(members.map((member) => member.name)).toContain(name)
  })

  it('the asking library sees its own requests at its own desk', async () => {
    const theirs = new WireDesk(running.url)
    await theirs.enrol('BUCT-DEMO', '一号台')
    expect(await theirs.request('HG00003902')).toMatchObject({ role: 'requester', fields: { partner: 'RUC' } })
  })
})

describe('the borrower', () => {
  it('receives and sends back when told, in a bag of its own that we can tick off', async () => {
    const id = await handOver()
    expect((await lever('borrower', { action: 'return', requestId: id })).status).toBe(409)
    expect((await lever('borrower', { action: 'receive', requestId: id })).status).toBe(200)
    expect(await desk.request(id)).toMatchObject({ status: 'Loaned', stage: 'at_borrower' })
    expect((await lever('borrower', { action: 'return', requestId: id })).status).toBe(200)
    expect(await desk.request(id)).toMatchObject({ status: 'Loaned', stage: 'returning' })
    const { rows } = await desk.feed()
    const back = rows.filter((row) => row.type === 'bag' && row.owner === 'BUCT').map((row) => BagRow.parse(row))
    const bag = back.find((one) => one.items.some((item) => item.requestId === id))!
    expect(bag).toMatchObject({ destination: 'RUC', state: 'handed_over' })
    expect(bag.items.map((item) => item.volume)).toEqual([1, 2])
    await desk.push([
      desk.op('bagArrived', bag.id, {}),
      ...[1, 2].map((volume) =>
        desk.op('itemArrived', bag.id, { item: { requestId: id, volume }, condition: 'good' as const }),
      ),
      ...[1, 2].map((volume) => desk.op('checkedIn', id, { volume, condition: 'good' as const })),
    ])
    expect(await desk.request(id)).toMatchObject({ status: 'LoanCompleted', stage: 'checked_in' })
    const doubts = (await desk.feed()).rows.filter((row) => row.type === 'anomaly').map((row) => AnomalyRow.parse(row))
    expect(doubts).toEqual([])
  })

  it('plays by itself at the pace it is given', async () => {
    const id = await handOver()
    await lever('borrower', { action: 'auto', receiveAfterMs: 60_000, returnAfterMs: 60_000 })
    const look = () => lever('borrower', { action: 'auto', receiveAfterMs: 60_000, returnAfterMs: 60_000 })
    await look()
    expect((await desk.request(id)).stage).toBe('handed_over')
    clock.setOffset(61_000)
    await expect.poll(async () => (await desk.request(id)).stage, { timeout: 10_000 }).toBe('at_borrower')
    clock.setOffset(122_000)
    await expect.poll(async () => (await desk.request(id)).stage, { timeout: 10_000 }).toBe('returning')
    clock.setOffset(0)
    await lever('borrower', { action: 'manual' })
  })
})

describe('the other levers', () => {
  it('a cancel is asked for and waits for our answer', async () => {
    const id = String((await lever('request', {})).json!.requestId)
    await desk.push([desk.op('accept', id, {})])
    await lever('cancel', { requestId: id })
    expect(await desk.request(id)).toMatchObject({ status: 'WillSupply', cancelAsked: true })
    await desk.push([desk.op('answerCancel', id, { yes: true })])
    expect(await desk.request(id)).toMatchObject({ status: 'Cancelled', cancelAsked: false })
  })

  it('an unanswered request is cancelled at once, and our later answer is told so', async () => {
    const id = String((await lever('request', {})).json!.requestId)
    await lever('cancel', { requestId: id })
    const [late] = await desk.push([desk.op('accept', id, {})])
    expect(late).toMatchObject({ outcome: 'rejected', code: 'cancelled', row: { status: 'Cancelled' } })
  })

  it('a complaint opens a delivered copy again, and sending again closes it', async () => {
    const id = String((await lever('request', {})).json!.requestId)
    const bytes = new TextEncoder().encode('%PDF-1.7 one')
    const args = async (text: string) => ({
      blobs: [await desk.upload(new TextEncoder().encode(text))],
      pages: 1,
      bytes: bytes.length,
    })
    await desk.push([desk.op('fulfil', id, await args('%PDF-1.7 one'))])
    await lever('complain', { requestId: id, reason: '缺第 2 页' })
    expect(await desk.request(id)).toMatchObject({ stage: 'resend', complaint: '缺第 2 页' })
    await desk.push([desk.op('resend', id, await args('%PDF-1.7 two'))])
    expect(await desk.request(id)).toMatchObject({ stage: 'sent', complaint: null })
    await lever('opened', { requestId: id })
    expect((await desk.request(id)).delivery?.openedAt).toEqual(expect.any(Number))
  })

  it('what is asked to come again later comes again when its time has come', async () => {
    const id = String((await lever('request', { service: 'loan' })).json!.requestId)
    const when = clock.now() + 3_600_000
    await desk.push([desk.op('retryLater', id, { reason: 'OnLoan', when })])
    expect(await desk.request(id)).toMatchObject({ status: 'RetryPossible', reason: 'OnLoan' })
    clock.setOffset(3_700_000)
    await running.centre.tick()
    await desk.renew()
    expect(await desk.request(id)).toMatchObject({ status: 'RequestReceived', stage: 'queued', reason: '' })
    clock.setOffset(0)
  })

  it('two desks of one library are given disjoint blocks of the queue, a single desk none', async () => {
    await lever('allot', { block: 4 })
    await desk.page('')
    expect((await desk.feed()).rows.filter((row) => row.allotted)).toEqual([])
    const second = new WireDesk(running.url)
    await second.enrol('RUC-DEMO', '二号台')
    await second.page('')
    await lever('allot', { block: 4 })
    await desk.page('')
    await second.page('')
    const allotted = (await desk.feed()).rows.filter((row) => row.allotted).map((row) => RequestRow.parse(row))
    const of = (id: string) => allotted.filter((row) => row.allotted!.desk === id)
    expect([of(desk.deviceId).length, of(second.deviceId).length]).toEqual([4, 4])
    const mine = of(desk.deviceId)[0]!.id
    await desk.push([desk.op('claim', mine, {})])
    expect((await desk.request(mine)).allotted).toBeNull()
    await lever('allot', { block: 0 })
  })

  it('a wake line tells when the feed moved', async () => {
    const stop = new AbortController()
    const res = await fetch(running.url + desk.lib('/wake'), {
      headers: { Authorization: `Bearer ${desk.token}`, 'Desk-Protocol': '1' },
      signal: stop.signal,
    })
    const reader = res.body!.pipeThrough(new TextDecoderStream()).getReader()
    const first = (await reader.read()).value!
    const { requestId } = (await lever('request', {})).json!
    const second = (await reader.read()).value!
    stop.abort()
    const seq = (text: string) => (JSON.parse(text.slice('data: '.length)) as { seq: number }).seq
    expect(seq(second)).toBeGreaterThan(seq(first))
    expect(seq(second)).toBe((await desk.request(String(requestId))).seq)
  })

  it('junk at a lever is a 4xx', async () => {
    for (const [name, body] of [
      ['nothing', {}],
      ['request', { service: 'gift' }],
      ['borrower', { action: 'receive' }],
      ['cancel', { requestId: 'nobody' }],
    ] as const)
      expect((await lever(name, body)).status).toSatisfy((status: number) => status >= 400 && status < 500)
  })

  it('there are no levers behind a strange host name, nor outside rehearsal', async () => {
    const { port } = new URL(running.url)
    const status = await new Promise((resolve) => {
      const headers = { Host: 'evil.example', 'Content-Type': 'application/json' }
      const req = httpRequest({ port, path: '/rehearsal/info', method: 'POST', headers }, (res) =>
        resolve(res.statusCode),
      )
      req.end('{}')
    })
    expect(status).toBe(404)
    const plainDir = mkdtempSync(join(tmpdir(), 'centre-'))
    const plain = await startCentre({ dataDir: plainDir })
    const answer = await new WireDesk(plain.url).call('POST', '/rehearsal/info', { body: {} })
    expect(answer.status).toBe(404)
    const enrol = await new WireDesk(plain.url).call('POST', '/v1/enrol', { body: { code: 'RUC-DEMO', deskName: 'x' } })
    expect(enrol.status).toBe(403)
    await plain.close()
    rmSync(plainDir, { recursive: true, force: true })
    await expect(startCentre({ dataDir: plainDir, mutants: ['no-dedupe'] })).rejects.toThrow(/rehearsal/)
  })
})
