/** Backups, recovery key, audit trail, readers' data, PINs: what the settings page and the lock screen ask. */
import { basename } from 'node:path'
import { openDatabase } from '../../../db/driver.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import { DeskError, ERROR_CODES, type ErrorCode } from '../../contract/errors.ts'
import { verifyAudit } from '../audit-trail.ts'
import { exportEverything } from '../backup/export.ts'
import type { Backups } from '../backup/index.ts'
import { viewOf } from '../backup/recover.ts'
import type { Core, Handlers } from '../context.ts'
import type { Identity } from '../desk/identity.ts'
import { requireSupervisor } from '../desk/supervisor.ts'
import type { createPrivacy } from '../privacy.ts'
import { recoveryKeyOf } from '../recovery-key.ts'
import { supportBundle } from '../support-bundle.ts'

type Methods =
  | 'safety.get'
  | 'backup.make'
  | 'backup.place'
  | 'backup.export'
  | 'recovery.show'
  | 'recovery.kept'
  | 'audit.verify'
  | 'support.bundle'
  | 'privacy.purge'
  | 'desk.setPin'
  | 'desk.signInPin'
  | 'desk.lock'

export interface Safety {
  core: Core
  identity: Identity
  backups: Backups
  privacy: ReturnType<typeof createPrivacy>
  key: string
  /** The path of what a person chose. @throws DeskError not_found */
  takeChosen(id: string): Promise<string>
  /** The desk's own check-up, for the support bundle. */
  doctor(): Promise<object>
}

const ok = { ok: true } as const
const codeOf = (code: string): ErrorCode => ERROR_CODES.find((known) => known === code) ?? 'internal'

export function safetyHandlers({
  core,
  identity,
  backups,
  privacy,
  key,
  takeChosen,
  doctor,
}: Safety): Handlers<Methods> {
  const { db } = core

  const supervisor = () => requireSupervisor(core).id
  const told = <T>(result: T): T => {
    for (const topic of ['desk', 'status', 'queue', 'counts'] as const) core.events.emit(topic)
    core.sync.goodMoment()
    return result
  }
  const note = (event: string, user: string, detail: object = {}) =>
    appendAudit(db, { at: core.now(), user, event, objectId: '', opId: null, detail: JSON.stringify(detail) })

  return {
    'safety.get': () => {
      const last = backups.last()
      const lastPurge = getMeta(db, 'lastPurge')
      return {
        backup: {
          last: last && { at: last.at, missing: last.missing, code: last.code === null ? null : codeOf(last.code) },
          place: getMeta(db, 'backupPlace')?.name ?? null,
          backups: backups.list().slice(0, 50).map(viewOf),
        },
        lastRestore: getMeta(db, 'lastRestore') ?? null,
        recoveryKey: getMeta(db, 'recoveryKeyKept') ? 'kept' : 'toShow',
        lastPurge: lastPurge ? { at: lastPurge.at, requests: lastPurge.requests } : null,
        pin: identity.known.hasPin(core.me()?.id ?? ''),
      }
    },
    'backup.make': async () => viewOf(await backups.make()),
    'backup.place': async ({ folderId }) => {
      const user = supervisor()
      const path = folderId === null ? null : await takeChosen(folderId)
      db.write(() => {
        setMeta(db, 'backupPlace', path === null ? null : { path, name: basename(path) || path })
        note('backupPlace', user, { chosen: path !== null })
      })
      core.events.emit('settings')
      return ok
    },
    'backup.export': async ({ folderId }) => {
      const user = supervisor()
      const into = await takeChosen(folderId)
      const snapshot = openDatabase(db.path, { key, readonly: true, cacheMB: 8 })
      try {
        const done = await exportEverything(snapshot, (sha256) => core.blobs.path(sha256), into, Date.now())
        db.write(() => note('exported', user, { rows: done.rows, files: done.files }))
        return done
      } finally {
        snapshot.close()
      }
    },
    'recovery.show': () => {
      const user = supervisor()
      if (getMeta(db, 'recoveryKeyKept')) throw new DeskError('not_allowed', { why: 'kept' })
      db.write(() => note('recoveryKeyShown', user))
      return { key: recoveryKeyOf(key) }
    },
    'recovery.kept': () => {
      const user = supervisor()
      db.write(() => {
        setMeta(db, 'recoveryKeyKept', { at: core.now(), user })
        note('recoveryKeyKept', user)
      })
      core.events.emit('settings')
      return ok
    },
    'audit.verify': () => verifyAudit(db, backups.list()),
    'support.bundle': async () => {
      const bytes = await supportBundle(core, await doctor())
      return { blob: (await core.blobs.put(bytes, 'application/json')).sha256 }
    },
    'privacy.purge': async () => {
      const user = supervisor()
      return { requests: await privacy.purgeNow(user) }
    },
    'desk.setPin': async (wish) => {
      const me = core.me()
      if (!me) throw new DeskError('sign_in_needed')
      if (wish.pin !== null) await identity.prove(me.id, wish.password)
      await identity.known.setPin(me.id, wish.pin)
      db.write(() => note(wish.pin === null ? 'pinRemoved' : 'pinSet', me.id))
      core.events.emit('desk')
      return ok
    },
    'desk.signInPin': async ({ staff, pin }) => told(await identity.signInByPin(staff, pin)),
    'desk.lock': () => {
      identity.lock()
      return told(ok)
    },
  }
}
