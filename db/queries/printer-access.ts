/** What it takes to reach a printer: the certificate a person trusted, and its own user name and password. */
import type { Db } from '../driver.ts'

export interface PrinterAccess {
  /** SHA-256 in lower-case hex. */
  fingerprint?: string
  auth?: { user: string; password: string }
}

export function printerAccess(db: Db, printerId: string): PrinterAccess {
  const row = db
    .sql<{ fingerprint: string | null; user: string | null; password: string | null }>(
      'SELECT fingerprint, user, password FROM printer_access WHERE printer_id = ?',
    )
    .get(printerId)
  return {
    ...(row?.fingerprint ? { fingerprint: row.fingerprint } : {}),
    ...(row?.user ? { auth: { user: row.user, password: row.password ?? '' } } : {}),
  }
}

export function trustPrinter(db: Db, printerId: string, fingerprint: string): void {
  db.sql(
    `INSERT INTO printer_access (printer_id, fingerprint) VALUES (?, ?)
     ON CONFLICT (printer_id) DO UPDATE SET fingerprint = excluded.fingerprint`,
  ).run(printerId, fingerprint)
}

/** An empty user forgets both. */
export function setPrinterLogin(db: Db, printerId: string, user: string, password: string): void {
  db.sql(
    `INSERT INTO printer_access (printer_id, user, password) VALUES (?, ?, ?)
     ON CONFLICT (printer_id) DO UPDATE SET user = excluded.user, password = excluded.password`,
  ).run(printerId, user === '' ? null : user, user === '' ? null : password)
}
