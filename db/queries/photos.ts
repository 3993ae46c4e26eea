/** Pictures of hand-overs, by manifest: photographs of the bags, and the signature as it was drawn. */
import type { Db } from '../driver.ts'

export interface HandoverPicture {
  blob: string
  at: number
  kind: 'photo' | 'signature'
}

export function addPicture(db: Db, manifestId: string, { blob, at, kind }: HandoverPicture): void {
  db.sql('INSERT OR IGNORE INTO handover_photo (manifest_id, sha256, at, kind) VALUES (?, ?, ?, ?)').run(
    manifestId,
    blob,
    at,
    kind,
  )
}

/** The signature first, then photographs as they were taken. */
export function picturesOf(db: Db, manifestId: string): HandoverPicture[] {
  return db
    .sql<HandoverPicture>(
      `SELECT sha256 AS blob, at, kind FROM handover_photo WHERE manifest_id = ?
       ORDER BY kind = 'photo', at, sha256`,
    )
    .all(manifestId)
}
