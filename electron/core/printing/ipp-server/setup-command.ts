/** `desk printer-setup`: says, or runs, the one command that makes the desk a printer of this system. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DESK_PRINTER_PORT, deskPrinterUri, queueSetup } from './queue-setup.ts'

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

/** What `desk printer-setup` is asked for. */
export interface PrinterSetup {
  dataDir: string
  /** Null: the one the desk listened on last. */
  port: number | null
  remove: boolean
}

/** The commands that add the desk's printer to this system and take it away, and the one that was asked for. */
export function printerSetup({ dataDir, port, remove }: PrinterSetup): { add: string; remove: string; line: string } {
  const setup = queueSetup(process.platform, deskPrinterUri(port ?? notedPort(dataDir) ?? DESK_PRINTER_PORT))
  return { ...setup, line: remove ? setup.remove : setup.add }
}

/** @returns what went wrong, in the system's own words; undefined: nothing */
export function runSetup(line: string): string | undefined {
  const [shell, ...args] = process.platform === 'win32' ? ['powershell', '-NoProfile', '-Command'] : ['sh', '-c']
  const { status, error, stderr } = spawnSync(shell!, [...args, line], {
    encoding: 'utf8',
    stdio: ['inherit', 'ignore', 'pipe'],
  })
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}
