import type { ScanProfile } from '../../contract/core.contract.ts'
import type { Core, Handlers } from '../context.ts'
import type { Scanners } from '../devices/scanners.ts'
import type { DocumentEngine } from '../documents/index.ts'
import type { BatchDesk } from '../workbench/batch-job.ts'
import { startScan } from '../workbench/scan-job.ts'
import { testScan } from '../workbench/test-scan.ts'

/** Remembered profiles, the latest first. */
const MOST_PROFILES = 40

/** Scanners and scanning, and every long job of the desk. */
export function scanHandlers(
  core: Core,
  scanners: Scanners,
  engine: DocumentEngine,
  batches: BatchDesk,
): Handlers<
  'scanner.list' | 'scan.start' | 'scan.test' | 'batch.start' | 'batch.list' | 'job.list' | 'job.cancel' | 'job.resume'
> {
  /** The next stack is nearly always scanned the same way; each scanner keeps a profile for each kind of work. */
  function remember(profile: ScanProfile): void {
    const others = core.settings
      .get()
      .scanProfiles.filter((one) => one.scannerId !== profile.scannerId || one.work !== profile.work)
    core.settings.set({ scan: profile, scanProfiles: [profile, ...others].slice(0, MOST_PROFILES) })
  }

  return {
    'scanner.list': ({ refresh }) => scanners.list(refresh),
    'scan.start': ({ profile, ...order }) => {
      remember(profile)
      return { jobId: startScan(core, scanners.registry, engine, { ...order, profile }) }
    },
    'scan.test': ({ profile }) => testScan(core, engine, scanners.registry, profile),
    'batch.start': ({ profile }) => {
      remember(profile)
      return batches.start(scanners.registry, profile)
    },
    'batch.list': () => batches.list(),
    'job.resume': ({ jobId }) => {
      core.jobs.resume(jobId)
      return { ok: true }
    },
    'job.list': () => core.jobs.list(),
    'job.cancel': ({ jobId }) => {
      core.jobs.cancel(jobId)
      return { ok: true }
    },
  }
}
