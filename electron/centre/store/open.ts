/** The centre's own database in its data folder, and what is true of it as a whole. */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, type Db } from '../../../db/driver.ts'
import { migrate } from './schema.ts'

/** Opens (or makes) `DIR/centre.db`. The file is not encrypted: it stands for a server, not for a desk. */
export function openStore(dataDir: string): Db {
  mkdirSync(dataDir, { recursive: true })
  const db = openDatabase(join(dataDir, 'centre.db'), { key: null, cacheMB: 64 })
  migrate(db)
  db.write(() => db.sql('INSERT OR IGNORE INTO setting(name, value) VALUES (?, ?)').run('epoch', randomUUID()))
  return db
}

/** Changes when the history of the feed is no longer the one that cursors were given for. */
export function epochOf(db: Db): string {
  return db.sql<{ value: string }>('SELECT value FROM setting WHERE name = ?').get('epoch')!.value
}

export function renewEpoch(db: Db): void {
  db.write(() => db.sql('UPDATE setting SET value = ? WHERE name = ?').run(randomUUID(), 'epoch'))
}
