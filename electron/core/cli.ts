/**
 * Core without a window: `npm run desk -- COMMAND [--data DIR] [--json]`, or `balis-desk-cli` of the .deb. What commands there are stands in commands/index.ts,
 * what exit codes mean in commands/command.ts.
 */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { asDeskError } from '../../db/driver.ts'
import { DeskError } from '../contract/errors.ts'
import { inWords } from './commands/failures.ts'
import { EXIT, parserOf, type Exit, type Result, type Values } from './commands/command.ts'
import { commandGuide, overview, page } from './commands/help.ts'
import { COMMANDS } from './commands/index.ts'
import { WrongUse } from './commands/wrong-use.ts'
import { named, readMachine } from './fleet/machine.ts'
import { appVersion, productName } from './host/places.ts'

const machine = readMachine(process.env['BALIS_DESK_MACHINE_SETTINGS'])

/** Where the window keeps its data. */
function usualFolder(): string {
  const [home, name] = [homedir(), productName()]
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? home, name)
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', name)
  return join(process.env['XDG_CONFIG_HOME'] ?? join(home, '.config'), name)
}

async function main([name = '', ...argv]: string[]): Promise<Exit | number> {
  if (name === '' || name === '--help' || name === 'help') return help(argv)
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw new WrongUse(`there is no command ${name}`)
  const { dataFolder } = machine.file
  const usual = process.env['BALIS_DESK_DATA'] ?? (dataFolder === undefined ? usualFolder() : named(dataFolder))
  if ('runOwn' in command) return command.runOwn(argv, usual)
  if (argv.includes('--help')) {
    process.stdout.write(page(name, command))
    return EXIT.done
  }
  const { values, positionals } = parseArgs({ args: argv, options: parserOf(command.options), allowPositionals: true })
  if (positionals.length > 0 && !command.words) throw new WrongUse(`${name} takes no “${positionals[0]}”`)
  const given = values as Values
  // A variable of somebody's script that was not set: taken at its word, it would mean the folder they stand in.
  for (const [option, value] of Object.entries(given)) if (value === '') throw new WrongUse(`--${option} is empty`)
  const dataDir = typeof given['data'] === 'string' ? given['data'] : usual
  const json = given['json'] === true
  if ('runClosed' in command) return tell(await command.runClosed({ dataDir, machine }, given, positionals), json)
  const rehearsal = given['rehearsal'] === true
  const options = { dataDir, rehearsal, autoSync: false, locale: 'en', version: appVersion(), machine }
  // Most of the program: read only where it is used.
  const [{ openCore }, { createWorkerForker }] = await Promise.all([import('./index.ts'), import('./host/workers.ts')])
  const core = await openCore(options, createWorkerForker(null))
  try {
    return tell(await command.run(core, given, positionals), json)
  } finally {
    await core.close()
  }
}

function help([about, ...rest]: string[]): Exit {
  const command = about !== undefined && Object.hasOwn(COMMANDS, about) ? COMMANDS[about] : undefined
  const text = about === '--markdown' ? commandGuide(COMMANDS) : command ? page(about!, command) : overview(COMMANDS)
  if ((about !== undefined && about !== '--markdown' && !command) || rest.length > 0) throw new WrongUse(`there is no help about ${[about, ...rest].join(' ')}`) // prettier-ignore
  process.stdout.write(text)
  return EXIT.done
}

function tell({ exit, data, lines }: Result, json: boolean): Exit {
  process.stdout.write(json ? `${JSON.stringify(data)}\n` : lines.map((line) => `${line}\n`).join(''))
  return exit
}

/** A file that was named and is not there, may not be read, is a folder …: said so, without a stack. */
function fileTrouble(error: unknown): { reason: string; path: string } | undefined {
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string }
  return typeof path === 'string' && /^E[A-Z]+$/.test(code ?? '') && code !== 'ENOSPC'
    ? { reason: code!, path: dest ?? path }
    : undefined
}

/** One line for people; with --json the same for programs. */
function fail(thrown: unknown, argv: readonly string[]): Exit {
  const error = fileTrouble(thrown) ? thrown : asDeskError(thrown)
  const wrong = error instanceof WrongUse || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  const file = fileTrouble(error)
  const code = wrong ? 'wrong_use' : file ? 'file' : error instanceof DeskError ? error.code : 'internal'
  const params = wrong
    ? { message: (error as Error).message }
    : (file ?? (error instanceof DeskError ? error.params : {}))
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify({ error: { code, params } })}\n`)
  if (wrong) {
    const [name = ''] = argv
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    const usage = command ? `usage: desk ${name} ${command.synopsis}\n` : overview(COMMANDS)
    process.stderr.write(`${(error as Error).message}\n${usage}`)
    return EXIT.usage
  }
  if (code === 'internal') process.stderr.write(`${(error as Error).stack}\n`)
  else process.stderr.write(`${code} ${JSON.stringify(params)}\n${inWords(code)}`)
  return code === 'offline' || code === 'portal' ? EXIT.offline : EXIT.failed
}

const argv = process.argv.slice(2)
try {
  process.exitCode = await main(argv)
} catch (error) {
  process.exitCode = fail(error, argv)
}
