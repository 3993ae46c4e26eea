/** The centre as a program: it announces itself, ends when told or orphaned, and loses nothing it answered. */
import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, expect, it } from 'vitest'
import { WireDesk } from '../../electron/centre/conformance/client.ts'
import { REHEARSAL_PASSWORD } from '../../electron/centre/seed/directory.ts'

const entry = fileURLToPath(new URL('../../electron/centre/index.ts', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'centre-'))
const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function start(dataDir: string, port = 0): Promise<{ child: ChildProcess; url: string }> {
  const args = ['--data', dataDir, '--rehearsal', '--rows', '60', '--port', String(port), '--manual-borrower']
  const child = fork(entry, args, { silent: true })
  started.push(child)
  const [message] = (await once(child, 'message')) as [{ listening: string }]
  return { child, url: message.listening }
}

async function desk(url: string): Promise<WireDesk> {
  const made = new WireDesk(url)
  await made.enrol('RUC-DEMO', '一号台')
  await made.signIn('ruc-wang', REHEARSAL_PASSWORD)
  return made
}

it('what was answered survives SIGKILL, and a repeated call after it has no second effect', async () => {
  const dataDir = join(root, 'kill')
  const first = await start(dataDir)
  const one = await desk(first.url)
  const open = await one.openRequests('copy')
  const ops = open.slice(0, 5).map((row) => one.op('note', row.id, { text: '断电之前' }))
  const answered = await one.push(ops)
  const gone = once(first.child, 'exit')
  first.child.kill('SIGKILL')
  await gone
  await start(dataDir, Number(new URL(first.url).port))
  expect(await one.push(ops)).toEqual(answered)
  for (const op of ops) expect((await one.request(op.objectId)).history).toHaveLength(1)
})

it('a kill in the middle of a burst of calls leaves every operation done once or not at all', async () => {
  const dataDir = join(root, 'burst')
  const first = await start(dataDir)
  const one = await desk(first.url)
  const ops = (await one.openRequests('copy')).slice(0, 20).map((row) => one.op('note', row.id, { text: '一次' }))
  const gone = once(first.child, 'exit')
  const calls = ops.map((op, i) =>
    one.push([op]).then(
      () => (i === 6 ? first.child.kill('SIGKILL') : undefined),
      () => undefined,
    ),
  )
  await Promise.all(calls)
  await gone
  await start(dataDir, Number(new URL(first.url).port))
  expect((await one.push(ops)).every((result) => result.outcome === 'applied')).toBe(true)
  for (const op of ops) expect((await one.request(op.objectId)).history).toHaveLength(1)
})

it('ends by itself on SIGTERM and when its parent goes away', async () => {
  const told = await start(join(root, 'term'))
  told.child.kill('SIGTERM')
  expect(await once(told.child, 'exit')).toEqual([0, null])
  const orphan = await start(join(root, 'orphan'))
  orphan.child.disconnect()
  expect(await once(orphan.child, 'exit')).toEqual([0, null])
})

it('prints where it listens as one line of JSON', async () => {
  const child = spawn(process.execPath, [entry, '--data', join(root, 'line'), '--rehearsal'], { stdio: 'pipe' })
  started.push(child)
  const [text] = (await once(child.stdout, 'data')) as [Buffer]
  expect(JSON.parse(text.toString())).toEqual({ listening: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
})

it('refuses what it cannot do with a reason and status 2', async () => {
  for (const args of [
    [],
    ['--data', root, '--mutant', 'nonsense', '--rehearsal'],
    ['--data', root, '--host', '0.0.0.0'],
  ]) {
    const child = spawn(process.execPath, [entry, ...args], { stdio: 'pipe' })
    started.push(child)
    const said: string[] = []
    child.stderr.on('data', (text: Buffer) => said.push(text.toString()))
    expect((await once(child, 'exit'))[0]).toBe(2)
    expect(said.join('')).toMatch(/^centre: /)
  }
})

it('a database of a newer centre is left alone', async () => {
  const dataDir = join(root, 'newer')
  const first = await start(dataDir)
  first.child.kill('SIGTERM')
  await once(first.child, 'exit')
  const { openDatabase } = await import('../../db/driver.ts')
  const db = openDatabase(join(dataDir, 'centre.db'), { key: null })
  db.pragma('user_version = 9990')
  db.close()
  const child = spawn(process.execPath, [entry, '--data', dataDir, '--rehearsal'], { stdio: 'pipe' })
  started.push(child)
  expect((await once(child, 'exit'))[0]).toBe(2)
})

it('speaks TLS with a given certificate', async () => {
  const cert = join(root, 'cert.pem')
  const key = join(root, 'key.pem')
  const made = spawn(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-subj',
      '/CN=localhost',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      cert,
    ],
    { stdio: 'ignore' },
  )
  const [code] = (await once(made, 'exit')) as [number]
  if (code !== 0) throw new Error('openssl is needed for this test')
  const args = ['--data', join(root, 'tls'), '--rehearsal', '--cert', cert, '--key', key]
  const child = spawn(process.execPath, [entry, ...args], { stdio: 'pipe' })
  started.push(child)
  const [text] = (await once(child.stdout, 'data')) as [Buffer]
  expect((JSON.parse(text.toString()) as { listening: string }).listening).toMatch(/^https:/)
})
