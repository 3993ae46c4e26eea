/**
 * The log of core: files in the data folder, turned over before they grow large, kept for a month, without texts of
 * requests and never with a token.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { Log } from './context.ts'

const LARGEST = 5 * 1024 * 1024
/** Files kept beside the one that is written. */
const KEEP = 4
const KEEP_MS = 30 * 86_400_000
const LOOK_MS = 10 * 60_000

/** `core.log` becomes `core.log.1`, and so on; the last one goes, and what is older than a month. */
export function turnOver(path: string, largest = LARGEST, now = Date.now()): boolean {
  for (let n = 1; n <= KEEP; n++) {
    const old = statSync(`${path}.${n}`, { throwIfNoEntry: false })
    if (old && old.mtimeMs < now - KEEP_MS) rmSync(`${path}.${n}`, { force: true })
  }
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= largest) return false
  rmSync(`${path}.${KEEP}`, { force: true })
  for (let n = KEEP - 1; n >= 1; n--) if (existsSync(`${path}.${n}`)) renameSync(`${path}.${n}`, `${path}.${n + 1}`)
  renameSync(path, `${path}.1`)
  return true
}

/** Files of the log, oldest first. */
export function logFiles(dataDir: string): string[] {
  const folder = join(dataDir, 'logs')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^core\.log(\.\d+)?$/.test(name))
    .toSorted((a, b) => Number(b.split('.')[2] ?? 0) - Number(a.split('.')[2] ?? 0))
    .map((name) => join(folder, name))
}

export function openLog(dataDir: string): Log & { close(): void } {
  const folder = join(dataDir, 'logs')
  const path = join(folder, 'core.log')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const quietly = (write: () => void) => {
    try {
      write()
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  }
  quietly(() => turnOver(path))
  const destination = pino.destination({ dest: path, sync: true, mode: 0o600 })
  const redact = [
    'token',
    'refresh',
    'staffToken',
    'password',
    'pin',
    '*.token',
    '*.refresh',
    '*.staffToken',
    '*.password',
    '*.pin',
  ]
  const level = process.env['BALIS_DESK_LOG'] ?? 'info'
  const log = pino({ level, redact, serializers: { err: pino.stdSerializers.err } }, destination)
  // On a full disk work goes on without its log: a line that cannot be written must not stop a sync or a scan.
  destination.on('error', () => {})
  const looking = setInterval(() => {
    quietly(() => {
      if (turnOver(path)) destination.reopen()
    })
  }, LOOK_MS).unref()
  // What was still under way when core closed may end in an error that nobody can act on any more.
  let open = true
  const put = (write: () => void) => {
    if (open) quietly(write)
  }
  return {
    info: (what, text) => put(() => log.info(what, text)),
    warn: (what, text) => put(() => log.warn(what, text)),
    error: (what, text) => put(() => log.error(what, text)),
    close: () => {
      open = false
      clearInterval(looking)
      quietly(() => destination.end())
    },
  }
}
