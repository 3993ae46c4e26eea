/** Readers who ask to be admitted. Invented people. */
import { randomUUID } from 'node:crypto'
import type { Db } from '../../../db/driver.ts'
import { HOME } from './directory.ts'
import { Workspace } from '../store/rows.ts'

export interface Reader {
  name: string
  /** Of the campus card. */
  number: string
  category: string
}

/** @returns the registration's id */
export function plantRegistration(db: Db, library: string, { name, number, category }: Reader, now: number): string {
  const id = randomUUID()
  db.write(() => {
    const work = new Workspace(db)
    work.put(library, {
      type: 'registration',
      id,
      version: 0,
      seq: 0,
      state: 'open',
      category,
      appliedAt: now,
      fields: { name, number },
    })
    work.flush(now)
  })
  return id
}

const LIVING: readonly Reader[] = [
  { name: '周明', number: '2026100417', category: '硕士生' },
  { name: '孟晓岚', number: '2025201133', category: '本科生' },
  { name: '何立群', number: 'T20140086', category: '教师' },
]

/** What waits in a new user's rehearsal. */
export function plantRegistrations(db: Db, now: number): void {
  for (const [n, reader] of LIVING.entries()) plantRegistration(db, HOME, reader, now - (n + 1) * 3_600_000)
}
