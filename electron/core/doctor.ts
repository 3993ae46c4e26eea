/** The desk's own check-up: each thing looked at, with a code and what a person needs to act on it. */
import { readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { StatusLine } from '../contract/core.contract.ts'
import { WARN_SKEW_MS } from '../domain/clock-offset.ts'
import { getMeta } from '../../db/queries/meta.ts'
import { verifyAudit } from './audit-trail.ts'
import type { Backups } from './backup/index.ts'
import type { Core } from './context.ts'
import { announced } from './update/announced.ts'

export interface Finding {
  check: string
  ok: boolean
  code: string
  params: Record<string, string | number | boolean>
}

/** Less free space than this (bytes) is told before it hurts. */
const LITTLE_SPACE = 2 * 1024 ** 3
/** A backup older than this (ms) is told: two nights without one. */
const OLD_BACKUP_MS = 2 * 86_400_000

export interface DoctorSources {
  keyStore: 'system' | 'file'
  cleanExit: boolean
  backups: Backups
}

export function examine(core: Core, now: StatusLine, { keyStore, cleanExit, backups }: DoctorSources): Finding[] {
  const { db, options } = core
  const audit = verifyAudit(db, backups.list())
  const space = statfsSync(options.dataDir)
  const free = space.bavail * space.bsize
  const skew = now.clockSkewMs ?? 0
  const age = backups.age()
  const last = backups.last()
  const missing = missingFiles(core)
  const newer = announced(db, options.version)
  const check = (name: string, ok: boolean, code: string, params: Finding['params'] = {}): Finding => ({
    check: name,
    ok,
    code,
    params,
  })
  return [
    check('version', true, 'versions', {
      desk: options.version,
      node: process.version,
      sqlite: db.sql<{ v: string }>('SELECT sqlite_version() AS v').get()!.v,
      schema: Number(db.pragma('user_version')),
    }),
    check(
      'release',
      newer === null,
      'newer_version',
      newer ? { version: newer.version, required: newer.required } : {},
    ),
    ...machineChecks(core),
    check('database', db.pragma('quick_check(1)') === 'ok', 'database_integrity'),
    check('exit', cleanExit, 'last_exit_clean'),
    check('audit', audit.broken === null, 'audit_chain', {
      entries: audit.entries,
      anchors: audit.anchors,
      ...(audit.broken === null ? {} : { entry: audit.broken }),
    }),
    check('keyStore', keyStore === 'system', 'key_store', { store: keyStore }),
    check('recoveryKey', getMeta(db, 'recoveryKeyKept') !== undefined, 'recovery_key'),
    check('folder', isPrivate(options.dataDir), 'folder_private'),
    check('backup', age !== null && age < OLD_BACKUP_MS && (last?.code ?? null) === null, 'newest_backup', {
      ...(age === null ? {} : { hours: Math.floor(age / 3_600_000) }),
      ...(last?.code ? { code: last.code } : {}),
    }),
    check('files', missing === 0, 'missing_files', { count: missing }),
    check('space', free > LITTLE_SPACE, 'free_space', { megabytes: Math.floor(free / 2 ** 20) }),
    check('centre', now.connection === 'online', 'connection', { state: now.connection }),
    check('clock', Math.abs(skew) <= WARN_SKEW_MS, 'clock_skew', { seconds: Math.round(skew / 1000) }),
    check('refused', now.refused === 0, 'refused_actions', { count: now.refused }),
    check('quarantine', now.quarantined === 0, 'quarantined_rows', { count: now.quarantined }),
    check('scanner', now.scanner !== null, 'scanner', now.scanner ? { name: now.scanner.name } : {}),
    check('printer', now.printer !== null, 'printer', now.printer ? { name: now.printer.name } : {}),
  ]
}

/** The administrator's file: that it is taken, or each thing that is wrong in it with its line and key. */
function machineChecks({ options }: Core): Finding[] {
  const { path = null, problems = [] } = options.machine ?? {}
  if (path === null) return []
  if (problems.length === 0) return [{ check: 'machine', ok: true, code: 'machine_settings', params: {} }]
  return problems.map(({ line, key, message }) => ({
    check: 'machine',
    ok: false,
    code: 'machine_settings_wrong',
    params: { line, key, message: message.slice(0, 500) },
  }))
}

/** Files the database names and the disk does not have, or has in another length. */
export function missingFiles({ db, options }: Core): number {
  const folder = join(options.dataDir, 'blobs')
  const there = new Set(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name.length === 2)
      .flatMap((entry) => readdirSync(join(folder, entry.name))),
  )
  return db
    .sql<{ sha256: string }>('SELECT sha256 FROM blob')
    .all()
    .filter(({ sha256 }) => !there.has(sha256)).length
}

/** Inside a folder that only its owner may enter nothing is open to others. */
function isPrivate(dataDir: string): boolean {
  return process.platform === 'win32' || (statSync(dataDir).mode & 0o077) === 0
}
