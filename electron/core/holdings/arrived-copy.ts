/** A copy that another library delivered for a reader of ours: brought to this desk, held against its hash, kept with the request. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { arrivedOwner } from '../../../db/queries/privacy.ts'
import type { Core, JobContext } from '../context.ts'

type Delivery = NonNullable<RequestRow['delivery']>

/** @throws DeskError not_found when nothing was delivered to us, link_expired */
export function arrivedCopy(core: Core, requestId: string): Delivery {
  const row = core.views.request(requestId)?.row
  const delivery = row?.role === 'requester' ? row.delivery : null
  if (!delivery || delivery.link === '') throw new DeskError('not_found', { id: requestId })
  if (!core.blobs.get(delivery.sha256) && delivery.expiresAt <= core.now()) throw new DeskError('link_expired')
  return delivery
}

/** @throws DeskError offline, portal, link_expired, damaged_file, disk_full, cancelled by the signal */
export async function bringCopy(core: Core, requestId: string, delivery: Delivery, job: JobContext): Promise<void> {
  if (!core.blobs.get(delivery.sha256)) {
    const bytes = await core.document(delivery.link, job.signal)
    const { sha256 } = await core.blobs.put(counted(bytes, delivery.bytes, job), 'application/pdf')
    // What is not what was sent is not kept: its bytes go with the next collection.
    if (sha256 !== delivery.sha256) throw new DeskError('damaged_file', { name: requestId })
  }
  core.blobs.retain(delivery.sha256, arrivedOwner(requestId))
  core.events.emit('queue', requestId)
}

async function* counted(source: AsyncIterable<Uint8Array>, total: number, { signal, report }: JobContext) {
  let done = 0
  try {
    for await (const chunk of source) {
      signal.throwIfAborted()
      done += chunk.length
      // More than was announced is another document.
      if (done > total) throw new DeskError('damaged_file')
      report({ done, total })
      yield chunk
    }
  } catch (error) {
    // The line broke in the middle: fetched again, it begins anew.
    throw error instanceof DeskError ? error : new DeskError('offline', {}, { cause: error })
  }
}
