/** What is believed of an answer, and what is not. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { Backoff, FIRST_MS, LONGEST_MS } from '../../../electron/core/sync/backoff.ts'
import { checkCentreUrl, HttpLink, type TokenStore } from '../../../electron/core/sync/http-link.ts'
import { REPLY_LIMITS, type ReplyLimits } from '../../../electron/core/sync/reply-bytes.ts'

let server: Server | undefined
let link: HttpLink | undefined
afterEach(async () => {
  await link?.close()
  server?.closeAllConnections()
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)))
  server = link = undefined
})

async function against(
  answer: (req: IncomingMessage, res: ServerResponse) => void,
  tokens?: TokenStore,
  limits?: ReplyLimits,
) {
  server = createServer(answer)
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  link = new HttpLink({ url, tokens: tokens ?? fixed(), ...(limits ? { limits } : {}) })
  return link
}
const fixed = (token = 'old'): TokenStore & { pair: string[] } => {
  const pair = [token, 'refresh-1']
  return {
    pair,
    get: () => ({ token: pair[0]!, refresh: pair[1]!, staffToken: 'staff', library: 'RUC' }),
    setPair: (next, refresh) => void pair.splice(0, 2, next, refresh),
  }
}
const json = (res: ServerResponse, status: number, body: object) => {
  res.writeHead(status, { 'Content-Type': 'application/json' })
  res.end(JSON.stringify(body))
}
const page = { serverTime: 1, epoch: 'e', rows: [], next: 'c', more: false }

test('an HTML page that answers with 200 is a portal, not data', async () => {
  const to = await against((_req, res) =>
    res.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>log in</html>'),
  )
  await expect(to.feed('', 10)).rejects.toMatchObject({ failure: 'portal' })
})

test('a redirect to a log-in page is a portal', async () => {
  const to = await against((_req, res) => res.writeHead(302, { Location: 'http://portal.example/' }).end())
  await expect(to.feed('', 10)).rejects.toMatchObject({ failure: 'portal' })
})

test('JSON of another shape is not the centre either', async () => {
  const to = await against((_req, res) => json(res, 200, { ok: true }))
  await expect(to.feed('', 10)).rejects.toMatchObject({ failure: 'portal', error: 'not_the_centre' })
})

test('a line that is cut in mid-body is no answer', async () => {
  const to = await against((_req, res) => {
    res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' })
    res.write('{"serverTime"')
    setTimeout(() => res.destroy(), 20)
  })
  await expect(to.feed('', 10)).rejects.toMatchObject({ failure: 'offline' })
})

test('a bomb of compressed blanks is not unpacked, however the centre announces it', async () => {
  const bomb = gzipSync(`{"serverTime":1,"padding":"${' '.repeat(64 * 1024 * 1024)}"}`)
  let read = 0
  const to = await against((_req, res) => {
    read++
    res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
    res.end(bomb)
  })
  expect(bomb.length).toBeLessThan(100_000)
  await expect(to.feed('', 1)).rejects.toMatchObject({ failure: 'portal', error: 'too_large' })
  expect(read).toBe(1)
})

test('a reply without an end is left in the middle, an error as well as a page', async () => {
  let status = 200
  let sent = 0
  const to = await against((_req, res) => {
    res.writeHead(status, { 'Content-Type': 'application/json' })
    const piece = Buffer.alloc(1024 * 1024, ' ')
    const more = () => {
      while (!res.destroyed && res.write(piece)) sent += piece.length
    }
    res.on('drain', more)
    more()
  })
  await expect(to.feed('', 1)).rejects.toMatchObject({ failure: 'portal', error: 'too_large' })
  expect(sent).toBeLessThan(4 * REPLY_LIMITS.bytes)
  status = 500
  await expect(to.feed('', 1)).rejects.toMatchObject({ failure: 'busy' })
})

test('a reply that drips is no network once the patience is over, though a byte came just now', async () => {
  const to = await against(
    (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'application/json' })
      const drip = setInterval(() => res.write(' '), 5)
      res.on('close', () => clearInterval(drip))
    },
    fixed(),
    { bytes: 1000_000, ms: 300 },
  )
  await expect(to.feed('', 1)).rejects.toMatchObject({ failure: 'offline', error: 'too_slow' })
})

test('a page that is too large is asked for in smaller ones', async () => {
  const asked: number[] = []
  const to = await against(
    (req, res) => {
      const limit = Number(new URL(req.url!, 'http://x').searchParams.get('limit'))
      asked.push(limit)
      json(res, 200, { ...page, next: 'x'.repeat(200), padding: 'y'.repeat(limit * 1000) })
    },
    fixed(),
    { bytes: 100_000, ms: 20_000 },
  )
  expect(await to.feed('', 500)).toMatchObject({ more: false })
  expect(asked).toEqual([500, 63])
})

test.each([
  [410, { error: 'resync_required' }, 'resync_required'],
  [426, { error: 'protocol_unsupported' }, 'protocol'],
  [401, { error: 'staff_invalid' }, 'staff_sign_in'],
  [422, { error: 'op_id_reused' }, 'refused'],
  [503, { error: 'busy' }, 'busy'],
  [500, { error: 'internal' }, 'busy'],
])('%i %j means %s', async (status, body, failure) => {
  const to = await against((_req, res) => json(res, status, body))
  await expect(to.feed('', 10)).rejects.toMatchObject({ failure, status })
})

test('the centre may ask to wait; an hour is the most that is obeyed', async () => {
  let after = '7'
  const to = await against((_req, res) => {
    res.setHeader('Retry-After', after)
    json(res, 429, { error: 'slow_down' })
  })
  await expect(to.feed('', 10)).rejects.toMatchObject({ failure: 'busy', retryAfterMs: 7000 })
  after = '999999'
  await expect(to.feed('', 10)).rejects.toMatchObject({ retryAfterMs: 3_600_000 })
})

test('an expired token is refreshed once, kept, and the call repeated', async () => {
  const tokens = fixed()
  const seen: string[] = []
  const to = await against((req, res) => {
    seen.push(`${req.url} ${req.headers.authorization ?? ''}`)
    if (req.url === '/v1/token') json(res, 200, { serverTime: 1, epoch: 'e', token: 'new', refresh: 'refresh-2' })
    else if (req.headers.authorization === 'Bearer new') json(res, 200, page)
    else json(res, 401, { error: 'token_invalid' })
  }, tokens)
  expect(await to.feed('', 10)).toMatchObject({ next: 'c' })
  expect(tokens.pair).toEqual(['new', 'refresh-2'])
  expect(seen).toHaveLength(3)
})

test('a device that was taken out must sign in again', async () => {
  const to = await against((_req, res) => json(res, 401, { error: 'token_invalid' }))
  await expect(to.feed('', 10)).rejects.toMatchObject({ failure: 'device_sign_in' })
})

test('only a refusal with the stamp of the centre makes a desk enrol again, not the 401 of a gateway', async () => {
  let stamp = {}
  let refused = 0
  const to = await against((_req, res) => json(res, 401, { error: 'token_invalid', ...stamp }), {
    ...fixed(),
    refused: () => refused++,
  })
  await expect(to.feed('', 10)).rejects.toMatchObject({ failure: 'device_sign_in' })
  expect(refused).toBe(0)
  stamp = { serverTime: 1, epoch: 'e' }
  await expect(to.feed('', 10)).rejects.toMatchObject({ failure: 'device_sign_in' })
  expect(refused).toBe(1)
})

test('nobody there is no network', async () => {
  const to = await against(() => {})
  server!.closeAllConnections()
  await new Promise((resolve) => server!.close(resolve))
  server = undefined
  await expect(to.feed('', 10)).rejects.toMatchObject({ failure: 'offline' })
})

test('the token never goes to another address than the centre', async () => {
  const to = await against((_req, res) => json(res, 200, page))
  await expect(to.uploadOffset('https://elsewhere.example/upload')).rejects.toMatchObject({ error: 'foreign_address' })
})

test('plain http is for this machine only', () => {
  expect(checkCentreUrl('https://centre.example').origin).toBe('https://centre.example')
  expect(checkCentreUrl('http://127.0.0.1:8080').port).toBe('8080')
  for (const url of ['http://centre.example', 'http://127.0.0.1.evil.example', 'ftp://localhost'])
    expect(() => checkCentreUrl(url)).toThrow(expect.objectContaining({ code: 'insecure_centre' }))
  expect(() => checkCentreUrl('not an address')).toThrow(expect.objectContaining({ code: 'bad_call' }))
})

test('waiting doubles up to five minutes with full jitter and begins anew after a success', () => {
  const most = new Backoff(() => 1)
  const waits = Array.from({ length: 12 }, () => most.failed())
  expect(waits.slice(0, 4)).toEqual([FIRST_MS, 2 * FIRST_MS, 4 * FIRST_MS, 8 * FIRST_MS])
  expect(Math.max(...waits)).toBe(LONGEST_MS)
  most.succeeded()
  expect(most.failed()).toBe(FIRST_MS)
  expect(new Backoff(() => 0).failed(9000)).toBe(9000)
})
