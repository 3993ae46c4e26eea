/** `desk printer-setup`: says, or runs, the one command that makes the desk a printer of this system. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DESK_PRINTER_PORT, deskPrinterUri, QUEUE_NAME, queueSetup } from './queue-setup.ts'

const USAGE = `desk printer-setup [--run] [--remove] [--port N] [--data DIR] [--json]

  Prints the command that adds the printer ${QUEUE_NAME} to this system, so that other programs can print into the
  desk. --run runs it (an administrator's right on most systems), --remove takes the printer away again.
  The port is the one the desk listened on last, else ${DESK_PRINTER_PORT}.
`

/** The file in which a running desk says where it listens; the database is its own while it runs. */
export const PRINTER_NOTE = 'print-into-desk.json'

function notedPort(dataDir: string): number | undefined {
  for (const folder of [dataDir, join(dataDir, 'rehearsal')]) {
    try {
      const { port } = JSON.parse(readFileSync(join(folder, PRINTER_NOTE), 'utf8')) as { port?: unknown }
      if (typeof port === 'number') return port
    } catch {
      // This desk has not listened yet.
    }
  }
  return undefined
}

/** @param usualFolder the data folder where none is named @returns the exit code: 0 done, 2 wrong use, else the system's own */
export function printerSetupCommand(argv: string[], usualFolder: string): number {
  const { values } = parseArgs({
    args: argv,
    options: {
      run: { type: 'boolean', default: false },
      remove: { type: 'boolean', default: false },
      port: { type: 'string' },
      data: { type: 'string', default: usualFolder },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const port = values.port === undefined ? (notedPort(values.data) ?? DESK_PRINTER_PORT) : Number(values.port)
  if (!Number.isInteger(port) || port < 1024 || port > 65_535) {
    process.stderr.write(`--port takes a number from 1024 to 65535\n${USAGE}`)
    return 2
  }
  const { add, remove } = queueSetup(process.platform, deskPrinterUri(port))
  const line = values.remove ? remove : add
  process.stdout.write(values.json ? `${JSON.stringify({ add, remove })}\n` : `${line}\n`)
  if (!values.run) return 0
  const shell = process.platform === 'win32' ? ['powershell', '-NoProfile', '-Command'] : ['sh', '-c']
  const { status, error } = spawnSync(shell[0]!, [...shell.slice(1), line], { stdio: 'inherit' })
  if (error) process.stderr.write(`${error.message}\n`)
  return status ?? 1
}
