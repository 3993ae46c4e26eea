/** Undo of work on pages: each change by a person leaves the changed pages as they were before it. */
import type { Db } from '../driver.ts'
import { everyPage, type PageRow } from './pages.ts'

/** What a person can change about a page. */
const KEPT = ['request_id', 'place', 'rotate', 'adjust', 'edited', 'half_of', 'deleted_at'] as const
type Kept = Pick<PageRow, 'id' | (typeof KEPT)[number]>

/** Steps kept of one request. */
const MOST_STEPS = 200

const keptOf = (page: PageRow): Kept => ({
  id: page.id,
  ...(Object.fromEntries(KEPT.map((name) => [name, page[name]])) as Omit<Kept, 'id'>),
})

/** Runs a change of a request's pages in one transaction and remembers how to take it back. */
export function pageStep<T>(db: Db, requestId: string, now: number, change: () => T): T {
  return db.write(() => {
    const before = new Map(everyPage(db, requestId).map((page) => [page.id, keptOf(page)]))
    const result = change()
    const left = new Map(before)
    const old: Kept[] = []
    for (const page of everyPage(db, requestId)) {
      left.delete(page.id)
      const was = before.get(page.id)
      // A page the change has made goes when it is taken back.
      if (!was) old.push({ ...keptOf(page), deleted_at: now })
      else if (KEPT.some((name) => was[name] !== page[name])) old.push(was)
    }
    old.push(...left.values())
    if (old.length > 0) {
      db.sql('INSERT INTO page_step (request_id, at, before) VALUES (?, ?, ?)').run(requestId, now, JSON.stringify(old))
      db.sql(
        `DELETE FROM page_step WHERE request_id = ? AND id <=
         (SELECT id FROM page_step WHERE request_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
      ).run(requestId, requestId, MOST_STEPS)
    }
    return result
  })
}

export function countSteps(db: Db, requestId: string): number {
  return db.sql<{ n: number }>('SELECT count(*) AS n FROM page_step WHERE request_id = ?').get(requestId)!.n
}

/** Takes the last change back. @returns the pages' requests, none when there is nothing to take back */
export function undoPageStep(db: Db, requestId: string): string[] {
  return db.write(() => {
    const step = db
      .sql<{ id: number; before: string }>(
        'SELECT id, before FROM page_step WHERE request_id = ? ORDER BY id DESC LIMIT 1',
      )
      .get(requestId)
    if (!step) return []
    const requests = new Set([requestId])
    for (const { id, ...was } of JSON.parse(step.before) as Kept[]) {
      const now = db.sql<{ request_id: string }>('SELECT request_id FROM page WHERE id = ?').get(id)
      if (now) requests.add(now.request_id)
      db.sql(`UPDATE page SET ${KEPT.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`).run(
        ...KEPT.map((name) => was[name]),
        id,
      )
    }
    db.sql('DELETE FROM page_step WHERE id = ?').run(step.id)
    return [...requests]
  })
}
