/** A database of the newest schema with nothing in it, gone with the file's tests. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openDatabase, type Db } from '../../db/driver.ts'
import { migrate } from '../../db/migrate.ts'
import { MIGRATIONS } from '../../db/migrations/index.ts'

export function newDatabase(): Db {
  const folder = mkdtempSync(join(tmpdir(), 'balis-desk-database-'))
  const db = openDatabase(join(folder, 'desk.db'), { key: 'ab'.repeat(32) })
  migrate(db, MIGRATIONS)
  afterAll(() => {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return db
}
