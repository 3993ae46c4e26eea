import type { Core, Handlers } from '../context.ts'
import type { Scanners } from '../devices/scanners.ts'
import type { DocumentEngine } from '../documents/index.ts'
import { startScan } from '../workbench/scan-job.ts'

/** Scanners and scanning, and every long job of the desk. */
export function scanHandlers(
  core: Core,
  scanners: Scanners,
  engine: DocumentEngine,
): Handlers<'scanner.list' | 'scan.start' | 'job.list' | 'job.cancel'> {
  return {
    'scanner.list': ({ refresh }) => scanners.list(refresh),
    'scan.start': ({ profile, ...order }) => {
      // The choice is remembered: the next stack is nearly always scanned the same way.
      core.settings.set({ scan: profile })
      return { jobId: startScan(core, scanners.registry, engine, { ...order, profile }) }
    },
    'job.list': () => core.jobs.list(),
    'job.cancel': ({ jobId }) => {
      core.jobs.cancel(jobId)
      return { ok: true }
    },
  }
}
