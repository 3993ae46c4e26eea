/** The truth line: connection, what waits, what was refused, and how this desk is. */
import type { StatusLine } from '../../contract/core.contract.ts'
import type { Core, Handlers } from '../context.ts'
import { examine, type DoctorSources } from '../doctor.ts'
import { countQuarantined } from '../../../db/queries/base.ts'
import { neededUploads, outboxCounts } from '../../../db/queries/outbox.ts'
import { countAsked } from '../../../db/queries/review.ts'
import { findBlob } from '../../../db/queries/blobs.ts'

export interface StatusSources extends DoctorSources {
  clockOffsetMs(): number | null
  /** The part that devices and paper have. */
  devices(): Pick<StatusLine, 'scanner' | 'printer' | 'printWaiting'>
}

export function statusHandlers(core: Core, sources: StatusSources): Handlers<'status.get' | 'doctor.run'> {
  const { db } = core

  function status(): StatusLine {
    const sync = core.sync.status
    const counts = outboxCounts(db)
    const files = neededUploads(db)
    return {
      connection: sync.connection,
      since: sync.since,
      centreBehind: sync.centreBehind,
      lastSyncAt: sync.lastSyncAt,
      syncing: sync.syncing,
      firstSync: sync.firstSyncRows === null ? null : { rows: sync.firstSyncRows },
      waiting: {
        ops: counts.waiting,
        files: files.length,
        bytes: files.reduce(
          (sum, sha256) => sum + (findBlob(db, sha256)?.bytes ?? 0) - (sync.sent.get(sha256) ?? 0),
          0,
        ),
      },
      held: counts.held,
      refused: counts.refused,
      toDecide: countAsked(db),
      quarantined: countQuarantined(db),
      clockSkewMs: sources.clockOffsetMs(),
      keyStore: sources.keyStore,
      ...sources.devices(),
    }
  }

  return {
    'status.get': status,
    'doctor.run': () => examine(core, status(), sources),
  }
}
