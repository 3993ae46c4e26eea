/** Requests as the window shows them: names filled in, urgency by the clock, and what may be done with each. */
import { citation } from '../../contract/citation.ts'
import { Action, type QueueRow } from '../../contract/core.contract.ts'
import type { RequestRow } from '../../contract/centre.contract.ts'
import { isLent } from '../../domain/machine/guards.ts'
import { can } from '../../domain/machine/operate.ts'
import type { Actor } from '../../domain/machine/rule.ts'
import { dueAt, NOTHING_OWED, urgencyOf } from '../../domain/urgency.ts'
import { dayOf } from '../../domain/working-days.ts'
import type { DeskViews, ShownRequest } from '../../../db/desk-views.ts'
import type { Db } from '../../../db/driver.ts'
import { countPages } from '../../../db/queries/pages.ts'

export interface RowContext {
  db: Db
  views: DeskViews
  /** Null when nobody is signed in: then nothing can be done. */
  actor: Actor | null
  now: number
  /** Pages of the requests of a window, where they were counted in one go. */
  pages?: ReadonlyMap<string, number>
}

type Held = NonNullable<QueueRow['holder']>

function subtitleOf({ service, fields }: RequestRow): string {
  if (service === 'copy') return [fields.journal || fields.title, citation(fields)].filter(Boolean).join(' ')
  return [fields.callNumber, fields.location, fields.edition, fields.year].filter(Boolean).join(' · ')
}

export function toQueueRow(context: RowContext, shown: ShownRequest): QueueRow {
  const { views, actor, now, db, pages } = context
  const { row, stage, pending, understood } = shown
  const due = dueAt(row, views.clock)
  const claimOnTheWay =
    pending !== 'none' && views.opsOn(row.id).some((op) => op.kind === 'claim' || op.kind === 'takeOver')
  const holder: Held | null = row.claim && {
    user: row.claim.user,
    name: row.claim.userName || row.claim.user,
    desk: row.claim.desk,
    mine: actor !== null && row.claim.desk === actor.desk,
    // Only what we say ourselves can be uncertain; somebody else's name there is the centre's word.
    tentative: claimOnTheWay && row.claim.desk === actor?.desk,
  }
  return {
    id: row.id,
    centreNo: row.fields.centreNo,
    service: row.service,
    role: row.role,
    status: row.status,
    stage,
    urgent: row.urgent,
    title: row.fields.articleTitle || row.fields.title,
    subtitle: subtitleOf(row),
    partner: row.fields.partner,
    partnerName: views.library(row.fields.partner)?.name ?? row.fields.partner,
    appliedAt: row.appliedAt,
    promiseAt: due === NOTHING_OWED ? row.promiseAt : due,
    promiseCertain: due === NOTHING_OWED || isLent(row.status) || views.clock.knows(dayOf(due - 1)),
    urgency: urgencyOf(due, now),
    dueAt: row.dueAt,
    holder,
    pending: pending === 'applied' || pending === 'withdrawn' ? 'none' : pending,
    cancelAsked: row.cancelAsked,
    complaint: row.complaint !== null,
    chased: row.chased != null,
    notified: row.notified != null,
    pageCount: row.service === 'copy' ? (pages ? (pages.get(row.id) ?? 0) : countPages(db, row.id)) : 0,
    can: actor && understood ? can(row, actor, Action.options) : [],
    understood,
  }
}
