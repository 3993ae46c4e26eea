/** Feed pages by `seq`, newest state of a row only (S1, S2), behind an opaque cursor. */
import type { Db } from '../../db/driver.ts'
import type { MutantSet } from './mutants.ts'
import { HttpRefusal } from './refusal.ts'
import { epochOf } from './store/open.ts'

interface Cursor {
  epoch: string
  seq: number
  /** Tombstones up to here were already swept when this reader began: it cannot have rows they would have ended. */
  floor: number
}

function encode(cursor: Cursor): string {
  return Buffer.from(`${cursor.epoch} ${cursor.seq} ${cursor.floor}`).toString('base64url')
}

function decode(text: string): Cursor {
  const parts = /^([\w-]{1,64}) (\d{1,15}) (\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString())
  if (!parts) throw new HttpRefusal(400, 'bad_cursor')
  return { epoch: parts[1]!, seq: Number(parts[2]), floor: Number(parts[3]) }
}

/** How far each library was read by anybody: only the mutant that keeps the reader's place looks at it. */
const furthest = new WeakMap<Db, Map<string, number>>()

function furthestOf(db: Db, library: string): number {
  const places = furthest.get(db) ?? new Map<string, number>()
  furthest.set(db, places)
  return places.get(library) ?? 0
}

export interface FeedPage {
  /** Rows as JSON texts, ready for the wire. */
  bodies: string[]
  next: string
  /** `seq` of the last row of this page. */
  last: number
  more: boolean
}

/**
 * One page after the cursor ('' = from the beginning).
 * @throws HttpRefusal 410 resync_required when the cursor is of another epoch, ahead of the feed, or older than swept tombstones
 */
export function feedPage(db: Db, library: string, cursor: string, limit: number, mutants: MutantSet): FeedPage {
  return db.read(() => {
    const epoch = epochOf(db)
    const state = db.sql<{ seq: number; floor: number }>('SELECT seq, floor FROM library WHERE id = ?').get(library)!
    const at = cursor === '' ? { epoch, seq: 0, floor: state.floor } : decode(cursor)
    const foreign = at.epoch !== epoch || at.seq > state.seq || state.floor > Math.max(at.seq, at.floor)
    if (foreign && !mutants.has('no-epoch-check')) throw new HttpRefusal(410, 'resync_required')
    const from = mutants.has('no-cursor-cas') ? Math.max(at.seq, furthestOf(db, library)) : at.seq
    const found = db
      .sql<{ seq: number; body: string }>(
        'SELECT seq, body FROM entity WHERE library = ? AND seq > ? ORDER BY seq LIMIT ?',
      )
      .all(library, from, limit + 1)
    const page = found.slice(0, limit)
    const last = page[page.length - 1]?.seq ?? from
    furthest.get(db)?.set(library, last)
    const versionless = (body: string) => JSON.stringify({ ...(JSON.parse(body) as object), version: 1 })
    const reached = mutants.has('cursor-apart') ? (found[limit]?.seq ?? last) : last
    return {
      bodies: page.map((row) => (mutants.has('no-version-guard') ? versionless(row.body) : row.body)),
      last,
      next: encode({ epoch, seq: reached, floor: at.floor }),
      more: found.length > limit,
    }
  })
}
