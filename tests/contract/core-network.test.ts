/** The way to a centre out in the world: certificates, proxies, and how much of the line uploads may take. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { HttpLink } from '../../electron/core/sync/http-link.ts'
import type { Network } from '../../electron/core/sync/network.ts'
import { firstProxy } from '../../electron/main/modules/first-proxy.ts'
import { Stage } from '../support/desk.ts'
import { FaultLine } from '../faults/line.ts'

const stage = new Stage()
const [key, cert] = [join(stage.folder, 'key.pem'), join(stage.folder, 'cert.pem')]
const NAME = 'centre.balis.example'
const usual: Network = { proxy: '', ca: '' }
let port = 0
beforeAll(async () => {
  const subject = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME},DNS:localhost`]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  execFileSync(
    'openssl',
    ['req', '-x509', ...curve, '-nodes', ...subject, '-days', '2', '-keyout', key, '-out', cert],
    { stdio: 'ignore' },
  )
  const tls = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  await stage.startCentre({ rows: 5, tls })
  port = Number(new URL(stage.centre.url).port)
})
afterAll(() => stage.end())

const links: HttpLink[] = []
const proxies: Server[] = []
afterEach(async () => {
  for (const link of links.splice(0)) await link.close()
  for (const proxy of proxies.splice(0)) proxy.close()
  for (const name of ['HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS']) delete process.env[name]
})

/** A proxy that knows one name, as a campus proxy knows the world. */
async function proxyTo(name: string): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer()
  server.on('connect', (req, socket) => {
    asked.push(req.url ?? '')
    if (!req.url?.startsWith(`${name}:`)) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    const up = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      up.pipe(socket).pipe(up)
    })
    up.on('error', () => socket.destroy())
    socket.on('error', () => up.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  proxies.push(server)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

function enrolOver(url: string, network: Network, systemProxy?: () => Promise<string | null>) {
  const tokens = { get: () => null, setPair: () => {} }
  const link = new HttpLink({ url, tokens, network, ...(systemProxy ? { systemProxy } : {}) })
  links.push(link)
  return link.enrol('RUC-DEMO', 'network')
}
const ca = () => readFileSync(cert, 'utf8')
const enrolled = expect.objectContaining({ deviceId: expect.any(String) as string }) as unknown
const away = `https://${NAME}:4443`

test('a certificate nobody vouches for is no centre; one of an authority that was chosen is', async () => {
  const url = `https://localhost:${port}`
  await expect(enrolOver(url, usual)).rejects.toMatchObject({ failure: 'portal', error: 'certificate' })
  expect(await enrolOver(url, { ...usual, ca: ca() })).toEqual(enrolled)
})

test('NODE_EXTRA_CA_CERTS is an authority too', async () => {
  process.env['NODE_EXTRA_CA_CERTS'] = cert
  expect(await enrolOver(`https://localhost:${port}`, usual)).toEqual(enrolled)
})

test.each(['the environment', 'the system', 'the settings'] as const)('a proxy named by %s is used', async (where) => {
  const proxy = await proxyTo(NAME)
  if (where === 'the environment') process.env['HTTPS_PROXY'] = proxy.url
  const network = { proxy: where === 'the settings' ? proxy.url : '', ca: ca() }
  const system = where === 'the system' ? () => Promise.resolve(proxy.url) : undefined
  expect(await enrolOver(away, network, system)).toEqual(enrolled)
  expect(proxy.asked).toEqual([`${NAME}:4443`])
})

test('"none" goes straight, whatever the environment and the system say; so does a centre on this machine', async () => {
  const proxy = await proxyTo(NAME)
  process.env['HTTPS_PROXY'] = proxy.url
  await expect(enrolOver(away, { proxy: 'none', ca: ca() })).rejects.toMatchObject({ failure: 'offline' })
  expect(await enrolOver(`https://localhost:${port}`, { ...usual, ca: ca() })).toEqual(enrolled)
  expect(proxy.asked).toEqual([])
})

test('a proxy that does not let through is no network', async () => {
  const proxy = await proxyTo('elsewhere.example')
  await expect(enrolOver(away, { proxy: proxy.url, ca: ca() })).rejects.toMatchObject({ failure: 'offline' })
})

test('a machine that moves to another network is asked again for its proxy', async () => {
  const proxy = await proxyTo(NAME)
  const answers = ['http://127.0.0.1:9', proxy.url]
  const tokens = { get: () => null, setPair: () => {} }
  const systemProxy = () => Promise.resolve(answers.shift() ?? null)
  const link = new HttpLink({ url: away, tokens, network: { ...usual, ca: ca() }, systemProxy })
  links.push(link)
  await expect(link.enrol('RUC-DEMO', 'network')).rejects.toMatchObject({ failure: 'offline' })
  expect(await link.enrol('RUC-DEMO', 'network')).toEqual(enrolled)
})

test.each([
  ['DIRECT', null],
  ['PROXY proxy.lib.example:3128; DIRECT', 'http://proxy.lib.example:3128'],
  ['SOCKS5 10.0.0.1:1080; HTTPS secure.example:443', 'https://secure.example:443'],
  ['SOCKS 10.0.0.1:1080', null],
])('the system that says "%s" means %s', (said, means) => expect(firstProxy(said)).toBe(means))

test('the authority is chosen as a file in the window, named by its subject, and junk is refused', async () => {
  const desk = await stage.open('trust')
  const take = (path: string) => {
    const id = randomUUID()
    desk.running.takeFile({ id, path, name: 'x', bytes: 1 })
    return desk.handlers['network.trust']({ fileId: id })
  }
  expect(await take(cert)).toMatchObject({ name: NAME })
  expect(desk.core.settings.get().network.ca).toMatchObject({
    name: NAME,
    pem: expect.stringContaining('BEGIN') as string,
  })
  const junk = join(stage.folder, 'junk.pem')
  writeFileSync(junk, '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----')
  await expect(take(junk)).rejects.toMatchObject({ code: 'damaged_file' })
  const noted = desk.core.db.sql<{ detail: string }>(`SELECT detail FROM audit WHERE event = 'settingsChanged'`).all()
  expect(noted).toEqual([{ detail: '{"settings":["network"]}' }])
  await desk.handlers['desk.enrol']({ url: `https://localhost:${port}`, code: 'RUC-DEMO', deskName: 'trust' })
  await desk.handlers['desk.signIn']({ staff: 'ruc-wang', password: 'balis-rehearsal' })
  expect(await desk.core.sync.settle()).toBe(true)
})

test('uploads keep to the limit of the settings, in pieces small enough to share the line; without one they do not', async () => {
  const plain = new Stage()
  await plain.startCentre({ rows: 5 })
  const line = new FaultLine(plain.centre.url)
  try {
    const desk = await plain.desk('capped', 'ruc-wang', await line.open())
    await desk.core.sync.settle()
    const deliver = async (bytes: number) => {
      const { requestId } = await plain.lever<{ requestId: string }>('request')
      await desk.core.sync.settle()
      const blob = await desk.core.blobs.put(Buffer.alloc(bytes, requestId), 'application/pdf')
      desk.core.act({ objectId: requestId, kind: 'fulfil', args: { blobs: [blob.sha256], pages: 1, bytes } })
      const mark = line.calls.length
      expect(await desk.core.sync.settle()).toBe(true)
      return line.calls.slice(mark).filter(({ method }) => method === 'PATCH')
    }
    expect(await deliver(1_000_000)).toHaveLength(1)
    desk.core.settings.set({ network: { ...desk.core.settings.get().network, uploadKBps: 500 } })
    const pieces = await deliver(1_000_000)
    expect(pieces).toHaveLength(2)
    expect(pieces[1]!.at - pieces[0]!.at).toBeGreaterThan(950)
  } finally {
    await line.close()
    await plain.end()
  }
})
