/**
 * Sheets out of a scanner, with its mishaps: a jam or an open cover makes the job wait until somebody has cleared it, and
 * it goes on after the last whole page. A full disk makes it wait with the page safe in the spool. Nothing is lost.
 */
import type { ScanProfile } from '../../contract/core.contract.ts'
import { DeskError, type ErrorCode } from '../../contract/errors.ts'
import type { JobContext } from '../context.ts'
import { toDeskError } from '../desk-errors.ts'
import type { ScannedPage } from '../scanning/driver.ts'
import type { ScannerRegistry } from '../scanning/registry.ts'

export interface Feed {
  profile: ScanProfile
  spoolDir: string
  maxPages?: number
  /** An empty feeder is a pause as well: the stack may be higher than the feeder holds. */
  askForMore?: boolean
  /** Takes a page over; while it does, the scanner goes on. */
  take(page: ScannedPage): Promise<void>
}

/** What a person can mend at the scanner or, where not even the sheet on its way could be written, on the disk. */
const MENDED_THERE: ReadonlySet<ErrorCode> = new Set(['scanner_jam', 'scanner_cover_open', 'disk_full'])
/** The same, once pages have come: before, the wrong scanner was probably chosen. */
const MENDED_LATER: ReadonlySet<ErrorCode> = new Set(['scanner_io', 'scanner_offline', 'scanner_busy', 'scanner_empty'])

/** Runs until the feeder is empty or nobody wants more. @throws DeskError, and whatever `take` throws */
export async function feed(scanners: ScannerRegistry, order: Feed, job: JobContext): Promise<void> {
  const { profile, spoolDir, maxPages, askForMore, take } = order
  const { tidy: _tidy, work: _work, ...request } = profile
  let next = 1
  for (;;) {
    try {
      const left = maxPages === undefined ? {} : { maxPages: maxPages - next + 1 }
      for await (const event of scanners.scan({ ...request, spoolDir, firstSeq: next, ...left }, job.signal)) {
        if (event.type !== 'page') continue
        await untilRoom(() => take(event), job)
        next = event.seq + 1
      }
      if (!askForMore) return
      await job.pause(new DeskError('scanner_empty', { pages: next - 1 }))
    } catch (error) {
      const known = toDeskError(error, { pages: next - 1 })
      if (job.signal.aborted || !(known instanceof DeskError) || !canGoOn(known.code, next > 1)) throw known
      await job.pause(known)
    }
  }
}

const canGoOn = (code: ErrorCode, begun: boolean): boolean =>
  MENDED_THERE.has(code) || (begun && MENDED_LATER.has(code))

/** A full disk is somebody's work, not the end of the scan: the page waits in the spool until there is room. */
async function untilRoom(take: () => Promise<void>, job: JobContext): Promise<void> {
  for (;;) {
    try {
      return await take()
    } catch (error) {
      const known = toDeskError(error)
      if (!(known instanceof DeskError) || known.code !== 'disk_full') throw error
      await job.pause(known)
    }
  }
}
