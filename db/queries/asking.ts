/** Drafts of requests for our readers, and the campus list. */
import type { Db } from '../driver.ts'

export interface DraftRow {
  id: string
  at: number
  body: string
}

export function drafts(db: Db): DraftRow[] {
  return db.sql<DraftRow>('SELECT id, at, body FROM asking_draft ORDER BY at DESC').all()
}

export function putDraft(db: Db, row: DraftRow, user: string): void {
  db.sql('INSERT OR REPLACE INTO asking_draft (id, at, user, body) VALUES (?, ?, ?, ?)').run(
    row.id,
    row.at,
    user,
    row.body,
  )
}

export function dropDraft(db: Db, id: string): void {
  db.sql('DELETE FROM asking_draft WHERE id = ?').run(id)
}

export interface CampusPerson {
  /** Of the number on the campus card. */
  key: string
  nameKey: string
  category: string
}

/** The list as a whole takes the place of the one before. */
export function replaceCampusList(db: Db, people: readonly CampusPerson[]): void {
  db.sql('DELETE FROM campus_person').run()
  const insert = db.sql('INSERT OR REPLACE INTO campus_person (key, name_key, category) VALUES (?, ?, ?)')
  for (const { key, nameKey, category } of people) insert.run(key, nameKey, category)
}

export function campusPerson(db: Db, key: string): CampusPerson | undefined {
  return db.sql<CampusPerson>('SELECT key, name_key AS nameKey, category FROM campus_person WHERE key = ?').get(key)
}

export function countCampus(db: Db): number {
  return db.sql<{ n: number }>('SELECT COUNT(*) AS n FROM campus_person').get()!.n
}
