/** One page to see that a scanner works: looked at, and kept with no request. */
import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CoreContract, ScanProfile } from '../../contract/core.contract.ts'
import type { CallOutput } from '../../contract/rpc.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import { toDeskError } from '../desk-errors.ts'
import type { DocumentEngine } from '../documents/index.ts'
import type { ScannerRegistry } from '../scanning/registry.ts'
import { keepOriginal } from './keep-original.ts'

/** The slowest glass at its finest resolution takes about this long, ms. */
const PATIENCE_MS = 180_000
/** What a window can draw. */
const SHOWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg'])

/** @throws DeskError as a scan does; `scanner_empty` where no page came */
export async function testScan(
  core: Core,
  engine: DocumentEngine,
  scanners: ScannerRegistry,
  { tidy: _tidy, work: _work, ...profile }: ScanProfile,
): Promise<CallOutput<CoreContract, 'scan.test'>> {
  const folder = join(core.options.dataDir, 'test-scan', randomUUID())
  await mkdir(folder, { recursive: true })
  try {
    const request = { ...profile, spoolDir: folder, firstSeq: 1, maxPages: 1 }
    let seen: CallOutput<CoreContract, 'scan.test'> | undefined
    // To its end: a device whose job is left in the middle keeps the sheet.
    for await (const event of scanners.scan(request, AbortSignal.timeout(PATIENCE_MS))) {
      if (event.type !== 'page') continue
      const { path, mime, width, height, dpi } = event
      const { sha256, bytes, mime: kept } = await keepOriginal(core, engine, { path, mime, source: 'scanner' })
      seen ??= { blob: SHOWN.has(kept) ? sha256 : null, width, height, dpi, bytes }
    }
    if (!seen) throw new DeskError('scanner_empty', { pages: 0 })
    return seen
  } catch (error) {
    throw toDeskError(error, { pages: 0 })
  } finally {
    await rm(folder, { recursive: true, force: true })
    core.events.emit('devices')
  }
}
