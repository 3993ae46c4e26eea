/** Readers who ask to be admitted. Invented people. */
import { randomUUID } from 'node:crypto'
import type { Db } from '../../../db/driver.ts'
import { HOME } from './directory.ts'
import { Workspace, type RowOf } from '../store/rows.ts'

type NoticeRow = RowOf<'notice'>

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

/** The applicant answers what was asked: it is open again. @returns false when nothing was asked */
export function answerOfApplicant(db: Db, library: string, id: string, text: string, now: number): boolean {
  return db.write(() => {
    const work = new Workspace(db)
    const found = work.find(library, 'registration', id)
    if (!found || found.gone !== null || found.row.state !== 'asked' || !found.row.question) return false
    found.row.state = 'open'
    found.row.question.answer = text
    work.flush(now)
    return true
  })
}

/** A notice of the centre, unread. */
export function plantNotice(
  db: Db,
  library: string,
  notice: Pick<NoticeRow, 'kind' | 'title' | 'text' | 'desk'>,
  now: number,
): void {
  db.write(() => {
    const work = new Workspace(db)
    work.put(library, { type: 'notice', id: randomUUID(), version: 0, seq: 0, ...notice, at: now, readAt: null })
    work.flush(now)
  })
}

/** What waits in a new user's rehearsal. */
export function plantRegistrations(db: Db, now: number): void {
  plantNotice(
    db,
    HOME,
    { kind: 'closure', title: '寒假期间物流安排', text: '寒假期间物流车每周三一班，请各馆提前封袋。' },
    now - 86_400_000,
  )
  for (const [n, reader] of LIVING.entries()) plantRegistration(db, HOME, reader, now - (n + 1) * 3_600_000)
}
