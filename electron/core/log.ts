/** The log of core: a file in the data folder, without texts of requests and never with a token. */
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { Log } from './context.ts'

const LARGEST = 5 * 1024 * 1024

export function openLog(dataDir: string): Log & { close(): void } {
  const folder = join(dataDir, 'logs')
  const path = join(folder, 'core.log')
  mkdirSync(folder, { recursive: true })
  if (existsSync(path) && statSync(path).size > LARGEST) renameSync(path, `${path}.1`)
  const destination = pino.destination({ dest: path, sync: true })
  const redact = ['token', 'refresh', 'staffToken', 'password', '*.token', '*.password']
  const level = process.env['BALIS_DESK_LOG'] ?? 'info'
  const log = pino({ level, redact, serializers: { err: pino.stdSerializers.err } }, destination)
  // On a full disk work goes on without its log: a line that cannot be written must not stop a sync or a scan.
  destination.on('error', () => {})
  const quietly = (write: () => void) => {
    try {
      write()
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  }
  return {
    info: (what, text) => quietly(() => log.info(what, text)),
    warn: (what, text) => quietly(() => log.warn(what, text)),
    error: (what, text) => quietly(() => log.error(what, text)),
    close: () => quietly(() => destination.end()),
  }
}
