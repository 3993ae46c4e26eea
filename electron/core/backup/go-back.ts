/**
 * Back to the program before: a version that did not come up may have brought the database to its own schema already. The
 * copy it made first takes its place again, with everything that was written since and that this program knows.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../../db/driver.ts'
import { MIGRATIONS } from '../../../db/migrations/index.ts'
import { openKey } from '../keys.ts'
import { putInPlace, type Copy } from './restore.ts'

/** Made by `migrate` before its first step. */
const COPY = /^desk\.db\.before-\d+$/

/**
 * Before core opens. Does nothing when the database is not newer than this program.
 * @param from the version that did not come up; the trail names it
 * @returns whether the copy was put in place
 * @throws DeskError data_folder_in_use, disk_full, read_only, key_missing
 */
export async function goBack(dataDir: string, preferFile: boolean, from: string): Promise<boolean> {
  const path = join(dataDir, 'desk.db')
  if (!existsSync(path)) return false
  const { key } = openKey(dataDir, preferFile)
  const known = Math.max(...MIGRATIONS.map(({ version }) => version))
  if (schemaOf(path, key) <= known) return false
  const copy = newestCopy(dataDir, key, known)
  // Without one the usual refusal says what is the matter: the database is from a later version.
  if (!copy) return false
  await putInPlace(dataDir, key, { ...copy, id: `before ${from}` }, Date.now())
  return true
}

function newestCopy(dataDir: string, key: string, schema: number): Omit<Copy, 'id'> | undefined {
  return readdirSync(dataDir)
    .filter((name) => COPY.test(name))
    .map((name) => ({ path: join(dataDir, name), at: Math.round(statSync(join(dataDir, name)).mtimeMs) }))
    .filter(({ path }) => schemaOf(path, key) === schema)
    .toSorted((a, b) => b.at - a.at)[0]
}

/** -1 for what cannot be read. */
function schemaOf(path: string, key: string): number {
  try {
    const db = openDatabase(path, { key, readonly: true })
    try {
      return Number(db.pragma('user_version'))
    } finally {
      db.close()
    }
  } catch {
    return -1
  }
}
