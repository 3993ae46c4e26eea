/** The real centre's rules (push, feed, machine) on one database, without HTTP; cleared and planted anew for each history. */
import { createHash, randomUUID } from 'node:crypto'
import type { FeedReply, OpsCall, OpsReply } from '../../electron/contract/centre.contract.ts'
import { actAs } from '../../electron/centre/act.ts'
import { feedPage } from '../../electron/centre/feed.ts'
import { actorOf, type Device } from '../../electron/centre/identity.ts'
import type { Mutant } from '../../electron/centre/mutants.ts'
import { push } from '../../electron/centre/ops.ts'
import { HttpRefusal } from '../../electron/centre/refusal.ts'
import { requestRow } from '../../electron/centre/request-row.ts'
import { epochOf, openStore, renewEpoch } from '../../electron/centre/store/open.ts'
import { takeSeq, Workspace } from '../../electron/centre/store/rows.ts'
import type { Db } from '../../db/driver.ts'
import { withoutDisk } from './without-disk.ts'
import { LinkError, type LinkFailure } from '../../electron/core/sync/link.ts'

export const LIBRARY = 'RUC'
export const PARTNER = 'BUCT'
export const COPIES = ['HG00000001', 'HG00000002']
export const LOANS = ['HG00000003', 'HG00000004']
const TABLES = 'entity library device result upload blob bound signed_in allotment'.split(' ')

interface Upload {
  bytes: Buffer
  size: number
  sha256: string | null
}

export class ModelCentre {
  readonly db: Db
  now = 0
  mutants: ReadonlySet<Mutant> = new Set()
  private uploads = new Map<string, Upload>()
  /** Hashes of all bytes that this centre ever found to be what they were said to be. */
  readonly verified = new Set<string>()
  private kept: { table: string; rows: Record<string, never>[] }[] | null = null
  /** The mutant that takes numbers early holds calls between taking and writing. */
  private early = new Map<OpsCall, Map<string, number[]>>()

  constructor(dir: string) {
    this.db = openStore(dir)
    withoutDisk(this.db)
  }

  reset(now: number, desks: readonly string[]): void {
    this.now = now
    this.uploads = new Map()
    this.early = new Map()
    this.verified.clear()
    this.kept = null
    this.db.write(() => {
      for (const table of TABLES) this.db.sql(`DELETE FROM ${table}`).run()
      for (const id of [LIBRARY, PARTNER]) this.db.sql('INSERT INTO library(id, seq, floor) VALUES (?, 0, 0)').run(id)
      const work = new Workspace(this.db)
      const blank = { version: 0, seq: 0, nameEn: '', route: '北线', transportDays: 2, address: '', contact: '' }
      for (const id of [LIBRARY, PARTNER])
        work.put(LIBRARY, { type: 'library', id, code: id, name: id, pausedUntil: null, pauses: [], ...blank })
      work.put(LIBRARY, { type: 'staff', id: 'wang', version: 0, seq: 0, name: '王', role: 'staff' })
      for (const [ids, service] of [
        [COPIES, 'copy'],
        [LOANS, 'loan'],
      ] as const)
        for (const id of ids)
          work.put(
            LIBRARY,
            requestRow({ id, service, appliedAt: now, fields: { centreNo: id, title: id, partner: PARTNER } }),
          )
      work.flush(now)
      for (const desk of desks) {
        this.db
          .sql(
            `INSERT INTO device(id, library, desk_name, pruned_through, generation, created_at, seen_at)
             VALUES (?,?,?,0,0,?,?)`,
          )
          .run(desk, LIBRARY, desk, now, now)
        this.db.sql('INSERT INTO signed_in(device, staff) VALUES (?, ?)').run(desk, 'wang')
      }
    })
  }

  feed(cursor: string, limit: number): FeedReply {
    return refusing(() => {
      const page = feedPage(this.db, LIBRARY, cursor, limit, this.mutants)
      const rows = page.bodies.map((body) => JSON.parse(body) as FeedReply['rows'][number])
      return { serverTime: this.now, epoch: epochOf(this.db), rows, next: page.next, more: page.more }
    })
  }

  /** @returns undefined when this call must come a second time (numbers were taken early by the mutant) */
  push(call: OpsCall): OpsReply | undefined {
    const reserved = this.mutants.has('seq-before-commit') ? this.early.get(call) : new Map<string, number[]>()
    if (!reserved) {
      const count = call.ops.length * 2
      const last = this.db.write(() => takeSeq(this.db, LIBRARY, count))
      this.early.set(call, new Map([[LIBRARY, Array.from({ length: count }, (_, i) => last - count + 1 + i)]]))
      return undefined
    }
    return refusing(() => {
      const who: Device = { id: call.deviceId, library: LIBRARY, deskName: call.deviceId }
      const { results, also } = push(
        {
          db: this.db,
          now: this.now,
          library: LIBRARY,
          device: call.deviceId,
          actorOf: (user) => actorOf(this.db, who, user),
          mutants: this.mutants,
          ...(reserved.size > 0 ? { reserved } : {}),
        },
        call,
      )
      return { serverTime: this.now, epoch: epochOf(this.db), results, also }
    })
  }

  beginUpload(size: number): { uploadUrl: string } {
    const uploadUrl = randomUUID()
    this.uploads.set(uploadUrl, { bytes: Buffer.alloc(0), size, sha256: null })
    return { uploadUrl }
  }

  private upload(url: string): Upload {
    const found = this.uploads.get(url)
    if (!found) throw new LinkError('refused', { status: 404, error: 'not_found' })
    if (found.sha256 !== null) throw new LinkError('refused', { status: 410, error: 'upload_finished' })
    return found
  }

  uploadOffset(url: string): number {
    return this.upload(url).bytes.length
  }

  /** @param part how much of the bytes arrives before the line breaks, 0..1; 1 = all */
  chunk(url: string, offset: number, bytes: Uint8Array, part: number): number {
    const upload = this.upload(url)
    if (offset !== upload.bytes.length) throw new LinkError('refused', { status: 409, error: '' })
    const arrived = bytes.subarray(0, Math.ceil(bytes.length * part))
    upload.bytes = Buffer.concat([upload.bytes, arrived])
    if (part < 1) throw new LinkError('offline')
    return upload.bytes.length
  }

  complete(url: string, sha256: string, size: number): void {
    const known = this.uploads.get(url)
    if (known?.sha256 === sha256) return
    const upload = this.upload(url)
    if (upload.bytes.length < size) throw new LinkError('refused', { status: 409, error: 'upload_incomplete' })
    if (hashOf(upload.bytes) !== sha256) {
      this.uploads.delete(url)
      throw new LinkError('refused', { status: 409, error: 'hash_mismatch' })
    }
    upload.sha256 = sha256
    this.verified.add(hashOf(upload.bytes))
    this.db
      .sql('INSERT OR IGNORE INTO blob(library, sha256, size, mime, created_at) VALUES (?,?,?,?,?)')
      .run(LIBRARY, sha256, size, 'application/pdf', this.now)
  }

  /** A bit of an unfinished upload flips. */
  corrupt(): void {
    for (const upload of this.uploads.values())
      if (upload.sha256 === null && upload.bytes.length > 0) upload.bytes[0]! ^= 1
  }

  /** The asking library does something; what the rules forbid does not happen. */
  partner(kind: 'requestCancel' | 'complain' | 'received' | 'shippedBack', id: string): void {
    const args = kind === 'complain' ? { reason: '缺页' } : {}
    if (kind === 'complain' || kind === 'requestCancel') {
      this.mirror(id)
      actAs(this.db, PARTNER, kind, id, args as { reason: string }, this.now)
    } else actAs(this.db, LIBRARY, kind, id, {}, this.now)
  }

  /** The asking side's own row, without which it could not act. */
  private mirror(id: string): void {
    this.db.write(() => {
      const work = new Workspace(this.db)
      const ours = work.find(LIBRARY, 'request', id)
      if (!ours || ours.gone !== null || work.find(PARTNER, 'request', id)) return
      const { row } = ours
      work.put(PARTNER, { ...row, role: 'requester', version: 0, fields: { ...row.fields, partner: LIBRARY } })
      work.flush(this.now)
    })
  }

  loseBlobs(): void {
    this.db.exec('DELETE FROM blob')
  }

  backup(): void {
    this.kept = TABLES.map((table) => ({
      table,
      rows: this.db.sql<Record<string, never>>(`SELECT * FROM ${table}`).all(),
    }))
  }

  /** Back to the backup: what came since then is lost here, and the centre says so by a new epoch. */
  restore(): void {
    const { kept } = this
    if (!kept) return
    this.db.write(() => {
      for (const { table } of [...kept].reverse()) this.db.exec(`DELETE FROM ${table}`)
      for (const { table, rows } of kept)
        for (const row of rows) {
          const names = Object.keys(row)
          this.db
            .sql(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`)
            .run(...names.map((name) => row[name]!))
        }
    })
    this.early = new Map()
    renewEpoch(this.db)
  }

  newEpoch(): void {
    renewEpoch(this.db)
  }

  versions(): { key: string; version: number; gone: boolean }[] {
    return this.db
      .sql<{ type: string; id: string; version: number; gone: number }>(
        'SELECT type, id, version, gone_at IS NOT NULL AS gone FROM entity WHERE library = ?',
      )
      .all(LIBRARY)
      .map(({ type, id, version, gone }) => ({ key: `${type}/${id}`, version, gone: gone === 1 }))
  }

  rows(): Map<string, string> {
    const rows = this.db
      .sql<{ type: string; id: string; body: string }>('SELECT type, id, body FROM entity WHERE library = ?')
      .all(LIBRARY)
    return new Map(rows.map((row) => [`${row.type}/${row.id}`, row.body]))
  }
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const FAILURES: Record<string, LinkFailure> = { resync_required: 'resync_required' }

/** What the HTTP layer makes of a refusal. */
function refusing<T>(body: () => T): T {
  try {
    return body()
  } catch (error) {
    if (!(error instanceof HttpRefusal)) throw error
    const { status, details } = error
    throw new LinkError(FAILURES[error.error] ?? 'refused', { status, error: error.error, details })
  }
}
