/** Work that must not be interrupted by an installation, as it is at this moment. */
import { neededUploads } from '../../../db/queries/outbox.ts'
import type { JobView, UpdateBusy } from '../../contract/core.contract.ts'
import type { OpKind } from '../../contract/ops.contract.ts'
import type { Core } from '../context.ts'

const BY_JOB: Partial<Record<JobView['kind'], UpdateBusy>> = {
  scan: 'scanning',
  import: 'scanning',
  document: 'making',
  print: 'printing',
  upload: 'sending',
}
/** Bags are packed and signed for one after the other: a courier run is one such act after another, this close together, ms. */
const RUN_MS = 3 * 60_000
const RUN_KINDS: readonly OpKind[] = [
  'openBag',
  'pack',
  'unpack',
  'closeBag',
  'openManifest',
  'closeManifest',
  'handedOver',
  'bagArrived',
  'itemArrived',
]
/** Acts of others in between do not hide a run. */
const LAST_ACTS = 30

export function busyNow(core: Core): UpdateBusy[] {
  const busy = new Set<UpdateBusy>()
  for (const { kind, state } of core.jobs.list()) {
    const what = BY_JOB[kind]
    if (what && (state === 'running' || state === 'paused')) busy.add(what)
  }
  // Without a line nothing is on its way; what waits goes on after the restart.
  if (core.sync.status.connection === 'online' && neededUploads(core.db).length > 0) busy.add('sending')
  const acts = core.db
    .sql<{ kind: OpKind; wall: number }>('SELECT kind, wall FROM outbox ORDER BY place DESC LIMIT ?')
    .all(LAST_ACTS)
  if (acts.some(({ kind, wall }) => RUN_KINDS.includes(kind) && core.now() - wall < RUN_MS)) busy.add('courier')
  return [...busy].sort()
}
