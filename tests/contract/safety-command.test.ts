/** `desk backup | restore | export | audit | support | doctor`: what they print, and the exit codes a script relies on. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openDatabase } from '../../db/driver.ts'
import { auditAfter } from '../../db/queries/audit.ts'
import { restoreCommand, SAFETY_COMMANDS } from '../../electron/core/commands/safety.ts'
import { WrongUse } from '../../electron/core/commands/wrong-use.ts'
import { recoveryKeyOf } from '../../electron/core/recovery-key.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

// Several starts of a desk each: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000 })

const CLI = fileURLToPath(new URL('../../electron/core/cli.ts', import.meta.url))
let stage: Stage
let desk: TestDesk
const secret = (text: string) => {
  const path = join(stage.folder, `password-${text}`)
  writeFileSync(path, `${text}\n`)
  return path
}
const supervisor = () => ({ staff: 'ruc-lin', 'password-file': secret('balis-rehearsal') })
beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 15 })
  desk = await stage.desk('cli', 'ruc-lin')
  await desk.core.sync.settle()
  await desk.core.blobs.put(new TextEncoder().encode('a page'), 'image/png')
}, 60_000)
afterEach(() => vi.unstubAllEnvs())
afterAll(() => stage.end())

async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, ...args, '--data', desk.folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}
const command = (name: string, values: object = {}, ...rest: string[]) =>
  SAFETY_COMMANDS[name]!(desk.running, values, rest)

test('backup copies beside the database or elsewhere, and lists what there is', async () => {
  expect(await command('backup', { list: true })).toMatchObject({ exit: 1, data: [] })
  expect(await command('backup')).toMatchObject({ exit: 0, data: { missing: 0, blobs: 1 } })
  const elsewhere = join(stage.folder, 'stick')
  await command('backup', { to: elsewhere })
  const list = await command('backup', { to: elsewhere, list: true })
  expect(list).toMatchObject({ exit: 0, data: [{ requests: 21, blobs: 1 }] })
  expect(readdirSync(join(elsewhere, 'files'))).toHaveLength(1)
})

test('export writes readable tables and files, and no secret', async () => {
  const to = join(stage.folder, 'export')
  const { data } = await command('export', { to, ...supervisor() })
  const folder = join(to, (data as { name: string }).name)
  const names = readdirSync(folder)
  expect(names).toEqual(expect.arrayContaining(['audit.csv', 'base.jsonl', 'outbox.jsonl', 'files', 'README.txt']))
  expect(names).not.toContain('meta.jsonl')
  const requests = readFileSync(join(folder, 'base.jsonl'), 'utf8').trim().split('\n')
  expect(requests.map((line) => (JSON.parse(line) as { type: string }).type)).toContain('request')
  const [file] = readdirSync(join(folder, 'files'))
  expect(readFileSync(join(folder, 'files', file!), 'utf8')).toBe('a page')
  const all = names
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join()
  const tokens = JSON.parse(desk.core.db.sql<{ value: string }>(`SELECT value FROM meta WHERE key = 'tokens'`).get()!.value) as { token: string } // prettier-ignore
  expect(all).not.toContain(tokens.token)
})

test('what gives data away or takes it out wants a supervisor; who is refused gets nothing and stands in the trail', async () => {
  const to = join(stage.folder, 'refused')
  const out = join(to, 'audit.csv')
  const [staff, wrong] = [
    { staff: 'ruc-wang', 'password-file': secret('balis-rehearsal') },
    { staff: 'ruc-lin', 'password-file': secret('guess') },
  ]
  for (const run of [
    (proof: object) => command('export', { to, ...proof }),
    (proof: object) => command('audit', { out, ...proof }, 'export'),
    (proof: object) => command('purge', proof),
  ]) {
    await expect(run({})).rejects.toBeInstanceOf(WrongUse)
    await expect(run(staff)).rejects.toMatchObject({ code: 'not_allowed' })
    await expect(run(wrong)).rejects.toMatchObject({ code: 'wrong_password' })
  }
  expect(existsSync(to)).toBe(false)
  // Whoever is at the desk stays there, also when a supervisor is asked for.
  expect((await command('purge', supervisor())).exit).toBe(0)
  expect(desk.core.me()?.id).toBe('ruc-lin')
  const trail = auditAfter(desk.core.db, 0).map(({ user, event, detail }) => ({ user, event, ...(JSON.parse(detail) as object) })) // prettier-ignore
  const commands = ['export', 'audit export', 'purge']
  for (const [user, code] of [
    ['', 'sign_in_needed'],
    ['ruc-wang', 'not_allowed'],
    ['ruc-lin', 'wrong_password'],
  ])
    expect(trail.filter((entry) => entry.event === 'commandRefused' && entry.user === user)).toEqual(
      commands.map((name) => ({ user, event: 'commandRefused', command: name, code })),
    )
  expect(trail).toContainEqual({ user: 'ruc-lin', event: 'commandAllowed', command: 'purge' })
})

test('where the centre is gone for good the recovery key stands for a person', async () => {
  vi.stubEnv('BALIS_DESK_RECOVERY_KEY', recoveryKeyOf('ab'.repeat(32)))
  await expect(command('audit', {}, 'export')).rejects.toMatchObject({ code: 'recovery_key_wrong' })
  vi.stubEnv('BALIS_DESK_RECOVERY_KEY', recoveryKeyOf(desk.running.secret.key))
  expect(await command('audit', {}, 'export')).toMatchObject({ exit: 0 })
})

test('a support bundle is a file to be read; one that is there is not written over', async () => {
  const out = join(stage.folder, 'support.json')
  await command('support', { out })
  expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ desk: { enrolled: true }, rows: { outbox: 0 } })
  await expect(command('support', { out })).rejects.toBeInstanceOf(WrongUse)
  await expect(command('audit')).rejects.toBeInstanceOf(WrongUse)
})

test('doctor says that a running desk has the folder, and is well once it may look; both by exit code', async () => {
  const busy = await run('doctor', '--json')
  expect(busy.code).toBe(4)
  expect(busy.err).toContain('data_folder_in_use')
  await desk.running.close()
  const { code, out } = await run('doctor', '--json')
  const checks = JSON.parse(out) as { check: string; ok: boolean }[]
  const names = ['version', 'database', 'audit', 'keyStore', 'folder', 'backup', 'files', 'space', 'centre', 'clock', 'scanner', 'printer'] // prettier-ignore
  for (const name of names) expect(checks.map(({ check }) => check)).toContain(name)
  expect(checks.filter(({ check, ok }) => !ok && ['database', 'audit', 'folder', 'files'].includes(check))).toEqual([])
  // A full disk of the machine this runs on is no fault of the desk.
  const little = checks.some(({ check, ok }) => check === 'space' && !ok)
  expect(code).toBe(little ? 1 : 0)
})

test('audit verify finds a changed entry and says which, with exit code 1', async () => {
  const key = readFileSync(join(desk.folder, 'desk.key'), 'utf8').trim()
  const db = openDatabase(join(desk.folder, 'desk.db'), { key })
  db.sql(`UPDATE audit SET user = 'somebody else' WHERE id = 2`).run()
  db.close()
  const { code, out } = await run('audit', 'verify', '--json')
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ broken: 2 })
})

test('restore puts the newest backup in place of a database that cannot be opened', async () => {
  const path = join(desk.folder, 'desk.db')
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, 0)
  closeSync(file)
  await expect(restoreCommand(desk.folder, {})).rejects.toBeInstanceOf(WrongUse)
  const { code, out } = await run('restore', '--backup', 'latest', '--json')
  // Nothing could be read of the old one: that is told apart by the exit code.
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ salvaged: { outcome: 'none' }, missing: 0 })
  const again = await stage.open('cli')
  expect(await SAFETY_COMMANDS['audit']!(again.running, {}, ['verify'])).toMatchObject({
    exit: 0,
    data: { broken: null },
  })
})
