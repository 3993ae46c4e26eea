/** Pages of requests that have long ended: kept for complaints, then let go. */
import { releaseBlobs } from '../../../db/queries/blobs.ts'
import { everyPage, forgetPages, pageOwners } from '../../../db/queries/pages.ts'
import { findBundle } from '../../../db/queries/tray.ts'
import type { Core } from '../context.ts'

const DAY_MS = 86_400_000
/** A request that is no longer known (the feed may just be read anew) is given this long after its last page. */
const UNKNOWN_MS = 365 * DAY_MS

/**
 * Forgets the pages of requests that ended more than the setting's days ago and have no open complaint; the blob store
 * deletes what nobody needs then. @returns how many pages went
 */
export function sweepPages(core: Core): number {
  const now = core.now()
  const before = now - core.settings.get().keepPagesDays * DAY_MS
  let gone = 0
  for (const { requestId, newest } of pageOwners(core.db)) {
    const request = core.views.request(requestId)?.row
    // Pages in the tray wait for a person however long it takes; what was settled there is swept by the tray itself.
    if (!request && findBundle(core.db, requestId)) continue
    const ended = request
      ? request.finishedAt !== null && request.complaint === null && request.finishedAt < before
      : newest < now - UNKNOWN_MS
    if (!ended) continue
    core.db.write(() => {
      for (const { id } of everyPage(core.db, requestId)) {
        // Nobody waits for them any more: they go with the next collection.
        releaseBlobs(core.db, `page:${id}`, 0)
        gone++
      }
      forgetPages(core.db, requestId)
    })
    core.events.emit('pages', requestId)
  }
  return gone
}
