/** Fills an empty centre: directory, and in rehearsal staff, codes, figure 3 and generated requests. */
import type { Db } from '../../../db/driver.ts'
import type { RequestRow } from '../../contract/centre.contract.ts'
import { setPassword, makeEnrolCode } from '../identity.ts'
import { Workspace, openAt, takeSeq } from '../store/rows.ts'
import { LIVING_COUNT, livingQueue } from './living.ts'
import { startNumbersAt } from '../store/numbers.ts'
import { HOME, MEMBERS, REHEARSAL_PASSWORD, STAFF, rehearsalCode } from './directory.ts'
import { figure3 } from './figure3.ts'
import { plantRegistrations } from './registrations.ts'
import { FIRST_CENTRE_NUMBER, FIRST_NUMBER, requests } from './generator.ts'

export interface PlantOptions {
  rehearsal: boolean
  rows: number
  /** Beside figure 3 the work of an ordinary week and the year behind it, instead of `rows`. */
  living?: boolean
  seed: number
  now: number
}

const BATCH = 20_000

/** Does nothing when the centre already has members. */
export async function plant(db: Db, options: PlantOptions): Promise<void> {
  if (db.sql('SELECT 1 FROM library LIMIT 1').get()) return
  db.write(() => {
    for (const { id } of MEMBERS) db.sql('INSERT INTO library(id, seq, floor) VALUES (?, 0, 0)').run(id)
    const work = new Workspace(db)
    for (const reader of MEMBERS)
      for (const member of MEMBERS)
        work.put(reader.id, {
          type: 'library',
          ...member,
          version: 0,
          seq: 0,
          address: '',
          contact: '',
          pausedUntil: null,
          pauses: [],
        })
    if (options.rehearsal)
      for (const { id } of MEMBERS)
        for (const { key, name, role } of STAFF)
          work.put(id, { type: 'staff', id: `${id.toLowerCase()}-${key}`, version: 0, seq: 0, name, role })
    work.flush(options.now)
  })
  if (!options.rehearsal) return
  await plantSecrets(db, options.now)
  plantRequests(db, HOME, figure3(options.now), true)
  const count = options.living ? LIVING_COUNT : options.rows
  if (options.living) plantRequests(db, HOME, livingQueue(options.now), true)
  if (options.living) plantRegistrations(db, options.now)
  else if (count > 0) plantRequests(db, HOME, requests(HOME, count, options.seed, options.now), false)
  db.write(() => {
    for (const { code } of MEMBERS) startNumbersAt(db, code, FIRST_NUMBER + count)
    startNumbersAt(db, 'centre', FIRST_CENTRE_NUMBER + count)
  })
}

/** One hash for all: everybody has the rehearsal password. */
async function plantSecrets(db: Db, now: number): Promise<void> {
  await setPassword(db, HOME, `${HOME.toLowerCase()}-${STAFF[0].key}`, REHEARSAL_PASSWORD)
  db.write(() => {
    const one = db.sql<{ salt: string; hash: string }>('SELECT salt, hash FROM staff_secret').get()!
    for (const { id } of MEMBERS) {
      for (const { key } of STAFF)
        db.sql('INSERT OR IGNORE INTO staff_secret(library, staff, salt, hash) VALUES (?,?,?,?)').run(
          id,
          `${id.toLowerCase()}-${key}`,
          one.salt,
          one.hash,
        )
      makeEnrolCode(db, id, now, rehearsalCode(id))
    }
  })
}

/** Writes many requests at once, in order, each with its own seq; `bothSides` also writes the asking libraries' rows. */
export function plantRequests(db: Db, library: string, rows: Iterable<RequestRow>, bothSides: boolean): number {
  let batch: RequestRow[] = []
  let count = 0
  const write = () => {
    db.write(() => {
      insertAll(db, library, batch)
      if (bothSides) for (const row of batch) insertAll(db, row.fields.partner, [asking(row, library)])
    })
    count += batch.length
    batch = []
  }
  for (const row of rows) {
    batch.push(row)
    if (batch.length >= BATCH) write()
  }
  if (batch.length > 0) write()
  return count
}

function asking(row: RequestRow, supplier: string): RequestRow {
  return { ...row, role: 'requester', fields: { ...row.fields, partner: supplier, callNumber: '', location: '' } }
}

function insertAll(db: Db, library: string, rows: RequestRow[]): void {
  let seq = takeSeq(db, library, rows.length) - rows.length
  const insert = db.sql(
    `INSERT INTO entity(library, type, id, version, seq, body, wake_at, open_at) VALUES (?, 'request', ?, 1, ?, ?, ?, ?)`,
  )
  const bind = db.sql('INSERT OR IGNORE INTO bound(library, barcode, request, volume) VALUES (?,?,?,?)')
  for (const row of rows) {
    row.seq = ++seq
    const due = row.status === 'Loaned' ? row.dueAt : null
    insert.run(library, row.id, seq, JSON.stringify(row), due, openAt(row))
    if (row.status === 'Loaned' || row.status === 'Overdue')
      for (const v of row.volumes) if (v.barcode !== null) bind.run(library, v.barcode, row.id, v.volume)
  }
}
