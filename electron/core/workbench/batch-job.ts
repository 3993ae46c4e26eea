/**
 * One stack of sheets for many requests. The slips in it say whose the sheets after them are; a slip goes when it has done
 * its work. Sheets without a request go to the unclaimed tray, never to the request before.
 */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import {
  addBatch,
  addSegment,
  countFrom,
  endBatch,
  latestBatches,
  segmentsOf,
} from '../../../db/queries/scan-batches.ts'
import type { Batch, ScanProfile, TrayReason } from '../../contract/core.contract.ts'
import { judgeCount, routeSheet, type Segment } from '../../domain/batch-router.ts'
import type { PageFacts } from '../../domain/page-facts.ts'
import { checkPages } from '../../domain/page-ranges.ts'
import type { Core, JobContext } from '../context.ts'
import { titleOf } from '../courier/resolve.ts'
import { DocumentError } from '../documents/errors.ts'
import type { DocumentEngine } from '../documents/index.ts'
import { faultPoint } from '../fault-point.ts'
import type { ScannedPage } from '../scanning/driver.ts'
import type { ScannerRegistry } from '../scanning/registry.ts'
import type { Analyser } from './analyser.ts'
import { feed } from './feed.ts'
import { takeSpooled, type SpooledPage } from './scan-job.ts'
import { closeSpool, keepNote, openSpool, wishOfProfile, type SpoolNote } from './spool.ts'
import { beginArrival } from './take-in.ts'
import { openBundle, takesPages, trayChanged } from './tray.ts'

type Sheet = SpooledPage & Pick<ScannedPage, 'side'>

export interface BatchDesk {
  start(scanners: ScannerRegistry, profile: ScanProfile): { batchId: string; jobId: string }
  list(): Batch[]
  /** What takes the sheets of one stack over, each to where it belongs. @returns how many pages each sheet gave */
  sorter(batchId: string, folder: string, note: SpoolNote): Promise<(sheet: Sheet) => Promise<number>>
  /** The stack is through: its requests have been scanned. */
  end(batchId: string): void
}

const LATEST = 20
/** Why sheets of a segment without a request lie in the tray. */
const REASON: Record<Exclude<Segment['slip'], 'request' | 'refused'>, TrayReason> = {
  unsure: 'damaged_code',
  none: 'no_slip',
}

export function createBatchDesk(core: Core, engine: DocumentEngine, analyser: Analyser): BatchDesk {
  const jobs = new Map<string, string>()

  /** Where the pages of a segment go: its request, or a bundle of the tray. */
  function targetOf(batchId: string, { n, slip, slipId }: Segment): string {
    if (slip === 'request') return slipId
    const known = slip === 'refused' && core.views.request(slipId) !== undefined
    const reason = slip === 'refused' ? (known ? 'request_closed' : 'unknown_code') : REASON[slip]
    const origin = `${batchId}/segment-${n}`
    return openBundle(core, { origin, name: slipId, source: 'scanner', reason, hint: slipId })
  }

  async function lookAt(sheet: Sheet, note: SpoolNote): Promise<PageFacts | null> {
    try {
      const { spread = false, folio = false, tidy = false } = note.wish
      return await engine.look({
        path: sheet.path,
        page: 0,
        dpi: sheet.dpi,
        separators: true,
        reading: tidy,
        spread,
        folio,
      })
    } catch (error) {
      if (error instanceof DocumentError && error.code === 'cancelled') throw error
      core.log.warn({ err: error, seq: sheet.seq }, 'a sheet of a stack could not be looked at')
      return null
    }
  }

  async function sorter(batchId: string, folder: string, note: SpoolNote) {
    addBatch(core.db, batchId, core.now())
    let current = segmentsOf(core.db, batchId).find((segment) => segment.n === note.segment) ?? null
    let afterSlip = false
    return async (sheet: Sheet): Promise<number> => {
      const arrival = beginArrival(engine, sheet.path)
      const facts = await lookAt(sheet, note)
      // A sheet that nobody could look at may be a slip: what follows it belongs to nobody we know.
      const reading = facts ? facts.slip : 'unsure'
      const backOfSlip = afterSlip && sheet.side === 'back' && facts?.blank === true
      const segments = segmentsOf(core.db, batchId)
      const { segment, isSlip } = routeSheet(segments, current, reading, (id) => takesPages(core, id))
      if (segment !== current) {
        addSegment(core.db, batchId, segment)
        await keepNote(folder, { ...note, segment: segment.n })
        current = segment
      }
      afterSlip = isSlip
      if (isSlip || backOfSlip) {
        await arrival.catch(() => {})
        await rm(sheet.path, { force: true })
        core.events.emit('batch')
        return 0
      }
      const target = targetOf(batchId, segment)
      if (facts) analyser.know(`${batchId}/${sheet.seq}/0`, facts)
      const taken = await takeSpooled(core, engine, target, batchId, note.wish, sheet, null, arrival)
      if (segment.slip !== 'request') trayChanged(core)
      core.events.emit('batch')
      return taken
    }
  }

  function end(batchId: string): void {
    endBatch(core.db, batchId, core.now())
    for (const segment of segmentsOf(core.db, batchId)) {
      const pages = segment.slip === 'request' ? countFrom(core.db, batchId, segment.slipId) : 0
      try {
        if (pages > 0) core.act({ objectId: segment.slipId, kind: 'scanned', args: { pages } })
      } catch (error) {
        core.log.warn({ err: error, request: segment.slipId }, 'scanned, but nobody is signed in to say so')
      }
    }
    core.events.emit('batch')
  }

  async function run(scanners: ScannerRegistry, batchId: string, profile: ScanProfile, job: JobContext): Promise<void> {
    const note: SpoolNote = { requestId: '', dpi: profile.dpi, wish: wishOfProfile(profile), segment: null }
    const spoolDir = await openSpool(core, batchId, note)
    let sheets = 0
    try {
      const sort = await sorter(batchId, spoolDir, note)
      const take = async (page: ScannedPage): Promise<void> => {
        faultPoint('after-page-scanned')
        await sort(page)
        job.report({ done: ++sheets })
      }
      await feed(scanners, { profile, spoolDir, askForMore: profile.source !== 'flatbed', take }, job)
    } finally {
      end(batchId)
      jobs.delete(batchId)
      core.events.emit('devices')
      await closeSpool(spoolDir)
    }
  }

  return {
    sorter,
    end,
    start(scanners, profile) {
      const batchId = randomUUID()
      const jobId = core.jobs.start('scan', null, (job) => run(scanners, batchId, profile, job))
      jobs.set(batchId, jobId)
      return { batchId, jobId }
    },
    list: () =>
      latestBatches(core.db, LATEST).map(({ id, started_at, ended_at }) => ({
        id,
        startedAt: started_at,
        endedAt: ended_at,
        jobId: jobs.get(id) ?? null,
        segments: segmentsOf(core.db, id).map((segment) => viewOf(core, id, segment, targetOf(id, segment))),
      })),
  }
}

function viewOf(core: Core, batchId: string, segment: Segment, target: string): Batch['segments'][number] {
  const request = segment.slip === 'request' ? core.views.request(segment.slipId)?.row : undefined
  const pages = countFrom(core.db, batchId, target)
  const { asked } = checkPages(request?.fields.pages ?? '', pages)
  return {
    ...segment,
    title: request ? titleOf(core, request.id) : '',
    partner: request ? (core.views.library(request.fields.partner)?.name ?? request.fields.partner) : '',
    pages,
    asked,
    verdict: judgeCount(asked, pages),
    target,
  }
}
