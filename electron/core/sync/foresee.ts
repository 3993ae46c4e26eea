/**
 * Between pull and push after an outage (rule C4): what was done offline and no longer stands on the centre's rows is not
 * sent until a person has decided. Everything else goes on its way.
 */
import type { DeskViews } from '../../../db/desk-views.ts'
import type { Db } from '../../../db/driver.ts'
import { doneOffline, setReview } from '../../../db/queries/review.ts'

/** @returns true when the list of what waits for a person has changed */
export function askAboutDoomed(db: Db, views: DeskViews): boolean {
  const doomed = views.foreseen()
  return db.write(() => {
    let changed = false
    for (const { place, opId, review, unreadable } of doneOffline(db)) {
      const wanted = !doomed.has(opId) || unreadable === 1 ? null : (review ?? 'asked')
      if (wanted === review) continue
      setReview(db, place, wanted)
      changed = true
    }
    return changed
  })
}
