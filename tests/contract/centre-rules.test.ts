/** Rules S1-S5 of the central service, each as a claim over real HTTP. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RequestRow } from '../../electron/contract/centre.contract.ts'
import { CentreClock } from '../../electron/centre/clock.ts'
import { WireDesk, sha256Of } from '../../electron/centre/conformance/client.ts'
import { startCentre, type RunningCentre } from '../../electron/centre/server.ts'
import { REHEARSAL_PASSWORD } from '../../electron/centre/seed/directory.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'centre-'))
const clock = new CentreClock()
let running: RunningCentre
let one: WireDesk
let two: WireDesk
let foreign: WireDesk
/** Open requests nobody has used in a test yet. */
let copies: RequestRow[]
let loans: RequestRow[]

async function desk(code: string, name: string, staff: string): Promise<WireDesk> {
  const made = new WireDesk(running.url)
  await made.enrol(code, name)
  await made.signIn(staff, REHEARSAL_PASSWORD)
  return made
}

beforeAll(async () => {
  const borrower = { receiveAfterMs: null, returnAfterMs: null }
  running = await startCentre({ dataDir, rehearsal: true, rows: 400, seed: 3, borrower, clock })
  one = await desk('RUC-DEMO', '一号台', 'ruc-wang')
  two = await desk('RUC-DEMO', '二号台', 'ruc-li')
  foreign = await desk('PKU-DEMO', '一号台', 'pku-wang')
  copies = await one.openRequests('copy')
  loans = await one.openRequests('loan')
})
afterAll(async () => {
  await running.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const nextCopy = () => copies.pop()!.id

describe('S1, S2: the feed', () => {
  it('a reader beside eight writers never sees a number before a smaller one', async () => {
    let { next } = await one.feed()
    const ids = copies.splice(0, 8).map((row) => row.id)
    const seen: number[] = []
    let writing = true
    const reader = (async () => {
      while (writing || seen.length < ids.length) {
        const page = await one.feed(next, 3)
        seen.push(...page.rows.map((row) => row.seq))
        next = page.next
      }
    })()
    await Promise.all(
      ids.map((id, i) => (i % 2 ? one : two).push([(i % 2 ? one : two).op('note', id, { text: `${i}` })])),
    )
    writing = false
    await reader
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(new Set(seen).size).toBe(ids.length)
  })

  it('a row stands in the feed once, with its newest state', async () => {
    const id = nextCopy()
    const { next } = await one.feed()
    await one.push([one.op('note', id, { text: 'a' }), one.op('note', id, { text: 'b' }), one.op('claim', id, {})])
    const { rows } = await one.feed(next)
    expect(rows.filter((row) => row.id === id)).toHaveLength(1)
    expect(RequestRow.parse(rows.find((row) => row.id === id)).claim?.desk).toBe(one.deviceId)
  })

  it('pages of one give the same rows as one big page', async () => {
    const small = await one.feed('', 7)
    const big = await one.feed('', 500)
    expect(small.rows).toEqual(big.rows)
  })

  it('a cursor of another life of the centre is told to start anew', async () => {
    const forged = Buffer.from('another-epoch 1 0').toString('base64url')
    const answer = await one.call('GET', one.lib(`/feed?cursor=${forged}`))
    expect(answer.status).toBe(410)
    expect(answer.json).toMatchObject({ error: 'resync_required' })
  })

  it('a cursor ahead of the feed (the centre was restored) is told to start anew', async () => {
    const { next } = await one.feed()
    const [epoch] = Buffer.from(next, 'base64url').toString().split(' ')
    const ahead = Buffer.from(`${epoch} 999999999 0`).toString('base64url')
    expect((await one.call('GET', one.lib(`/feed?cursor=${ahead}`))).status).toBe(410)
  })
})

describe('S3, S4: results', () => {
  it('a doubled operation changes nothing and is answered the same', async () => {
    const id = nextCopy()
    const op = one.op('note', id, { text: '一次' })
    const [first] = await one.push([op])
    const [second] = await one.push([op])
    expect(second).toEqual(first)
    expect((await one.request(id)).history).toHaveLength(1)
  })

  it('the same operation twice in one call has one effect', async () => {
    const id = nextCopy()
    const op = one.op('note', id, { text: '一次' })
    const results = await one.push([op, op])
    expect(results.map((result) => result.outcome)).toEqual(['applied', 'applied'])
    expect((await one.request(id)).history).toHaveLength(1)
  })

  it('a refusal stays the refusal it was, also when the reason is gone', async () => {
    const id = nextCopy()
    await two.push([two.op('claim', id, {})])
    const op = one.op('claim', id, {})
    expect((await one.push([op]))[0]).toMatchObject({ outcome: 'rejected', code: 'already_claimed' })
    await two.push([two.op('release', id, {})])
    expect((await one.push([op]))[0]).toMatchObject({ outcome: 'rejected', code: 'already_claimed' })
  })

  it('the same id with another body is an error of the desk, and nothing of that call is carried out', async () => {
    const id = nextCopy()
    const op = one.op('note', id, { text: 'wahr' })
    await one.push([op])
    const other = one.op('note', id, { text: 'neu' })
    const answer = await one.pushRaw([other, { ...op, args: { text: 'falsch' } }])
    expect(answer.status).toBe(422)
    expect(answer.json).toMatchObject({ error: 'op_id_reused', opId: op.opId })
    expect((await one.request(id)).history.map((entry) => entry.text)).toEqual(['wahr'])
  })

  it('an acknowledged operation that comes again is settled and not executed', async () => {
    const id = nextCopy()
    const op = one.op('note', id, { text: '一次' })
    await one.push([op])
    await one.push([], op.n)
    expect((await one.push([op], op.n))[0]).toEqual({ opId: op.opId, outcome: 'settled' })
    // Also under a number of later: a desk put back from its backup counts on from there.
    expect((await one.push([{ ...op, n: op.n + 1000 }], op.n))[0]).toEqual({ opId: op.opId, outcome: 'settled' })
    expect((await one.request(id)).history).toHaveLength(1)
  })

  it('an acknowledgement beyond what the centre knows swallows nothing', async () => {
    const fresh = await desk('RUC-DEMO', '三号台', 'ruc-wang')
    const id = nextCopy()
    const op = fresh.op('note', id, { text: '恢复之后' })
    expect((await fresh.push([op], 50))[0]!.outcome).toBe('applied')
  })

  it('an operation waits until what it follows has arrived', async () => {
    const id = nextCopy()
    const first = one.op('note', id, { text: '1' })
    const second = one.op('note', id, { text: '2' }, { after: [first.opId] })
    expect((await one.push([second]))[0]).toEqual({ opId: second.opId, outcome: 'retry', code: 'prev_unsettled' })
    await one.push([first])
    expect((await one.push([second]))[0]!.outcome).toBe('applied')
    expect((await one.request(id)).history.map((entry) => entry.text)).toEqual(['1', '2'])
  })

  it('an operation may follow one whose result was acknowledged long ago', async () => {
    const id = nextCopy()
    const first = one.op('note', id, { text: '1' })
    await one.push([first])
    await one.push([], first.n)
    const second = one.op('note', id, { text: '2' }, { after: [first.opId], needsPrev: true })
    expect((await one.push([second], first.n))[0]!.outcome).toBe('applied')
  })

  it('what makes sense only after another falls with it', async () => {
    const id = nextCopy()
    await two.push([two.op('claim', id, {})])
    const accept = one.op('accept', id, {})
    const undo = one.op('unaccept', id, {}, { after: [accept.opId], needsPrev: true })
    const alone = one.op('note', id, { text: '仍然记下' }, { after: [accept.opId] })
    const results = await one.push([accept, undo, alone])
    expect(results.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['rejected', 'already_claimed'],
      ['rejected', 'prev_rejected'],
      ['applied', undefined],
    ])
  })

  it('a fact is recorded whatever became of the operation before it', async () => {
    const manifest = one.op('openManifest', crypto.randomUUID(), { number: 'M-1', run: '' })
    const twice = one.op('openManifest', manifest.objectId, { number: 'M-1', run: '' }, { after: [manifest.opId] })
    const handed = one.op(
      'handedOver',
      manifest.objectId,
      { driver: '张师傅', signature: { strokes: [] }, digest: 'd'.repeat(64) },
      { after: [twice.opId], needsPrev: true },
    )
    const results = await one.push([manifest, twice, handed])
    expect(results.map((result) => result.outcome)).toEqual(['applied', 'rejected', 'applied'])
  })
})

describe('S5: bytes', () => {
  const pdf = () => new Uint8Array(randomBytes(70_000))

  it('a document is delivered with exactly the bytes that were sent', async () => {
    const bytes = pdf()
    const sha256 = await one.upload(bytes)
    const id = nextCopy()
    const [result] = await one.push([one.op('fulfil', id, { blobs: [sha256], pages: 2, bytes: bytes.length })])
    expect(result).toMatchObject({ outcome: 'applied', row: { status: 'CopyCompleted', delivery: { sha256 } } })
    const got = await one.call('GET', one.lib(`/blobs/${sha256}`))
    expect(sha256Of(got.bytes)).toBe(sha256)
  })

  it('a part of a document is answered as the part it is', async () => {
    const bytes = pdf()
    const sha256 = await one.upload(bytes)
    const part = await one.call('GET', one.lib(`/blobs/${sha256}`), { headers: { Range: 'bytes=100-199' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${bytes.length}`)
    expect(Buffer.from(part.bytes).equals(Buffer.from(bytes.subarray(100, 200)))).toBe(true)
    const beyond = await one.call('GET', one.lib(`/blobs/${sha256}`), { headers: { Range: 'bytes=70000-' } })
    expect(beyond.status).toBe(416)
  })

  it("another library's document is not there: not to read, not to deliver with", async () => {
    const sha256 = await foreign.upload(pdf())
    expect((await one.call('GET', one.lib(`/blobs/${sha256}`))).status).toBe(404)
    expect((await one.call('GET', foreign.lib(`/blobs/${sha256}`))).status).toBe(403)
    const op = one.op('fulfil', nextCopy(), { blobs: [sha256], pages: 1, bytes: 1 })
    expect((await one.push([op]))[0]).toMatchObject({ outcome: 'retry', code: 'missing_blob' })
  })

  it('delivery waits for its bytes and succeeds when they are there', async () => {
    const bytes = pdf()
    const id = nextCopy()
    const op = one.op('fulfil', id, { blobs: [sha256Of(bytes)], pages: 1, bytes: bytes.length })
    expect((await one.push([op]))[0]).toMatchObject({ outcome: 'retry', code: 'missing_blob' })
    expect((await one.request(id)).status).toBe('RequestReceived')
    await one.upload(bytes)
    expect((await one.push([op]))[0]!.outcome).toBe('applied')
  })

  it('bytes that do not hash to what was said are deleted', async () => {
    const bytes = pdf()
    const url = await one.begin('application/pdf', bytes.length)
    await one.patch(url, 0, bytes)
    const wrong = 'e'.repeat(64)
    const answer = await one.complete(url, wrong, bytes.length)
    expect(answer.status).toBe(409)
    expect(answer.json).toMatchObject({ error: 'hash_mismatch' })
    expect((await one.call('GET', one.lib(`/blobs/${wrong}`))).status).toBe(404)
    expect((await one.head(url)).status).toBe(404)
    expect(existsSync(join(dataDir, 'uploads', url.split('/').pop()!))).toBe(false)
  })

  it('completing twice is answered the same: a lost reply does no harm', async () => {
    const bytes = pdf()
    const url = await one.begin('application/pdf', bytes.length)
    await one.patch(url, 0, bytes)
    for (let i = 0; i < 2; i++) expect((await one.complete(url, sha256Of(bytes), bytes.length)).status).toBe(200)
    expect((await one.head(url)).headers.get('upload-offset')).toBe(String(bytes.length))
    expect((await one.patch(url, bytes.length, new Uint8Array(1))).status).toBe(410)
    const left = readdirSync(join(dataDir, 'uploads')).filter((name) => name.startsWith(url.split('/').pop()!))
    expect(left).toEqual([])
  })

  it('an upload cut in the middle goes on from where it stopped', async () => {
    const bytes = pdf()
    const url = await one.begin('application/pdf', bytes.length)
    await cutPatch(url, bytes.subarray(0, 30_000), bytes.length)
    const offset = Number((await one.head(url)).headers.get('upload-offset'))
    expect(offset).toBeLessThanOrEqual(30_000)
    expect((await one.complete(url, sha256Of(bytes), bytes.length)).json).toMatchObject({ error: 'upload_incomplete' })
    const rest = await one.patch(url, offset, new Uint8Array(bytes.subarray(offset)))
    expect(rest.status).toBe(204)
    expect((await one.complete(url, sha256Of(bytes), bytes.length)).status).toBe(200)
  })

  it('a piece for the wrong place is refused and leaves the upload as it was', async () => {
    const bytes = pdf()
    const url = await one.begin('application/pdf', bytes.length)
    await one.patch(url, 0, new Uint8Array(bytes.subarray(0, 1000)))
    expect((await one.patch(url, 500, new Uint8Array(bytes.subarray(500)))).status).toBe(409)
    expect((await one.head(url)).headers.get('upload-offset')).toBe('1000')
  })

  it('the length may be told at the end', async () => {
    const bytes = pdf()
    const url = await one.begin('application/pdf')
    await one.patch(url, 0, new Uint8Array(bytes.subarray(0, 5000)))
    expect((await one.head(url)).headers.get('upload-defer-length')).toBe('1')
    await one.patch(url, 5000, new Uint8Array(bytes.subarray(5000)), bytes.length)
    expect((await one.complete(url, sha256Of(bytes), bytes.length)).status).toBe(200)
  })

  /** Sends the beginning of a PATCH and breaks the line in mid-body. */
  function cutPatch(url: string, bytes: Uint8Array, whole: number): Promise<void> {
    const { hostname, port } = new URL(one.url)
    return new Promise((resolve) => {
      const line = connect(Number(port), hostname, () => {
        line.write(
          [
            `PATCH ${url} HTTP/1.1`,
            `Host: ${hostname}:${port}`,
            `Authorization: Bearer ${one.token}`,
            'Desk-Protocol: 1',
            'Tus-Resumable: 1.0.0',
            'Upload-Offset: 0',
            'Content-Type: application/offset+octet-stream',
            `Content-Length: ${whole}`,
            '',
            '',
          ].join('\r\n'),
        )
        line.write(bytes, () => setTimeout(() => line.destroy(), 30))
      })
      line.on('close', () => resolve())
      line.on('error', () => undefined)
    })
  }
})

describe('nothing but the wire gets in', () => {
  const picture = async () => JSON.stringify((await one.feed()).rows)

  it('HTML, junk, oversized and misshapen bodies are refused with a 4xx and write nothing', async () => {
    const before = await picture()
    const op = one.op('note', copies[0]!.id, { text: 'x' })
    const call = { deviceId: one.deviceId, protocol: 1, ackThrough: 0, ops: [op] }
    const json = { 'Content-Type': 'application/json' }
    const tries: [string | Uint8Array<ArrayBuffer>, Record<string, string>][] = [
      ['<!doctype html><title>校园网登录</title>', { 'Content-Type': 'text/html' }],
      ['<!doctype html><title>校园网登录</title>', json],
      [new Uint8Array(randomBytes(4096)), json],
      ['{"deviceId":', json],
      ['null', json],
      [JSON.stringify({ ...call, surplus: 1 }), json],
      [JSON.stringify({ ...call, ops: [{ ...op, kind: 'erase' }] }), json],
      [JSON.stringify({ ...call, ops: [{ ...op, args: { text: '' } }] }), json],
      [JSON.stringify({ ...call, ops: [{ ...op, args: { text: 'x', more: 1 } }] }), json],
      [JSON.stringify({ ...call, ops: Array.from({ length: 101 }, () => op) }), json],
      [JSON.stringify({ ...call, ackThrough: -1 }), json],
      [`"${'x'.repeat(9 * 1024 * 1024)}"`, json],
      [new Uint8Array(randomBytes(512)), { ...json, 'Content-Encoding': 'gzip' }],
    ]
    for (const [raw, headers] of tries) {
      const answer = await one.call('POST', one.lib('/ops'), { raw, headers }).catch(() => null)
      // An oversized body may be cut off while it is still being sent.
      if (answer) expect(answer.status, String(raw).slice(0, 60)).toSatisfy((s: number) => s >= 400 && s < 500)
    }
    expect(await picture()).toBe(before)
  })

  it('a misshapen argument names the operation it is in', async () => {
    const good = one.op('note', copies[0]!.id, { text: 'x' })
    const bad = { ...one.op('note', copies[0]!.id, { text: 'x' }), args: {} }
    const answer = await one.pushRaw([good, bad])
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ error: 'bad_op', opId: bad.opId })
  })

  it('an unknown protocol is told which ones are spoken', async () => {
    for (const protocol of [99, null]) {
      const answer = await one.call('GET', one.lib('/feed'), { protocol })
      expect(answer.status).toBe(426)
      expect(answer.json).toMatchObject({ error: 'protocol_unsupported', min: 1, max: 1 })
    }
  })

  it('every reply, refusals too, has the time and the epoch of the centre', async () => {
    const answers = [
      await one.call('GET', one.lib('/feed')),
      await one.call('GET', one.lib('/feed'), { token: 'nobody' }),
      await one.call('GET', '/nowhere'),
      await one.pushRaw([]),
    ]
    for (const answer of answers) {
      expect(answer.json?.serverTime).toEqual(expect.any(Number))
      expect(answer.json?.epoch).toEqual(answers[0]!.json!.epoch)
      expect(Number(answer.headers.get('server-time'))).toBeGreaterThan(0)
    }
  })

  it('large replies are packed for callers that take gzip', async () => {
    const answer = await one.call('GET', one.lib('/feed'), { headers: { 'Accept-Encoding': 'gzip' } })
    expect(answer.headers.get('content-encoding')).toBe('gzip')
  })

  it('plain http on a real network is refused at the start', async () => {
    await expect(startCentre({ dataDir, host: '0.0.0.0' })).rejects.toThrow(/loopback/)
  })
})

describe('who calls', () => {
  it('without a token, with a strange one or for another library nothing is served', async () => {
    expect((await one.call('GET', one.lib('/feed'), { token: null })).status).toBe(401)
    expect((await one.call('GET', one.lib('/feed'), { token: 'x'.repeat(43) })).status).toBe(401)
    expect((await one.call('GET', foreign.lib('/feed'))).status).toBe(403)
  })

  it('operations need a person signed in at this desk', async () => {
    const fresh = new WireDesk(running.url)
    await fresh.enrol('RUC-DEMO', '四号台')
    expect((await fresh.pushRaw([])).json).toMatchObject({ error: 'staff_invalid' })
    fresh.staffToken = one.staffToken
    expect((await fresh.pushRaw([])).status).toBe(401)
  })

  it("another desk's name on the call is refused", async () => {
    const body = { deviceId: two.deviceId, protocol: 1, ackThrough: 0, ops: [] }
    expect((await one.call('POST', one.lib('/ops'), { body })).status).toBe(403)
  })

  it('a wrong password is refused, and so is guessing on', async () => {
    const guesser = new WireDesk(running.url)
    await guesser.enrol('RUC-DEMO', '五号台')
    const guess = () => guesser.call('POST', guesser.lib('/signin'), { body: { staff: 'ruc-wang', password: 'x' } })
    expect((await guess()).status).toBe(403)
    let last = 403
    for (let i = 0; i < 12 && last === 403; i++) last = (await guess()).status
    expect(last).toBe(429)
    // The minute passes.
    clock.setOffset(61_000)
    expect((await guess()).status).toBe(403)
  })

  it('a code opens the door once', async () => {
    const lever = await one.call('POST', '/rehearsal/enrol-code', { body: { library: 'RUC' } })
    const code = String(lever.json!.code)
    const first = new WireDesk(running.url)
    await first.enrol(code.toLowerCase(), '六号台')
    expect(first.library).toBe('RUC')
    const again = await one.call('POST', '/v1/enrol', { body: { code, deskName: '七号台' } })
    expect(again.status).toBe(403)
  })

  it('a refresh whose answer was lost can be asked for again; once the new pair is used the old one is dead', async () => {
    const fresh = new WireDesk(running.url)
    await fresh.enrol('RUC-DEMO', '八号台')
    const old = fresh.refresh
    await fresh.renew()
    fresh.refresh = old
    await fresh.renew()
    await fresh.page('')
    const answer = await fresh.call('POST', '/v1/token', { body: { refresh: old }, token: null })
    expect(answer.status).toBe(401)
  })

  it('a device that was revoked is out at once', async () => {
    const fresh = new WireDesk(running.url)
    await fresh.enrol('RUC-DEMO', '九号台')
    await one.call('POST', '/rehearsal/revoke', { body: { deviceId: fresh.deviceId } })
    expect((await fresh.call('GET', fresh.lib('/feed'))).status).toBe(401)
    expect((await fresh.call('POST', '/v1/token', { body: { refresh: fresh.refresh } })).status).toBe(401)
  })
})

describe('two libraries, one truth', () => {
  it('a forwarded request leaves our feed as a tombstone and stands new in the other', async () => {
    const row = copies.find((r) => r.fields.partner !== 'PKU')!
    copies.splice(copies.indexOf(row), 1)
    const { next } = await one.feed()
    await one.push([one.op('forward', row.id, { reason: 'NotHeld', to: 'PKU' })])
    const { rows } = await one.feed(next)
    const tomb = rows.find((r) => r.id === row.id)!
    expect(tomb).toEqual({
      type: 'request',
      id: row.id,
      version: row.version + 1,
      seq: tomb.seq,
      gone: { reason: 'forwarded' },
    })
    expect(await foreign.request(row.id)).toMatchObject({ status: 'RequestReceived', role: 'supplier' })
  })

  it('a request that comes back to us goes on in version, not back', async () => {
    const row = copies.find((r) => r.fields.partner !== 'PKU')!
    copies.splice(copies.indexOf(row), 1)
    await one.push([one.op('forward', row.id, { reason: 'NotHeld', to: 'PKU' })])
    await foreign.push([foreign.op('forward', row.id, { reason: 'NotHeld', to: 'RUC' })])
    expect((await one.request(row.id)).version).toBe(row.version + 2)
  })

  it('the whole way of a loan: bound, packed, handed over, received, sent back, checked in', async () => {
    const loan = loans.find(
      (r) => r.fields.partner === 'PKU' && r.volumes.length === 1 && r.fields.deliveryMethod === 'courier',
    )!
    const bagId = crypto.randomUUID()
    const manifestId = crypto.randomUUID()
    const item = { requestId: loan.id, volume: 1 }
    const outcomes = await one.push([
      one.op('accept', loan.id, {}),
      one.op('printed', loan.id, { kind: 'pullSlip', copy: 1 }),
      one.op('bindItem', loan.id, { volume: 1, barcode: 'RUC7000001' }),
      one.op('openBag', bagId, { code: 'B-RUC-1-1', destination: 'PKU', route: '' }),
      one.op('pack', loan.id, { item, bagId }),
      one.op('closeBag', bagId, { seal: 'S-1' }),
      one.op('openManifest', manifestId, { number: 'M-RUC-1-2026-1', run: '上午' }),
      one.op('closeManifest', manifestId, { bagIds: [bagId] }),
      one.op('handedOver', manifestId, { driver: '张师傅', signature: { strokes: [] }, digest: 'd'.repeat(64) }),
    ])
    expect(outcomes.map((o) => o.outcome)).toEqual(outcomes.map(() => 'applied'))
    expect(await one.request(loan.id)).toMatchObject({ status: 'Loaned', stage: 'handed_over' })
    expect(await foreign.row('bag', bagId)).toMatchObject({ state: 'handed_over' })
    // The other library does its part at its own desk, on the row its own feed shows.
    await foreign.push([
      foreign.op('bagArrived', bagId, {}),
      foreign.op('itemArrived', bagId, { item, condition: 'good' }),
      foreign.op('received', loan.id, {}),
    ])
    expect(await one.row('bag', bagId)).toMatchObject({ state: 'reconciled' })
    expect(await one.request(loan.id)).toMatchObject({ stage: 'at_borrower' })
    await one.call('POST', '/rehearsal/borrower', { body: { action: 'return', requestId: loan.id } })
    expect(await one.request(loan.id)).toMatchObject({ status: 'Loaned', stage: 'returning' })
    const back = (await one.feed()).rows.find((r) => r.type === 'bag' && r.owner === 'PKU')!
    await one.push([
      one.op('bagArrived', back.id, {}),
      one.op('itemArrived', back.id, { item, condition: 'good' }),
      one.op('checkedIn', loan.id, { volume: 1, condition: 'good' }),
    ])
    expect(await one.request(loan.id)).toMatchObject({ status: 'LoanCompleted', stage: 'checked_in' })
    expect(await foreign.request(loan.id)).toMatchObject({ status: 'LoanCompleted', role: 'requester' })
    expect((await one.feed()).rows.filter((r) => r.type === 'anomaly' && r.about === loan.id)).toEqual([])
  })

  it('time makes a loan overdue, renews the lease of a desk that calls and not of one that does not', async () => {
    const held = nextCopy()
    const left = nextCopy()
    await one.push([one.op('claim', held, {})])
    await two.push([two.op('claim', left, {})])
    const lease = (await one.request(held)).claim!.leaseUntil
    const leftLease = (await one.request(left)).claim!.leaseUntil
    const later = clock.now()
    clock.setOffset(61_000 + (lease - later) - 3_600_000)
    await one.renew()
    expect((await one.request(held)).claim!.leaseUntil).toBeGreaterThan(lease)
    expect((await one.request(left)).claim!.leaseUntil).toBe(leftLease)
    clock.setOffset(61_000 + (lease - later) + 3_600_000)
    await one.renew()
    const [taken] = await one.push([one.op('claim', left, {})])
    expect(taken!.outcome).toBe('applied')
    const out = (await one.feed()).rows.filter((r) => r.status === 'Loaned').map((r) => RequestRow.parse(r))
    clock.setOffset(400 * 86_400_000)
    await running.centre.tick()
    await one.renew()
    expect(out.length).toBeGreaterThan(0)
    expect(await one.request(out[0]!.id)).toMatchObject({ status: 'Overdue' })
  })
})
