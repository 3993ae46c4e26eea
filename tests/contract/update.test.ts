/** New versions: believed only when signed, brought over lines that break, never installed into somebody's work. */
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { feedName, publicKeyText, writeFeed } from '../../build/package/feed.mjs'
import { isOffered, readFeed } from '../../electron/core/update/feed.ts'
import { createUpdates, type Updates } from '../../electron/core/update/updates.ts'
import { applyRows } from '../../electron/core/sync/apply.ts'
import { readRow } from '../../electron/core/sync/read-row.ts'
import { compareVersions } from '../../electron/contract/version.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

const NAME = 'balis-desk_0.2.0_amd64.deb'
const BYTES = randomBytes(300_000)

let stage: Stage
let desk: TestDesk
let server: Server
let address: string
let work: string
let feedFolder: string
/** What the server does with the next request, when not what a static server does. */
let trick: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined
let ranges: string[]
const open: Updates[] = []

beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 3 })
  desk = await stage.desk('updating')
  server = createServer((request, response) => {
    if (trick?.(request, response)) return
    const path = join(feedFolder, request.url!.slice('/desk/'.length))
    try {
      const bytes = readFileSync(path)
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
      if (request.headers.range) ranges.push(request.headers.range)
      if (from > 0) response.setHeader('Content-Range', `bytes ${from}-${bytes.length - 1}/${bytes.length}`)
      response.writeHead(from > 0 ? 206 : 200).end(bytes.subarray(from))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as { port: number }).port}/desk`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await stage.end()
})

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'desk-update-'))
  feedFolder = join(work, 'feed')
  trick = undefined
  ranges = []
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  writeFileSync(join(work, 'private.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(join(work, 'public.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
  writeFileSync(join(work, NAME), BYTES)
  rmSync(join(desk.folder, 'updates'), { recursive: true, force: true })
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
  rmSync(work, { recursive: true, force: true })
})

const publish = (version = '0.2.0', percent = 100) =>
  writeFeed({ to: feedFolder, files: [join(work, NAME)], version, percent, privateKey: join(work, 'private.pem') })

function updates({ feed = address as string | null, version = '0.1.0' } = {}): Updates {
  const core = { ...desk.core, options: { ...desk.core.options, version } }
  const made = createUpdates(core, { kind: 'deb', feed, key: publicKeyText(join(work, 'public.pem')) })
  open.push(made)
  return made
}

const isX64Linux = process.platform === 'linux' && process.arch === 'x64'
const onLinux = test.runIf(isX64Linux)

onLinux('a signed newer version is brought and lies ready, also after the desk was started again', async () => {
  publish()
  const first = updates()
  expect(first.view()).toMatchObject({ state: 'idle', source: 'server', offer: null })
  await first.look()
  expect(first.view()).toMatchObject({ state: 'ready', offer: { version: '0.2.0', bytes: BYTES.length }, lastCheck: { code: null } }) // prettier-ignore
  const { path, version } = await first.ready()
  expect(version).toBe('0.2.0')
  expect(readFileSync(path).equals(BYTES)).toBe(true)
  await first.close()
  const again = updates()
  expect(again.view()).toMatchObject({ state: 'ready', offer: { version: '0.2.0' } })
  // Once it runs, its package is of no use any more.
  updates({ version: '0.2.0' })
  expect(() => statSync(path)).toThrow('ENOENT')
})

onLinux('a line that breaks costs nothing: the next look goes on where it stopped', async () => {
  publish()
  const one = updates()
  trick = (request, response) => {
    if (!request.url!.endsWith('.deb')) return false
    // Ends in the middle and, like many a proxy, says nothing of it.
    response.writeHead(200).end(BYTES.subarray(0, 120_000))
    return true
  }
  await one.look()
  expect(one.view()).toMatchObject({ state: 'idle', lastCheck: { code: 'offline' } })
  // Cut off hard; what came before may or may not have been written.
  trick = (request, response) => {
    if (!request.url!.endsWith('.deb')) return false
    response.writeHead(206, { 'Content-Range': `bytes 120000-${BYTES.length - 1}/${BYTES.length}` })
    response.write(BYTES.subarray(120_000, 200_000), () => response.destroy())
    return true
  }
  await one.look()
  expect(one.view()).toMatchObject({ state: 'idle', lastCheck: { code: 'offline' } })
  const here = statSync(join(desk.folder, 'updates', '0.2.0', `${NAME}.part`)).size
  expect(here).toBeGreaterThanOrEqual(120_000)
  trick = undefined
  await one.look()
  expect(ranges).toEqual([`bytes=${here}-`])
  expect(readFileSync((await one.ready()).path).equals(BYTES)).toBe(true)
})

onLinux('a server that knows no ranges sends it whole again', async () => {
  publish()
  mkdirSync(join(desk.folder, 'updates', '0.2.0'), { recursive: true })
  writeFileSync(join(desk.folder, 'updates', '0.2.0', `${NAME}.part`), BYTES.subarray(0, 1000))
  trick = (request, response) => {
    if (!request.url!.endsWith('.deb')) return false
    response.writeHead(200).end(BYTES)
    return true
  }
  const one = updates()
  await one.look()
  expect(readFileSync((await one.ready()).path).equals(BYTES)).toBe(true)
})

onLinux.each([
  ['other bytes of the same length', () => Buffer.from(BYTES.map((byte, i) => (i === 200_000 ? byte ^ 1 : byte)))],
  ['more than was said', () => Buffer.concat([BYTES, BYTES])],
])('a package of %s is thrown away', async (_what, bytes) => {
  publish()
  writeFileSync(join(feedFolder, NAME), bytes())
  const one = updates()
  await one.look()
  expect(one.view()).toMatchObject({ state: 'idle', lastCheck: { code: 'update_damaged' } })
  await expect(one.ready()).rejects.toMatchObject({ code: 'update_none' })
})

test('a feed with one changed letter, or signed by somebody else, or not at all, is not believed', async () => {
  const path = publish()
  const key = publicKeyText(join(work, 'public.pem'))
  const [bytes, signature] = [readFileSync(path), readFileSync(`${path}.sig`, 'utf8')]
  expect(readFeed(bytes, signature, key).version).toBe('0.2.0')
  const unsigned = expect.objectContaining({ code: 'update_unsigned' })
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    expect(() => readFeed(changed, signature, key)).toThrow(unsigned)
  }
  expect(() => readFeed(bytes, '', key)).toThrow(unsigned)
  const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  expect(() => readFeed(bytes, signature, other)).toThrow(unsigned)
  rmSync(`${path}.sig`)
  const one = updates()
  await one.look()
  expect(one.view()).toMatchObject({ state: 'idle', offer: null, lastCheck: { code: 'not_found' } })
})

test('an older version, or the same, is no update, however well signed', async () => {
  publish('0.2.0')
  for (const version of ['0.2.0', '0.10.0', '1.0.0']) {
    const one = updates({ version })
    await one.look()
    expect(one.view()).toMatchObject({ state: 'idle', offer: null, lastCheck: { code: null } })
  }
  expect(['0.10.0', '0.9.0', 'x', '1.0.0'].sort(compareVersions)).toEqual(['x', '0.9.0', '0.10.0', '1.0.0'])
})

test('a staged version reaches its share of desks, and the same ones while the share grows', () => {
  const desks = Array.from({ length: 1000 }, (_, i) => `desk-${i}`)
  const reached = (stagingPercentage: number) =>
    desks.filter((id) => isOffered({ version: '0.2.0', files: [], stagingPercentage } as never, id))
  expect(reached(0)).toEqual([])
  expect(reached(100)).toHaveLength(1000)
  expect(reached(20).length).toBeGreaterThan(140)
  expect(reached(20).length).toBeLessThan(260)
  expect(reached(60)).toEqual(expect.arrayContaining(reached(20)))
})

onLinux('a stick in a folder is as good as the server, and held against the same signature', async () => {
  publish('0.2.0', 0)
  const one = updates({ feed: null })
  expect(one.view().source).toBe('folder')
  await one.fromFolder(feedFolder)
  await one.settled()
  expect(readFileSync((await one.ready()).path).equals(BYTES)).toBe(true)
  writeFileSync(
    join(feedFolder, feedName()),
    readFileSync(join(feedFolder, feedName()), 'utf8').replace('0.2.0', '0.3.0'),
  )
  await expect(one.fromFolder(feedFolder)).rejects.toMatchObject({ code: 'update_unsigned' })
  await expect(one.fromFolder(work)).rejects.toMatchObject({ code: 'not_found' })
})

onLinux('what was changed on the disk after it was brought is not installed', async () => {
  publish()
  const one = updates()
  await one.look()
  const path = join(desk.folder, 'updates', '0.2.0', NAME)
  const changed = Buffer.from(BYTES)
  changed[5]! ^= 1
  writeFileSync(path, changed)
  await expect(one.ready()).rejects.toMatchObject({ code: 'update_damaged' })
  expect(one.view().state).toBe('idle')
  await one.look()
  expect(readFileSync((await one.ready()).path).equals(BYTES)).toBe(true)
})

onLinux(
  'nothing is installed into somebody’s work: a scan, then a bag that is packed; afterwards it may be',
  async () => {
    publish()
    const one = updates()
    await one.look()
    const scanning = Promise.withResolvers<void>()
    const job = desk.core.jobs.start('scan', null, () => scanning.promise)
    expect(one.view().busy).toEqual(['scanning'])
    await expect(one.ready()).rejects.toMatchObject({ code: 'update_busy', params: { work: 'scanning' } })
    scanning.resolve()
    await desk.core.jobs.settled(job)
    await one.ready()
    desk.core.act({ objectId: randomUUID(), kind: 'openManifest', args: { number: 'RUC-1', run: 'morning' } })
    expect(one.view().busy).toEqual(['courier'])
    await expect(one.ready()).rejects.toMatchObject({ code: 'update_busy' })
  },
)

test('put off, it does not ask again for hours', () => {
  const one = updates()
  one.later()
  expect(one.view().laterUntil! - desk.core.now()).toBeGreaterThan(3 * 3_600_000)
})

test('where the administrator installs new versions the desk neither looks nor takes any', async () => {
  publish()
  const one = updates({ feed: 'none' })
  await one.look()
  expect(one.view()).toMatchObject({ source: 'administrator', state: 'idle' })
  await expect(one.fromFolder(feedFolder)).rejects.toMatchObject({ code: 'update_none' })
})

test('an address in the open world without TLS is not asked', async () => {
  const one = updates({ feed: 'http://updates.example.org/' })
  await one.look()
  expect(one.view()).toMatchObject({ state: 'idle', offer: null })
})

test('the centre’s word of a newer version is told until it is put away; junk in it tells nothing and breaks nothing', async () => {
  const own = updates({ feed: null, version: '0.1.0' })
  expect(own.view().announced).toBeNull()
  const about = (newest: string, atLeast?: string) => ({
    kind: 'desk',
    title: `<img src=x onerror=alert(1)> ${newest}`,
    desk: { newest, ...(atLeast ? { atLeast } : {}) },
  })
  await stage.lever('notice', about('0.1.0'))
  await stage.lever('notice', about('0.3.0'))
  await stage.lever('notice', about('0.2.0', '0.2.0'))
  await desk.core.sync.settle()
  expect(own.view().announced).toMatchObject({ version: '0.3.0', required: false, heard: false })
  own.heard('0.3.0')
  expect(own.view().announced).toMatchObject({ version: '0.3.0', heard: true })
  // A later word on another version is new again.
  await stage.lever('notice', about('0.4.0', '0.3.5'))
  await desk.core.sync.settle()
  expect(own.view().announced).toMatchObject({ version: '0.4.0', required: true, heard: false })
  expect(updates({ feed: null, version: '0.4.0' }).view().announced).toBeNull()

  const { id } = desk.core.db.sql<{ id: string }>(`SELECT id FROM base WHERE type = 'notice' ORDER BY seq DESC`).get()!
  const version = (n: number) => 1000 + n
  const junk = [
    { newest: '9.9.9/../../x' },
    { newest: '99999999999.0.0' },
    { newest: 7 },
    'text',
    [],
    { atLeast: '9.0.0' },
  ]
  for (const [n, wrong] of junk.entries()) {
    const row = { type: 'notice', id, version: version(n), seq: version(n), kind: 'desk', title: 't', text: '', at: 1, readAt: null, desk: wrong } // prettier-ignore
    applyRows(desk.core.db, desk.core.views, [readRow(row)], 1)
    expect(desk.core.db.sql('SELECT 1 FROM base WHERE id = ? AND version = ?').get(id, version(n))).toBeDefined()
    expect(own.view().announced).toMatchObject({ version: '0.3.0' })
  }
})
