/**
 * Starting over without losing anything (rule C5): the whole feed goes into a shadow table while the desk goes on
 * working on what it has; then one transaction makes base equal to it. The outbox is not touched by that (invariant I12);
 * the next push sends again what the centre may have lost, and the centre de-duplicates.
 */
import type { Db } from '../../../db/driver.ts'
import type { DeskViews } from '../../../db/desk-views.ts'
import { setMeta } from '../../../db/queries/meta.ts'
import { faultPoint } from '../fault-point.ts'
import { headOf } from './feed-page.ts'
import { LinkError, requireProgress, type CentreLink } from './link.ts'
import { readRow } from './read-row.ts'

/** @param nextTurn lets local actions in between two slices */
export async function resync(
  db: Db,
  views: DeskViews,
  link: CentreLink,
  options: { page: number; slice: number; now: () => number; nextTurn: () => Promise<void> },
): Promise<void> {
  db.write(() => db.exec('DELETE FROM shadow'))
  let cursor = ''
  let last = 0
  let epoch = ''
  for (let more = true; more;) {
    const page = await link.feed(cursor, options.page)
    // The centre changed under the load: what was loaded is worth nothing.
    if (epoch !== '' && page.epoch !== epoch) throw new LinkError('resync_required')
    epoch = page.epoch
    const head = headOf(page)
    requireProgress(head, { cursor, last })
    const rows = page.rows.map(readRow)
    for (let at = 0; at < rows.length; at += options.slice) {
      db.write(() => {
        for (const read of rows.slice(at, at + options.slice)) putShadow(db, read)
      })
      await options.nextTurn()
    }
    cursor = page.next
    last = head.last
    more = page.more
  }
  db.write(() => {
    const ids = swap(db, views, options.now())
    setMeta(db, 'cursor', cursor)
    setMeta(db, 'epoch', epoch)
    setMeta(db, 'sendAgain', true)
    views.librariesChanged()
    views.changed(ids)
    faultPoint('before-swap-commit')
  })
  faultPoint('after-swap-commit')
}

function putShadow(db: Db, read: ReturnType<typeof readRow>): void {
  const put = db.sql(
    `INSERT OR REPLACE INTO shadow (type, id, version, seq, kind, body) VALUES (?, ?, ?, ?, ?, CAST (? AS TEXT))`,
  )
  if (read.kind === 'gone') {
    const { type, id, version, seq, reason } = read.stone
    put.run(type, id, version, seq, 'gone', reason)
  } else {
    const { type, id, version, seq, body } = read.row
    const kind = read.kind === 'damaged' ? 'damaged' : read.row.understood ? 'known' : 'raw'
    put.run(type, id, version, seq, kind, read.kind === 'damaged' ? JSON.stringify([read.problem, body]) : body)
  }
}

/** Makes base, tombstones and quarantine equal to the shadow; rows that are the same are left alone. @returns ids that changed */
function swap(db: Db, views: DeskViews, now: number): Set<string> {
  const differing = db.sql<{ id: string }>(
    `SELECT s.id FROM shadow s LEFT JOIN base b ON b.type = s.type AND b.id = s.id
       WHERE s.kind IN ('known','raw') AND (b.body IS NOT s.body OR b.understood IS NOT (s.kind = 'known'))
     UNION SELECT b.id FROM base b LEFT JOIN shadow s ON s.type = b.type AND s.id = b.id AND s.kind IN ('known','raw')
       WHERE s.id IS NULL`,
  )
  const ids = new Set(differing.all().map((row) => row.id))
  // What this centre never heard of may come again under the same name with version 1, after it was put back.
  db.exec(
    `UPDATE gone SET version = 0 WHERE NOT EXISTS (SELECT 1 FROM shadow s WHERE s.type = gone.type AND s.id = gone.id)`,
  )
  db.sql(
    `INSERT OR REPLACE INTO gone (type, id, version, seq, reason, at, body)
     SELECT b.type, b.id, 0, b.seq, 'resync', ?, b.body FROM base b
     LEFT JOIN shadow s ON s.type = b.type AND s.id = b.id WHERE s.id IS NULL`,
  ).run(now)
  db.sql(
    `INSERT OR REPLACE INTO gone (type, id, version, seq, reason, at, body)
     SELECT s.type, s.id, s.version, s.seq, s.body, ?, COALESCE(b.body, g.body) FROM shadow s
     LEFT JOIN base b ON b.type = s.type AND b.id = s.id LEFT JOIN gone g ON g.type = s.type AND g.id = s.id
     WHERE s.kind = 'gone'`,
  ).run(now)
  const leaving = db.sql<{ rid: number; id: string }>(
    `SELECT b.rid, b.id FROM base b LEFT JOIN shadow s ON s.type = b.type AND s.id = b.id AND s.kind IN ('known','raw')
     WHERE b.type = 'request' AND s.id IS NULL`,
  )
  for (const { rid, id } of leaving.all()) views.left(rid, id)
  db.exec(`
    DELETE FROM base WHERE NOT EXISTS (SELECT 1 FROM shadow s WHERE s.type = base.type AND s.id = base.id AND s.kind IN ('known','raw'));
    INSERT INTO base (type, id, version, seq, understood, body)
      SELECT type, id, version, seq, kind = 'known', body FROM shadow WHERE kind IN ('known','raw')
      ON CONFLICT (type, id) DO UPDATE SET version = excluded.version, seq = excluded.seq,
        understood = excluded.understood, body = excluded.body
        WHERE base.body <> excluded.body OR base.version <> excluded.version OR base.understood <> excluded.understood;
    DELETE FROM gone WHERE EXISTS (SELECT 1 FROM base b WHERE b.type = gone.type AND b.id = gone.id);
    DELETE FROM quarantine;
  `)
  db.sql(
    `INSERT INTO quarantine (type, id, version, seq, body, problem, at)
     SELECT type, id, version, seq, body ->> 1, body ->> 0, ? FROM shadow WHERE kind = 'damaged'`,
  ).run(now)
  db.exec('DELETE FROM shadow')
  return ids
}
