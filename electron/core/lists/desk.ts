/** Lists of the desk's own work: what was printed, refused, is waiting, lies unclaimed, and who did what. */
import { auditAfter, auditEnd } from '../../../db/queries/audit.ts'
import { opsInStates } from '../../../db/queries/outbox.ts'
import { allPrintJobs, findPrintJob } from '../../../db/queries/print-jobs.ts'
import { listPages } from '../../../db/queries/pages.ts'
import { listBundles } from '../../../db/queries/tray.ts'
import type { Core } from '../context.ts'
import { refusedCards } from '../desk/refused.ts'
import { titleOf } from '../courier/resolve.ts'
import { viewOfJob } from '../printing/views.ts'
import { source, type ListSource, type Words } from './source.ts'

const MOST_BUNDLES = 100_000
const SETTLED = new Set(['confirmed', 'cancelled', 'handed_over'])

export function printList(core: Core, words: Words, open: boolean): ListSource {
  const ids = allPrintJobs(core.db)
  function* jobs() {
    for (const id of ids) {
      const row = findPrintJob(core.db, id)
      if (!row) continue
      const job = viewOfJob(core.db, row)
      if (!open || job.unsure || !SETTLED.has(job.state)) yield { ...job, impressions: row.impressions }
    }
  }
  const { word } = words
  return source(
    words,
    jobs(),
    ({ text, number, moment }) => ({
      at: moment((job) => job.at),
      printKind: text((job) => word('printKind', job.kind)),
      subject: text((job) => job.title),
      objects: text((job) => job.objectIds.join(' ')),
      printer: text((job) => job.printerName),
      copies: number((job) => job.copies),
      copyNo: number((job) => job.copyNo),
      sides: number((job) => job.impressions),
      state: text((job) => word('printState', job.state)),
      printReason: text((job) => job.reasons.map((reason) => word('printReason', reason)).join('; ')),
      message: text((job) => job.message),
      digest: text((job) => job.sent),
    }),
    open ? null : ids.length,
  )
}

export function refusedList(core: Core, words: Words): ListSource {
  const { word } = words
  return source(words, refusedCards(core.db, core.views, core.actorOrNull()), ({ text, moment }) => ({
    id: text((card) => card.objectId),
    title: text((card) => card.title),
    service: text((card) => word('service', card.service ?? '')),
    op: text((card) => word('op', card.kind)),
    staff: text((card) => card.ours.who),
    at: moment((card) => card.ours.at),
    why: text((card) => word('reject', String(card.code))),
    outbox: text((card) => word('refusedState', card.state)),
    theirStatus: text((card) => word('status', card.theirs.status ?? '')),
    theirHolder: text((card) => card.theirs.holder),
    theirAt: moment((card) => card.theirs.at),
  }))
}

export function outboxList(core: Core, words: Words): ListSource {
  const { word } = words
  return source(words, opsInStates(core.db, ['held', 'queued', 'waiting_blob', 'sending']), ({ text, moment }) => ({
    at: moment((op) => op.wall),
    op: text((op) => word('op', op.kind)),
    id: text((op) => op.objectId),
    title: text((op) => titleOf(core, op.objectId)),
    staff: text((op) => op.userName),
    outbox: text((op) => word('outbox', op.state)),
  }))
}

export function trayList(core: Core, words: Words, state: 'waiting' | 'deleted'): ListSource {
  const { word } = words
  return source(words, listBundles(core.db, state, MOST_BUNDLES), ({ text, number, moment }) => ({
    at: moment((bundle) => bundle.created_at),
    name: text((bundle) => bundle.name),
    traySource: text((bundle) => word('traySource', bundle.source)),
    trayReason: text((bundle) => word('trayReason', bundle.reason)),
    pageCount: number((bundle) => listPages(core.db, bundle.id).length),
  }))
}

/** The trail up to now; what is written while it goes out is for the next time. */
export function auditList(core: Core, words: Words): ListSource {
  const { id: last } = auditEnd(core.db)
  function* entries() {
    for (let slice = auditAfter(core.db, 0); slice.length > 0; slice = auditAfter(core.db, slice.at(-1)!.id)) {
      yield* slice.filter(({ id }) => id <= last)
      if (slice.at(-1)!.id >= last) return
    }
  }
  const { word } = words
  return source(
    words,
    entries(),
    ({ text, number, moment }) => ({
      entryNo: number((entry) => entry.id),
      at: moment((entry) => entry.at),
      staff: text((entry) => entry.user),
      event: text((entry) => word('auditEvent', entry.event)),
      id: text((entry) => entry.objectId),
      operation: text((entry) => entry.opId),
      detail: text((entry) => entry.detail),
      digest: text((entry) => entry.hash),
    }),
    last,
  )
}
