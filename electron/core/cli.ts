/**
 * Core without a window: `npm run desk -- <command> [--data DIR] [--json]`.
 *
 * Exit codes: 0 done, 1 something is not as it should be (doctor, refused actions), 2 wrong use, 3 the centre could not be
 * reached, 4 any other failure (its code is printed).
 */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import packageJson from '../../package.json' with { type: 'json' }
import { z } from 'zod'
import { coreContract, type Settings } from '../contract/core.contract.ts'
import { DeskError } from '../contract/errors.ts'
import { passwordFrom } from './commands/password.ts'
import { restoreCommand, SAFETY_COMMANDS, SAFETY_USAGE } from './commands/safety.ts'
import { WrongUse } from './commands/wrong-use.ts'
import { documentCommand } from './documents/command.ts'
import { printerSetupCommand } from './printing/ipp-server/setup-command.ts'
import { createWorkerForker } from './host/workers.ts'
import { openCore, type RunningCore } from './index.ts'

const USAGE = `desk <command> [--data DIR] [--json]

  doctor                               check database, key, clock, space, centre, devices
  sync                                 send what waits and fetch what is new
  queue [--text WORDS] [--limit N]     list open requests
  outbox                               list actions that are not settled
  refused                              list refused actions
  enrol --url URL --code CODE --name NAME
  sign-in --staff ID                   the password is asked for, or read from --password-file FILE (- for
                                       standard input) or BALIS_DESK_PASSWORD
  settings [--set JSON]                show this desk's settings, or change some of them
${SAFETY_USAGE}  document ...                         make and check PDFs (desk document --help)
  printer-setup ...                    make the desk a printer of this system (desk printer-setup --help)
`
const EXIT = { done: 0, notWell: 1, usage: 2, offline: 3, failed: 4 } as const
type Exit = (typeof EXIT)[keyof typeof EXIT]

const OPTIONS = {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  text: { type: 'string', default: '' },
  limit: { type: 'string', default: '50' },
  url: { type: 'string' },
  code: { type: 'string' },
  name: { type: 'string' },
  staff: { type: 'string' },
  'password-file': { type: 'string' },
  set: { type: 'string' },
  to: { type: 'string' },
  from: { type: 'string' },
  out: { type: 'string' },
  backup: { type: 'string' },
  list: { type: 'boolean', default: false },
} as const

function defaultFolder(): string {
  const home = homedir()
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? home, 'BALIS Desk')
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'BALIS Desk')
  return join(process.env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'BALIS Desk')
}

type Values = ReturnType<typeof parse>['values']
const parse = (argv: string[]) => parseArgs({ args: argv, options: OPTIONS, allowPositionals: true })

const needed = (value: string | undefined, option: string): string => {
  if (value === undefined || value === '') throw new WrongUse(`--${option} is needed`)
  return value
}

interface Result {
  exit: Exit
  data: unknown
  /** One line a thing, for people. */
  lines: string[]
}
type Command = (core: RunningCore, values: Values) => Promise<Result>

const COMMANDS: Record<string, Command> = {
  async doctor({ core, handlers }) {
    if (core.deskId() !== '') await core.sync.cycle()
    const checks = await handlers['doctor.run']({})
    const sound = checks.every((check) => check.ok || ADVICE.has(check.check))
    const lines = checks.map(({ ok, code, params }) => `${ok ? 'ok  ' : 'look'} ${code} ${JSON.stringify(params)}`)
    return { exit: sound ? EXIT.done : EXIT.notWell, data: checks, lines }
  },
  async sync({ core, handlers }) {
    const ok = await core.sync.settle()
    const status = handlers['status.get']({})
    const { connection, waiting, held, refused, lastSyncAt } = await status
    const data = { connection, waiting, held, refused, lastSyncAt }
    const lines = [`${connection}: ${waiting.ops} waiting, ${held} held, ${refused} refused`]
    return { exit: !ok ? EXIT.offline : refused > 0 ? EXIT.notWell : EXIT.done, data, lines }
  },
  async queue({ handlers }, { text, limit }) {
    const rows = Math.min(500, Math.max(1, Number(limit) || 50))
    const query = { text, filter: { open: true }, sort: 'due', descending: false } as const
    const window = await handlers['queue.window']({ query, offset: 0, limit: rows })
    const lines = window.rows.map((row) => [row.id, row.urgency, row.status, row.stage, row.title].join('\t'))
    return { exit: EXIT.done, data: window, lines }
  },
  async outbox({ handlers }) {
    const open = ['held', 'queued', 'waiting_blob', 'sending', 'parked'] as const
    const entries = await handlers['outbox.list']({ states: [...open] })
    const lines = entries.map((entry) => [entry.state, entry.kind, entry.objectId, entry.title].join('\t'))
    return { exit: EXIT.done, data: entries, lines }
  },
  async refused({ handlers }) {
    const cards = await handlers['refused.list']({})
    const lines = cards.map((card) => [card.code, card.kind, card.objectId, card.title].join('\t'))
    return { exit: cards.length > 0 ? EXIT.notWell : EXIT.done, data: cards, lines }
  },
  async enrol({ handlers }, { url, code, name }) {
    const wanted = { url: needed(url, 'url'), code: needed(code, 'code'), deskName: needed(name, 'name') }
    const library = await handlers['desk.enrol'](wanted)
    return { exit: EXIT.done, data: library, lines: [`${library.id} ${library.name}`] }
  },
  async settings({ core }, { set }) {
    const settings = set === undefined ? core.settings.get() : core.settings.set(settingsFrom(set))
    const lines = Object.entries(settings).map(([key, value]) => `${key}\t${JSON.stringify(value)}`)
    return { exit: EXIT.done, data: settings, lines }
  },
  async 'sign-in'({ handlers }, { staff, 'password-file': file }) {
    const password = await passwordFrom(file, `${needed(staff, 'staff')}: `)
    if (password === null) throw new WrongUse('a password is needed')
    const me = await handlers['desk.signIn']({ staff: needed(staff, 'staff'), password })
    return { exit: EXIT.done, data: me, lines: [`${me.id} ${me.name}`] }
  },
}
/** The part of the settings a person typed. @throws WrongUse naming what does not fit */
function settingsFrom(json: string): Partial<Settings> {
  let typed: unknown
  try {
    typed = JSON.parse(json)
  } catch {
    throw new WrongUse('--set takes JSON, such as {"holdSeconds":5}')
  }
  const parsed = coreContract['settings.set'].in.safeParse(typed)
  if (!parsed.success) throw new WrongUse(z.prettifyError(parsed.error))
  return parsed.data as Partial<Settings>
}

/** What doctor tells without calling the desk unwell. */
const ADVICE = new Set(['keyStore', 'recoveryKey', 'backup', 'exit', 'scanner', 'printer', 'centre'])

async function main(argv: string[]): Promise<number> {
  if (argv[0] === 'document') return documentCommand(argv.slice(1))
  if (argv[0] === 'printer-setup')
    return printerSetupCommand(argv.slice(1), process.env['BALIS_DESK_DATA'] ?? defaultFolder())
  if (argv.length === 0 || argv.includes('--help')) {
    process.stdout.write(USAGE)
    return EXIT.done
  }
  const { values, positionals } = parse(argv)
  const [name = '', ...rest] = positionals
  const dataDir = values.data ?? process.env['BALIS_DESK_DATA'] ?? defaultFolder()
  if (name === 'restore') return tell(await restoreCommand(dataDir, values), values.json)
  const safety = Object.hasOwn(SAFETY_COMMANDS, name) ? SAFETY_COMMANDS[name] : undefined
  const command = rest.length === 0 && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command && !safety) throw new WrongUse(name ? `unknown command ${positionals.join(' ')}` : '')
  const options = { dataDir, rehearsal: false, autoSync: false, locale: 'en', version: packageJson.version }
  const core = await openCore(options, createWorkerForker(null))
  try {
    return tell(safety ? await safety(core, values, rest) : await command!(core, values), values.json)
  } finally {
    await core.close()
  }
}

function tell({ exit, data, lines }: Result, json: boolean): number {
  process.stdout.write(json ? `${JSON.stringify(data)}\n` : lines.map((line) => `${line}\n`).join(''))
  return exit
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const usage = error instanceof WrongUse || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  if (usage) process.stderr.write(`${(error as Error).message}\n${USAGE}`)
  else if (error instanceof DeskError) process.stderr.write(`${error.code} ${JSON.stringify(error.params)}\n`)
  else process.stderr.write(`${(error as Error).stack}\n`)
  const offline = error instanceof DeskError && (error.code === 'offline' || error.code === 'portal')
  process.exitCode = usage ? EXIT.usage : offline ? EXIT.offline : EXIT.failed
}
