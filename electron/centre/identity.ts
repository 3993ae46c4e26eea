/**
 * Who calls: devices enrolled by a short code, refreshed and revocable device tokens, staff on top of them.
 * Secrets are kept as hashes: tokens and codes by SHA-256 (they are random), passwords by scrypt.
 */
import { createHash, randomBytes, randomInt, randomUUID, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Db } from '../../db/driver.ts'
import type { StaffRow } from '../contract/centre.contract.ts'
import type { Actor } from './machine/turn.ts'
import { DAY_MS } from './calendar.ts'
import { HttpRefusal } from './refusal.ts'
import { Workspace } from './store/rows.ts'

const TOKEN_MS = 3_600_000
/** A desk comes back after a long vacation without a new enrolment. */
const REFRESH_MS = 400 * DAY_MS
const STAFF_MS = 90 * DAY_MS
const CODE_MS = 3_600_000
const scryptHash = promisify(scrypt) as (password: string, salt: string, length: number) => Promise<Buffer>

export interface Device {
  id: string
  library: string
  deskName: string
}

interface TokenRow {
  kind: 'device' | 'refresh' | 'staff'
  device: string
  staff: string | null
  generation: number
  expires_at: number
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

function issue(
  db: Db,
  kind: TokenRow['kind'],
  device: string,
  staff: string | null,
  generation: number,
  until: number,
) {
  const secret = randomBytes(32).toString('base64url')
  db.sql('INSERT INTO token(hash, kind, device, staff, generation, expires_at) VALUES (?,?,?,?,?,?)').run(
    hashOf(secret),
    kind,
    device,
    staff,
    generation,
    until,
  )
  return secret
}

function issuePair(db: Db, device: string, generation: number, now: number): { token: string; refresh: string } {
  return {
    token: issue(db, 'device', device, null, generation, now + TOKEN_MS),
    refresh: issue(db, 'refresh', device, null, generation, now + REFRESH_MS),
  }
}

function find(db: Db, kind: TokenRow['kind'], secret: string, now: number): TokenRow | null {
  const found = db.sql<TokenRow>('SELECT * FROM token WHERE hash = ? AND kind = ?').get(hashOf(secret), kind)
  return found && found.expires_at > now ? found : null
}

/** A code for one desk, spoken or written down; `standing` codes (rehearsal) may be used again and again. */
export function makeEnrolCode(db: Db, library: string, now: number, standing?: string): string {
  const code = standing ?? Array.from({ length: 8 }, () => '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'[randomInt(32)]).join('')
  db.write(() =>
    db
      .sql('INSERT OR REPLACE INTO enrol_code(hash, library, expires_at, standing) VALUES (?,?,?,?)')
      .run(hashOf(code), library, standing ? Number.MAX_SAFE_INTEGER : now + CODE_MS, standing ? 1 : 0),
  )
  return code
}

export function enrol(db: Db, code: string, deskName: string, now: number) {
  return db.write(() => {
    const found = db
      .sql<{ library: string; expires_at: number; standing: number }>('SELECT * FROM enrol_code WHERE hash = ?')
      .get(hashOf(code.trim().toUpperCase()))
    if (!found || found.expires_at <= now) throw new HttpRefusal(403, 'enrol_code_wrong')
    if (!found.standing) db.sql('DELETE FROM enrol_code WHERE hash = ?').run(hashOf(code.trim().toUpperCase()))
    const id = randomUUID()
    db.sql(
      `INSERT INTO device(id, library, desk_name, pruned_through, generation, created_at, seen_at) VALUES (?,?,?,0,0,?,?)`,
    ).run(id, found.library, deskName, now, now)
    const entry = new Workspace(db).find(found.library, 'library', found.library)
    if (!entry) throw new Error(`library ${found.library} is not in its own directory`)
    const { code: letters, name, nameEn } = entry.row
    return { deviceId: id, library: { id: found.library, code: letters, name, nameEn }, ...issuePair(db, id, 0, now) }
  })
}

/**
 * A new pair for a refresh token. The old refresh token dies only when the new pair is first used: a reply lost on the way
 * must not lock a desk out.
 */
export function refreshTokens(db: Db, refresh: string, now: number): { token: string; refresh: string } {
  return db.write(() => {
    const found = find(db, 'refresh', refresh, now)
    if (!found || revoked(db, found.device)) throw new HttpRefusal(401, 'refresh_invalid')
    return issuePair(db, found.device, found.generation + 1, now)
  })
}

function revoked(db: Db, device: string): boolean {
  return db.sql('SELECT 1 FROM device WHERE id = ? AND revoked_at IS NULL').get(device) === undefined
}

/** @throws HttpRefusal 401 token_invalid: unknown, expired or revoked */
export function deviceOf(db: Db, token: string | null, now: number): Device {
  const found = token === null ? null : find(db, 'device', token, now)
  const device = found
    ? db
        .sql<{ id: string; library: string; desk_name: string; generation: number; seen_at: number }>(
          'SELECT * FROM device WHERE id = ? AND revoked_at IS NULL',
        )
        .get(found.device)
    : undefined
  if (!found || !device) throw new HttpRefusal(401, 'token_invalid')
  if (found.generation > device.generation || now - device.seen_at > TOKEN_MS)
    db.write(() => {
      db.sql('UPDATE device SET generation = max(generation, ?), seen_at = ? WHERE id = ?').run(
        found.generation,
        now,
        device.id,
      )
      db.sql(`DELETE FROM token WHERE device = ? AND (expires_at <= ? OR (kind <> 'staff' AND generation < ?))`).run(
        device.id,
        now,
        found.generation,
      )
    })
  return { id: device.id, library: device.library, deskName: device.desk_name }
}

/** Ids of a library's devices that are not revoked. */
export function devicesOf(db: Db, library: string): string[] {
  return db
    .sql<{ id: string }>('SELECT id FROM device WHERE library = ? AND revoked_at IS NULL')
    .all(library)
    .map(({ id }) => id)
}

export function revokeDevice(db: Db, device: string, now: number): void {
  db.write(() => {
    db.sql('UPDATE device SET revoked_at = ? WHERE id = ?').run(now, device)
    db.sql('DELETE FROM token WHERE device = ?').run(device)
  })
}

export async function setPassword(db: Db, library: string, staff: string, password: string): Promise<void> {
  const salt = randomBytes(16).toString('hex')
  const hash = (await scryptHash(password, salt, 32)).toString('hex')
  db.write(() =>
    db
      .sql('INSERT OR REPLACE INTO staff_secret(library, staff, salt, hash) VALUES (?,?,?,?)')
      .run(library, staff, salt, hash),
  )
}

/** @throws HttpRefusal 403 wrong_password, alike for an unknown person */
export async function signIn(db: Db, device: Device, staff: string, password: string, now: number) {
  const secret = db
    .sql<{ salt: string; hash: string }>('SELECT salt, hash FROM staff_secret WHERE library = ? AND staff = ?')
    .get(device.library, staff)
  const given = await scryptHash(password, secret?.salt ?? 'unknown', 32)
  const known = staffOf(db, device.library, staff)
  if (!secret || !known || !timingSafeEqual(given, Buffer.from(secret.hash, 'hex')))
    throw new HttpRefusal(403, 'wrong_password')
  return db.write(() => {
    db.sql('INSERT OR IGNORE INTO signed_in(device, staff) VALUES (?,?)').run(device.id, staff)
    return {
      staffToken: issue(db, 'staff', device.id, staff, 0, now + STAFF_MS),
      staffId: staff,
      name: known.name,
      role: known.role,
      offlineUntil: now + STAFF_MS,
    }
  })
}

function staffOf(db: Db, library: string, staff: string): StaffRow | null {
  const found = new Workspace(db).find(library, 'staff', staff)
  return found && found.gone === null ? found.row : null
}

/** @throws HttpRefusal 401 staff_invalid: nobody is signed in with this token at this device */
export function staffSignedIn(db: Db, device: Device, token: string | null, now: number): string {
  const found = token === null ? null : find(db, 'staff', token, now)
  if (!found || found.device !== device.id || found.staff === null || !staffOf(db, device.library, found.staff))
    throw new HttpRefusal(401, 'staff_invalid')
  return found.staff
}

/**
 * The person an op names, with the role the centre knows. Queued ops may arrive while somebody else is signed in; a person
 * who never signed in at this device has no role there.
 */
export function actorOf(db: Db, device: Device, user: string): Actor {
  const known = staffOf(db, device.library, user)
  const signedIn = db.sql('SELECT 1 FROM signed_in WHERE device = ? AND staff = ?').get(device.id, user) !== undefined
  return {
    library: device.library,
    desk: device.id,
    deskName: device.deskName,
    user,
    userName: known?.name ?? user,
    role: known && signedIn ? known.role : null,
  }
}
