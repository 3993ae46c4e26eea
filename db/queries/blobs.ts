/** What the files below blobs/ are, and who still needs them. */
import type { Db } from '../driver.ts'

export interface BlobRow {
  sha256: string
  mime: string
  bytes: number
}

/** Records a file that is already safely on the disk; the same bytes twice are one blob. */
export function addBlob(db: Db, blob: BlobRow, now: number): void {
  db.sql(
    `INSERT INTO blob (sha256, mime, bytes, created_at, unused_since) VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING`,
  ).run(blob.sha256, blob.mime, blob.bytes, now, now)
}

export function findBlob(db: Db, sha256: string): BlobRow | undefined {
  return db.sql<BlobRow>('SELECT sha256, mime, bytes FROM blob WHERE sha256 = ?').get(sha256)
}

/** `owner` names who needs the blob: `page:<id>`, `op:<opId>`, `document:<requestId>`. Repeating it changes nothing. */
export function retainBlob(db: Db, sha256: string, owner: string): void {
  db.write(() => {
    db.sql('INSERT INTO blob_ref (sha256, owner) VALUES (?, ?) ON CONFLICT DO NOTHING').run(sha256, owner)
    db.sql('UPDATE blob SET unused_since = NULL WHERE sha256 = ?').run(sha256)
  })
}

/** The owner needs none of its blobs any more (or only not this one). */
export function releaseBlobs(db: Db, owner: string, now: number, sha256?: string): void {
  db.write(() => {
    const held = db.sql<{ sha256: string }>('SELECT sha256 FROM blob_ref WHERE owner = ?').all(owner)
    for (const row of held) {
      if (sha256 !== undefined && row.sha256 !== sha256) continue
      db.sql('DELETE FROM blob_ref WHERE sha256 = ? AND owner = ?').run(row.sha256, owner)
      db.sql(
        `UPDATE blob SET unused_since = ? WHERE sha256 = ?
         AND NOT EXISTS (SELECT 1 FROM blob_ref WHERE blob_ref.sha256 = blob.sha256)`,
      ).run(now, row.sha256)
    }
  })
}

/** Blobs nobody has needed since before `before` (ms UTC). */
export function unusedBlobs(db: Db, before: number): string[] {
  return db
    .sql<{ sha256: string }>('SELECT sha256 FROM blob WHERE unused_since < ? LIMIT 1000')
    .all(before)
    .map((row) => row.sha256)
}

/** Forgets a blob if it is still unused; the caller deletes the file only when this says true. */
export function dropBlob(db: Db, sha256: string): boolean {
  return db.write(() => {
    const used = db.sql('SELECT 1 FROM blob WHERE sha256 = ? AND unused_since IS NULL').get(sha256)
    if (used) return false
    db.sql('DELETE FROM upload WHERE sha256 = ?').run(sha256)
    return db.sql('DELETE FROM blob WHERE sha256 = ?').run(sha256).changes === 1
  })
}
