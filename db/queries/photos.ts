/** Photographs of hand-overs, by manifest. */
import type { Db } from '../driver.ts'

export function addPhoto(db: Db, manifestId: string, sha256: string, at: number): void {
  db.sql('INSERT OR IGNORE INTO handover_photo (manifest_id, sha256, at) VALUES (?, ?, ?)').run(manifestId, sha256, at)
}

export function photosOf(db: Db, manifestId: string): { blob: string; at: number }[] {
  return db
    .sql<{ blob: string; at: number }>(
      'SELECT sha256 AS blob, at FROM handover_photo WHERE manifest_id = ? ORDER BY at, sha256',
    )
    .all(manifestId)
}
