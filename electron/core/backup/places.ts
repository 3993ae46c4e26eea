/**
 * How backups lie on a disk: `backups/<time>/desk.db` with a note beside it, and one pool of files that all of them share,
 * as hard links where the disk is the same. A folder without its note was never finished and does not count.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

export const BackupNote = z.object({
  format: z.literal(1),
  id: z.string(),
  /** ms UTC by this computer's clock. */
  at: z.number(),
  version: z.string(),
  schema: z.number(),
  /** Beginning of a hash of the key: a wrong key is told from a damaged file. */
  keyMark: z.string(),
  requests: z.number(),
  waiting: z.number(),
  blobs: z.number(),
  blobBytes: z.number(),
  /** Files that were not there any more when the backup was made. */
  missing: z.number(),
  bytes: z.number(),
  /** End of the audit chain at that time: an anchor against a trail that was cut short or written anew. */
  audit: z.object({ id: z.number(), hash: z.string() }),
})
export type BackupNote = z.infer<typeof BackupNote>

export interface Backup extends BackupNote {
  folder: string
}

const ID = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z$/
export const backupId = (at: number): string => new Date(at).toISOString().replace(/[:.]/g, '-')

/** The usual place: on the same disk, so that files cost nothing. */
export const ownBackups = (dataDir: string): string => join(dataDir, 'backups')

export const poolPath = (place: string, sha256: string): string => join(place, 'files', sha256.slice(0, 2), sha256)

/** Whole backups of a place, newest first; none where there is no such place. */
export function listBackups(place: string): Backup[] {
  if (!existsSync(place)) return []
  return readdirSync(place)
    .filter((name) => ID.test(name))
    .toSorted()
    .reverse()
    .flatMap((name) => {
      const note = readNote(join(place, name))
      return note ? [{ ...note, folder: join(place, name) }] : []
    })
}

function readNote(folder: string): BackupNote | undefined {
  try {
    return BackupNote.safeParse(JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Folders of backups that were begun and never finished. */
export function unfinished(place: string): string[] {
  return readdirSync(place)
    .filter((name) => ID.test(name) && !existsSync(join(place, name, 'backup.json')))
    .map((name) => join(place, name))
}
