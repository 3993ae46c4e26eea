/**
 * The report of each month, made by itself: on its day, or when the desk is next on and has heard from the centre since the
 * month ended; each month once. It is kept in the desk and, where a folder was chosen, written there too.
 */
import { randomUUID } from 'node:crypto'
import { copyFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { MonthlyState } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { daysOfMonth, monthBefore, monthsDue } from '../../domain/statistics/monthly.ts'
import { endOfDay } from '../../domain/working-days.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import { keepMonthly, monthlyReports, type MonthlyReport } from '../../../db/queries/monthly.ts'
import type { Core } from '../context.ts'
import { exportMonth } from './exports.ts'
import type { Made } from '../sheets/made.ts'
import type { FactKeeper } from './fact-keeper.ts'

const LOOK_MS = 10 * 60_000
const FIRST_LOOK_MS = 20_000

export interface Monthly {
  state(): MonthlyState
  set(change: { on?: boolean | undefined; day?: number | undefined; folder?: string | null | undefined }): MonthlyState
  make(month: string): Promise<Made>
  /** Makes what is due and writes what could not be written. Also happens by itself. */
  look(): Promise<void>
  close(): Promise<void>
}

export function createMonthly(core: Core, keeper: FactKeeper): Monthly {
  const { db } = core
  let looking: Promise<void> | undefined
  const rule = () => getMeta(db, 'monthlyReport') ?? { on: false, day: 1, since: monthBefore(core.now()), folder: null }

  async function make(month: string): Promise<Made> {
    const made = await exportMonth(core, keeper, month, daysOfMonth(month))
    await file({ month, at: core.now(), ...made, written: 0 })
    return made
  }

  /** Into the folder whole or not at all; a folder that is away is tried again. */
  async function file(report: MonthlyReport): Promise<void> {
    const { folder } = rule()
    const written = folder === null || (await copied(report, folder))
    keepMonthly(db, { ...report, written: Number(written) })
    core.events.emit('reports')
  }

  async function copied({ blob, name }: MonthlyReport, folder: string): Promise<boolean> {
    const partial = join(folder, `.${randomUUID()}.part`)
    try {
      await copyFile(core.blobs.path(blob), partial)
      await rename(partial, join(folder, name))
      return true
    } catch (error) {
      core.log.warn({ err: error }, 'the folder of the monthly report cannot be written to')
      await rm(partial, { force: true }).catch(() => {})
      return false
    }
  }

  async function work(): Promise<void> {
    const { on, day, since } = rule()
    if (!on || core.sync.status.syncing) return
    const kept = monthlyReports(db)
    for (const report of kept) if (report.written === 0) await file(report)
    const heard = getMeta(db, 'lastSyncAt') ?? 0
    for (const month of monthsDue(since, day, new Set(kept.map((report) => report.month)), core.now())) {
      // What happened in the last days of the month may not have reached this desk yet.
      if (heard < endOfDay(daysOfMonth(month).to)) return
      await keeper.ready()
      if (!keeper.complete) return
      await make(month)
    }
  }

  const look = () =>
    (looking ??= work()
      .catch((error: unknown) => core.log.error({ err: error }, 'monthly report'))
      .finally(() => (looking = undefined)))
  const first = setTimeout(() => void look(), FIRST_LOOK_MS).unref()
  const again = setInterval(() => void look(), LOOK_MS).unref()

  const state = (): MonthlyState => {
    const { on, day, folder } = rule()
    const made = monthlyReports(db).map(({ written, ...report }) => ({ ...report, written: written === 1 }))
    return { on, day, folder: folder === null ? null : basename(folder).slice(0, 200), made }
  }

  return {
    state,
    set({ on, day, folder }) {
      if (!core.me()) throw new DeskError('sign_in_needed')
      const before = rule()
      // Switched on, it begins with the month that is just over.
      const since = on && !before.on ? monthBefore(core.now()) : before.since
      const after = {
        on: on ?? before.on,
        day: day ?? before.day,
        folder: folder === undefined ? before.folder : folder,
        since,
      }
      db.write(() => setMeta(db, 'monthlyReport', after))
      core.events.emit('reports')
      void look()
      return state()
    },
    make,
    look,
    async close(): Promise<void> {
      clearTimeout(first)
      clearInterval(again)
      await looking
    },
  }
}
