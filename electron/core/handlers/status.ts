/** The truth line: connection, what waits, what was refused, and how this desk is. */
import { statfsSync } from 'node:fs'
import type { StatusLine } from '../../contract/core.contract.ts'
import type { Core, Handlers } from '../context.ts'
import { WARN_SKEW_MS } from '../../domain/clock-offset.ts'
import { checkAudit } from '../../../db/queries/audit.ts'
import { countQuarantined } from '../../../db/queries/base.ts'
import { neededUploads, outboxCounts } from '../../../db/queries/outbox.ts'
import { countAsked } from '../../../db/queries/review.ts'
import { findBlob } from '../../../db/queries/blobs.ts'

export interface StatusSources {
  keyStore: 'system' | 'file'
  cleanExit: boolean
  clockOffsetMs(): number | null
  /** The part that devices and paper have. */
  devices(): Pick<StatusLine, 'scanner' | 'printer' | 'printWaiting'>
}

/** Less free space than this (bytes) is told before it hurts. */
const LITTLE_SPACE = 2 * 1024 ** 3

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
    'doctor.run': () => {
      const now = status()
      const broken = checkAudit(db)
      const space = statfsSync(core.options.dataDir)
      const free = space.bavail * space.bsize
      const skew = now.clockSkewMs ?? 0
      const check = (
        name: string,
        ok: boolean,
        code: string,
        params: Record<string, string | number | boolean> = {},
      ) => ({
        check: name,
        ok,
        code,
        params,
      })
      return [
        check('database', db.pragma('quick_check(1)') === 'ok', 'database_integrity'),
        check('exit', sources.cleanExit, 'last_exit_clean'),
        check('audit', broken === null, 'audit_chain', broken === null ? {} : { entry: broken }),
        check('keyStore', sources.keyStore === 'system', 'key_store', { store: sources.keyStore }),
        check('space', free > LITTLE_SPACE, 'free_space', { megabytes: Math.floor(free / 2 ** 20) }),
        check('centre', now.connection === 'online', 'connection', { state: now.connection }),
        check('clock', Math.abs(skew) <= WARN_SKEW_MS, 'clock_skew', { seconds: Math.round(skew / 1000) }),
        check('refused', now.refused === 0, 'refused_actions', { count: now.refused }),
        check('quarantine', now.quarantined === 0, 'quarantined_rows', { count: now.quarantined }),
        check('scanner', now.scanner !== null, 'scanner', now.scanner ? { name: now.scanner.name } : {}),
        check('printer', now.printer !== null, 'printer', now.printer ? { name: now.printer.name } : {}),
      ]
    },
  }
}
