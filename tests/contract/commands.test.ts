/** Every command of the command line once over a real desk and centre, with its help; the written guides are the program's. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Dashboard, PageView, PrintJobView, Settings } from '../../electron/contract/core.contract.ts'
import { COMMON, parserOf, type Result, type Values } from '../../electron/core/commands/command.ts'
import { commandGuide, overview, page } from '../../electron/core/commands/help.ts'
import { COMMANDS } from '../../electron/core/commands/index.ts'
import { WrongUse } from '../../electron/core/commands/wrong-use.ts'
import { NO_MACHINE, readMachine } from '../../electron/core/fleet/machine.ts'
import { settingsReference } from '../../electron/core/fleet/reference.ts'
import { readSheet } from '../../electron/core/sheets/read.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

// Starts of whole programs on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const CLI = fileURLToPath(new URL('../../electron/core/cli.ts', import.meta.url))
const written = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')
const stage = new Stage()
let desk: TestDesk
let passwordFile: string
/** Commands that were run here; all of them at the end. */
const walked = new Set<string>()

beforeAll(async () => {
  stage.pageMs = 1
  stage.pages = file('stack')
  mkdirSync(stage.pages)
  copyFileSync(fileURLToPath(new URL('../../assets/demo/flapping-wing-03.jpg', import.meta.url)), join(stage.pages, '1.jpg')) // prettier-ignore
  await stage.startCentre({ rows: 40 })
  desk = await stage.desk('commands', 'ruc-lin')
  expect(await desk.core.sync.settle()).toBe(true)
  passwordFile = join(stage.folder, 'password')
  writeFileSync(passwordFile, 'balis-rehearsal\n')
}, 60_000)
afterAll(() => stage.end())

async function run(name: string, values: Values = {}, ...words: string[]): Promise<Result> {
  walked.add(name)
  const command = COMMANDS[name]!
  for (const option of Object.keys(values)) expect(Object.keys(parserOf('options' in command ? command.options : {}))).toContain(option) // prettier-ignore
  if ('run' in command) return command.run(desk.running, values, words)
  if ('runClosed' in command) return command.runClosed({ dataDir: desk.folder, machine: NO_MACHINE }, values, words)
  throw new Error(`${name} writes its output by itself`)
}
const outside = async (args: string[], env: NodeJS.ProcessEnv = {}) => {
  const child = spawn(process.execPath, [CLI, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}
const file = (name: string) => join(stage.folder, name)
const proof = () => ({ staff: 'ruc-lin', 'password-file': passwordFile })
const requests = async (filter: object) => {
  const query = { text: '', filter, sort: 'applied' as const, descending: false }
  return (await desk.handlers['queue.window']({ query, offset: 0, limit: 50 })).rows
}

describe('a command', () => {
  it('doctor, sync, outbox and refused tell how the desk stands', async () => {
    expect((await run('doctor')).data).toContainEqual(expect.objectContaining({ check: 'database', ok: true }))
    expect(await run('sync')).toMatchObject({ exit: 0, data: { connection: 'online', refused: 0 } })
    expect(await run('outbox')).toMatchObject({ exit: 0, data: [] })
    expect(await run('refused')).toMatchObject({ exit: 0, data: [] })
  })

  it('queue lists what is asked for, and refuses what it does not know', async () => {
    const loans = await run('queue', { service: 'loan', all: true, limit: '500' })
    const ids = (loans.data as { rows: { id: string }[] }).rows.map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(0)
    expect(loans.lines).toHaveLength(ids.length)
    expect(loans.lines[0]!.split('\t')[0]).toBe(ids[0])
    await expect(run('queue', { service: 'books' })).rejects.toThrow('--service takes copy, loan')
    await expect(run('queue', { limit: '0' })).rejects.toBeInstanceOf(WrongUse)
  })

  it('scan lays pages to a request', async () => {
    const [copy] = await requests({ service: 'copy', status: ['RequestReceived'], role: 'supplier' })
    await desk.handlers['op.act']({ objectId: copy!.id, kind: 'accept', args: {} })
    const { data, exit } = await run('scan', { list: true })
    expect(exit).toBe(0)
    const [scanner] = data as { id: string; sources: string[] }[]
    const scanned = await run('scan', { request: copy!.id, scanner: scanner!.id, source: 'flatbed', dpi: '150' })
    expect(scanned).toMatchObject({ exit: 0, data: { state: 'done' } })
    const pages = (scanned.data as { pages: PageView[] }).pages
    expect(pages).toHaveLength(1)
    expect(await desk.handlers['pages.list']({ requestId: copy!.id })).toMatchObject({ pages: pages.map(({ id }) => ({ id })) }) // prettier-ignore
    await expect(run('scan', { request: copy!.id, scanner: 'nobody’s' })).rejects.toThrow('--list tells')
  })

  it('print hands slips over and says what the printer said', async () => {
    expect((await run('print', { list: true })).exit).toBe(0)
    const [one] = await requests({ role: 'supplier' })
    const printed = await run('print', { kind: 'pullSlip', wait: '60' }, one!.id)
    expect(printed.exit).toBe(0)
    expect((printed.data as PrintJobView).state).toMatch(/^(confirmed|handed_over)$/)
    await expect(run('print', { kind: 'pullSlip' })).rejects.toBeInstanceOf(WrongUse)
    await expect(run('print', { kind: 'poster' }, one!.id)).rejects.toThrow('--kind takes pullSlip')
  })

  it('report tells figures and writes tables', async () => {
    const span = { from: '2000-01-01', to: '2099-12-31' }
    const figures = (await run('report', span)).data as Dashboard
    expect(figures.received).toBeGreaterThan(10)
    const out = file('rows.csv')
    expect(await run('report', { ...span, what: 'rows', out })).toMatchObject({ exit: 0, data: { path: out } })
    expect(readSheet(readFileSync(out)).rows).toHaveLength(figures.received + 1)
    await expect(run('report', { ...span, out })).rejects.toThrow('exists')
    await expect(run('report', { from: 'yesterday' })).rejects.toBeInstanceOf(WrongUse)
    await expect(run('report', { from: '2026-12-31', to: '2026-01-01' })).rejects.toThrow('later than --to')
    const month = file('month.xlsx')
    await run('report', { month: '2026-10', out: month })
    expect(readSheet(readFileSync(month)).name).not.toBe('')
  })

  it('settings shows and changes; setup takes them to another desk, without what is of one desk only', async () => {
    const before = (await run('settings')).data as Settings
    await run('settings', { set: '{"printerAddresses":["ipp://10.9.8.7/ipp/print"],"introduced":true}' })
    // What is a supervisor's in the window is one's here too; the same value again is no change.
    const loosened = '{"lockMinutes":7,"purgeDays":3650}'
    await expect(run('settings', { set: loosened })).rejects.toBeInstanceOf(WrongUse)
    await expect(run('settings', { set: loosened, ...proof(), staff: 'ruc-wang' })).rejects.toMatchObject({ code: 'not_allowed' }) // prettier-ignore
    expect((await run('settings')).data as Settings).toMatchObject({ lockMinutes: before.lockMinutes, purgeDays: 90 })
    await run('settings', { set: '{"lockMinutes":7,"purgeDays":90}', ...proof() })
    const noted = desk.core.db.sql<{ user: string; detail: string }>(`SELECT user, detail FROM audit WHERE event = 'settingsChanged'`) // prettier-ignore
    expect(noted.all()).toEqual([{ user: 'ruc-lin', detail: '{"settings":["lockMinutes"]}' }])
    await run('settings', { set: '{"lockMinutes":7}' })
    expect((await run('settings')).data as Settings).toMatchObject({ lockMinutes: 7 })
    await expect(run('settings', { set: '{"lockMinuts":7}' })).rejects.toThrow('lockMinuts')
    const grey = Buffer.alloc(12, 128).toString('base64')
    await desk.handlers['slip.logo']({ logo: { width: 4, height: 3, grey } })
    await desk.handlers['rules.set']({ copyright: { bookShare: 0.2, issueArticles: 3 } })
    const out = file('setup.json')
    expect((await run('setup', { out }, 'export')).exit).toBe(0)
    const text = readFileSync(out, 'utf8')
    expect(text).not.toMatch(/centreUrl|introduced|labelStart|token|password/)
    await run('settings', { set: '{"lockMinutes":60,"printerAddresses":[]}', ...proof() })
    await desk.handlers['slip.logo']({ logo: null })
    await expect(run('setup', { from: out }, 'import')).rejects.toBeInstanceOf(WrongUse)
    expect((await run('setup', { from: out, ...proof() }, 'import')).exit).toBe(0)
    expect(desk.core.settings.get()).toMatchObject({ lockMinutes: 7, printerAddresses: ['ipp://10.9.8.7/ipp/print'], slipLogo: { width: 4 } }) // prettier-ignore
    writeFileSync(file('junk.json'), '{"format":"other"}')
    await expect(run('setup', { from: file('junk.json') }, 'import')).rejects.toMatchObject({ code: 'damaged_file' })
  })

  it('printer-setup says the one command for this system, at the port that was asked for', async () => {
    const { exit, lines, data } = await run('printer-setup', { port: '8700' })
    expect([exit, lines[0]]).toEqual([0, (data as { add: string }).add])
    expect(lines[0]).toContain('127.0.0.1:8700')
    await expect(run('printer-setup', { port: '80' })).rejects.toThrow('--port takes a number')
  })

  it('machine holds a settings file against its rules', async () => {
    expect(await run('machine')).toMatchObject({ exit: 0, data: { path: null } })
    writeFileSync(file('machine.json'), '{\n  "version": 1,\n  "libary": "RUC"\n}', { mode: 0o644 })
    const wrong = await run('machine', { check: file('machine.json') })
    expect(wrong.exit).toBe(1)
    expect(wrong.lines[1]).toMatch(/^line 3 libary: unknown key, perhaps “library”/)
  })

  it('keeps the data: backup, export, audit, support, purge, sign-in', async () => {
    expect((await run('backup')).exit).toBe(0)
    expect((await run('backup', { list: true })).data).toHaveLength(1)
    expect((await run('restore', { list: true })).data).toHaveLength(1)
    expect((await run('audit', {}, 'verify')).exit).toBe(0)
    await expect(run('audit', {}, 'verify', 'now')).rejects.toThrow('takes no “now”')
    expect((await run('audit', { out: file('audit.csv'), ...proof() }, 'export')).exit).toBe(0)
    expect((await run('support', { out: file('support.json') })).exit).toBe(0)
    expect((await run('export', { to: file('all'), ...proof() })).exit).toBe(0)
    expect((await run('purge', proof())).exit).toBe(0)
    expect((await run('sign-in', { staff: 'ruc-wang', 'password-file': passwordFile })).lines).toEqual(['ruc-wang 王老师']) // prettier-ignore
    await expect(run('enrol', { url: stage.centre.url, code: 'RUC-DEMO', name: 'x' })).rejects.toMatchObject({ code: 'not_allowed' }) // prettier-ignore
  })

  it('of the command line is walked here, every one', () => {
    const own = Object.keys(COMMANDS).filter((name) => 'runOwn' in COMMANDS[name]!)
    expect(own).toEqual(['document'])
    expect([...walked, ...own].sort()).toEqual(Object.keys(COMMANDS).sort())
  })
})

describe('the program', () => {
  it('answers wrong use, an unknown command and a desk in use by exit code, with --json in JSON too', async () => {
    const unknown = await outside(['sweep'])
    expect(unknown.code).toBe(2)
    expect(unknown.err).toContain('there is no command sweep')
    const wrong = await outside(['queue', '--colour', '--json'])
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('usage: desk queue')
    expect(JSON.parse(wrong.out)).toMatchObject({ error: { code: 'wrong_use' } })
    const unset = await outside(['backup', '--to', '', '--data', file('new'), '--json'])
    expect(unset.code).toBe(2)
    expect(JSON.parse(unset.out)).toMatchObject({ error: { params: { message: '--to is empty' } } })
    const busy = await outside(['queue', '--data', desk.folder, '--json'])
    expect(busy.code).toBe(4)
    expect(JSON.parse(busy.out)).toMatchObject({ error: { code: 'data_folder_in_use' } })
    expect(busy.err).toContain('data_folder_in_use')
  })

  it('takes the data folder out of the machine’s settings where nothing else is said', async () => {
    const path = file('place.json')
    writeFileSync(path, JSON.stringify({ version: 1, dataFolder: file('elsewhere-{user}') }), { mode: 0o644 })
    expect(readMachine(path).problems).toEqual([])
    const { code, out } = await outside(['settings', '--json'], { BALIS_DESK_MACHINE_SETTINGS: path, BALIS_DESK_DATA: undefined }) // prettier-ignore
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ holdSeconds: 8 })
  })

  it('has a page of help for every command, and each option in it', () => {
    for (const [name, command] of Object.entries(COMMANDS)) {
      const text = page(name, command)
      for (const head of ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'EXIT STATUS']) expect(text, name).toContain(`${head}\n`)
      const options = 'runOwn' in command ? (command.options ?? {}) : { ...COMMON, ...command.options }
      for (const option of Object.keys(options)) expect(text, name).toContain(`--${option}`)
      expect(overview(COMMANDS)).toContain(`  ${name} `)
    }
  })

  it('is what the written guides say: npm run desk -- help --markdown, … machine --reference', () => {
    expect(written('command-line.md')).toBe(commandGuide(COMMANDS))
    for (const language of ['en', 'zh-CN'] as const)
      expect(written(`machine-settings.${language}.md`)).toBe(settingsReference(language))
  })
})
