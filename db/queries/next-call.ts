/** What goes to the centre in the next call (rule C3). */
import type { Db } from '../driver.ts'
import { getMeta, setMeta } from './meta.ts'
import { blobsOf, OUTBOX_COLUMNS, prevsOf, setState, touchesOf, UNSETTLED, type OutboxRow } from './outbox.ts'

/**
 * Picks what may be sent now, in order, and gives numbers to what is sent for the first time. An operation waits for
 * its hold, for a person who was asked, for its bytes, and for every earlier operation of this device on its objects.
 * It goes in one call with such an earlier one only if it names it in `after`, so that the centre stops where that one
 * stops. What is sent again after a resync often does not: it was done when the one before had been settled (I6).
 * @param uploaded whether the centre has these bytes
 * @param aside whether it is left out this time, with all that follows it
 */
export function takeBatch(
  db: Db,
  limit: number,
  uploaded: (sha256: string) => boolean,
  aside: (opId: string) => boolean = () => false,
): OutboxRow[] {
  return db.write(() => {
    const unsettled = db.sql<OutboxRow>(
      `SELECT ${OUTBOX_COLUMNS} FROM outbox WHERE state IN ${UNSETTLED} ORDER BY place`,
    )
    const batch: OutboxRow[] = []
    const going = new Set<number>()
    /** The last one on each object, of those looked at. */
    const last = new Map<string, number>()
    let lastN = getMeta(db, 'lastN') ?? 0
    for (const op of unsettled.all()) {
      if (batch.length === limit) break
      const touches = touchesOf(db, op.place)
      const before = touches.flatMap((id) => last.get(id) ?? [])
      for (const id of touches) last.set(id, op.place)
      if ((op.state !== 'queued' && op.state !== 'waiting_blob') || op.review === 'asked' || aside(op.opId)) continue
      if (!before.every((place) => going.has(place))) continue
      if (before.length > 0) {
        const named = new Set(prevsOf(db, op.place).map((prev) => prev.place))
        if (!before.every((place) => named.has(place))) continue
      }
      if (!blobsOf(db, op.place).every(uploaded)) {
        if (op.state !== 'waiting_blob') setState(db, op.place, 'waiting_blob')
        continue
      }
      const n = op.n ?? ++lastN
      db.sql(`UPDATE outbox SET state = 'sending', n = ? WHERE place = ?`).run(n, op.place)
      going.add(op.place)
      batch.push({ ...op, n, state: 'sending' })
    }
    setMeta(db, 'lastN', lastN)
    return batch.sort((a, b) => a.n! - b.n!)
  })
}
