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
    const found = db
      .sql<{ seq: number; body: string }>(
        'SELECT seq, body FROM entity WHERE library = ? AND seq > ? ORDER BY seq LIMIT ?',
      )
      .all(library, at.seq, limit + 1)
    const page = found.slice(0, limit)
    const last = page[page.length - 1]?.seq ?? at.seq
    return {
      bodies: page.map((row) => row.body),
      last,
      next: encode({ epoch, seq: last, floor: at.floor }),
      more: found.length > limit,
    }
  })
}
