/** Commands that keep the desk's data: backup, restore, export, audit, support, purge, recovery-key. */
import { resolve } from 'node:path'
import { openDatabase } from '../../../db/driver.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import { auditCsv, verifyAudit } from '../audit-trail.ts'
import { exportEverything } from '../backup/export.ts'
import { makeBackup } from '../backup/make.ts'
import { recover } from '../backup/recover.ts'
import { makeFolder } from '../host/make-folder.ts'
import { listBackups, ownBackups, type Backup } from '../backup/places.ts'
import type { RunningCore } from '../index.ts'
import { supportBundle } from '../support-bundle.ts'
import { writeNew } from './new-file.ts'
import { requireSupervisor, type Proof } from './supervisor.ts'
import { WrongUse } from './wrong-use.ts'

export interface SafetyValues extends Proof {
  to?: string | undefined
  from?: string | undefined
  out?: string | undefined
  backup?: string | undefined
  list?: boolean | undefined
}

/** 0 done, 1 something is not as it should be. */
interface Result {
  exit: 0 | 1
  data: unknown
  lines: string[]
}
/** @param rest words after the command's name */
export type SafetyCommand = (core: RunningCore, values: SafetyValues, rest: readonly string[]) => Promise<Result>

const needed = (value: string | undefined, option: string): string => {
  if (value === undefined || value === '') throw new WrongUse(`--${option} is needed`)
  return resolve(value)
}

const lineOf = ({ id, requests, waiting, blobs, missing }: Backup): string =>
  `${id}\t${requests} requests\t${waiting} waiting\t${blobs} files\t${missing} missing`

const stamp = () => new Date().toISOString().slice(0, 19).replaceAll(':', '-')

export const SAFETY_COMMANDS: Readonly<Record<string, SafetyCommand>> = {
  async backup({ core, backups, secret }, { to, list }) {
    const place = to === undefined ? ownBackups(core.options.dataDir) : resolve(to)
    if (list) {
      const all = listBackups(place)
      return { exit: all.length > 0 ? 0 : 1, data: all, lines: all.map(lineOf) }
    }
    if (to !== undefined) makeFolder(place)
    const backup =
      to === undefined
        ? await backups.make()
        : await makeBackup({
            db: core.db,
            key: secret.key,
            pathOf: (sha256) => core.blobs.path(sha256),
            place,
            version: core.options.version,
            now: Date.now(),
            keep: 7,
          })
    return { exit: backup.missing > 0 ? 1 : 0, data: backup, lines: [lineOf(backup), backup.folder] }
  },
  async export(running, { to, ...proof }) {
    const { core, secret } = running
    const into = needed(to, 'to')
    const user = await requireSupervisor(running, 'export', proof)
    makeFolder(into)
    const snapshot = openDatabase(core.db.path, { key: secret.key, readonly: true })
    try {
      const done = await exportEverything(snapshot, (sha256) => core.blobs.path(sha256), into, Date.now())
      const detail = JSON.stringify({ rows: done.rows, files: done.files })
      core.db.write(() => appendAudit(core.db, { at: core.now(), user, event: 'exported', objectId: '', opId: null, detail })) // prettier-ignore
      const line = `${done.name}: ${done.rows} rows, ${done.files} files, ${done.missing} missing`
      return { exit: done.missing > 0 ? 1 : 0, data: done, lines: [line] }
    } finally {
      snapshot.close()
    }
  },
  async audit(running, { out, ...proof }, [what, more]) {
    const { core, backups } = running
    if (more !== undefined) throw new WrongUse(`audit ${what} takes no “${more}”`)
    if (what === 'verify') {
      const verdict = verifyAudit(core.db, backups.list())
      const { entries, broken, anchors } = verdict
      const line =
        broken === null
          ? `ok: ${entries} entries, ${anchors} ends noted by backups agree`
          : `entry ${broken} does not fit: it was changed or taken out, or entries before it were`
      return { exit: broken === null ? 0 : 1, data: verdict, lines: [line] }
    }
    if (what !== 'export') throw new WrongUse('audit verify, or audit export')
    await requireSupervisor(running, 'audit export', proof)
    const text = [...auditCsv(core.db)].join('')
    if (out === undefined) return { exit: 0, data: { csv: text }, lines: [text.replace(/^\uFEFF/, '').trimEnd()] }
    const path = writeNew(out, text)
    return { exit: 0, data: { path }, lines: [path] }
  },
  async support({ core, handlers }, { out }) {
    const bundle = await supportBundle(core, await handlers['doctor.run']({}))
    const path = writeNew(out ?? `balis-desk-support-${stamp()}.json`, bundle)
    return { exit: 0, data: { path }, lines: [path] }
  },
  async purge(running, proof) {
    const user = await requireSupervisor(running, 'purge', proof)
    const requests = await running.privacy.purgeNow(user)
    return { exit: 0, data: { requests }, lines: [`${requests} requests`] }
  },
}

/**
 * `desk restore`: before core opens, since there may be nothing to open.
 * @throws WrongUse, DeskError
 */
export async function restoreCommand(dataDir: string, { backup, from, list }: SafetyValues): Promise<Result> {
  const place = from === undefined ? ownBackups(dataDir) : resolve(from)
  if (list) {
    const all = listBackups(place)
    return { exit: all.length > 0 ? 0 : 1, data: all, lines: all.map(lineOf) }
  }
  const recoveryKey = process.env['BALIS_DESK_RECOVERY_KEY']
  if (!backup && !recoveryKey) throw new WrongUse('--backup ID or latest is needed; --list shows what there is')
  const restored = await recover(dataDir, false, { backup, ...(recoveryKey ? { recoveryKey } : {}) }, place)
  if (!restored) return { exit: 0, data: { key: 'taken' }, lines: ['the recovery key was taken'] }
  const { salvaged, files, missing } = restored
  const lines = [
    `restored from ${restored.backup.id}`,
    `${salvaged.rows} newer rows of this desk taken over (${salvaged.outcome})`,
    `${files} files brought back, ${missing} missing`,
  ]
  return {
    exit: missing > 0 || salvaged.outcome !== 'all' ? 1 : 0,
    data: { id: restored.backup.id, salvaged, files, missing },
    lines,
  }
}
