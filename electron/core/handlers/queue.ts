/** The queue and one request: windows of rows, counts, what is known of a request. */
import type { z } from 'zod'
import type { RequestDetail, TimelineEntry } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core, Handlers } from '../context.ts'
import { documentState } from '../workbench/document-state.ts'
import { toQueueRow, type RowContext } from '../desk/queue-row.ts'
import { outboxCounts } from '../../../db/queries/outbox.ts'
import { countPagesOf } from '../../../db/queries/pages.ts'
import { countAsked } from '../../../db/queries/review.ts'
import { meant } from '../desk/meant.ts'
import { countWaiting } from '../../../db/queries/tray.ts'

type Entry = z.infer<typeof TimelineEntry>

export function queueHandlers(
  core: Core,
): Handlers<'queue.suggest' | 'queue.window' | 'queue.indexOf' | 'request.get' | 'counts.get' | 'libraries.list'> {
  const { db, views } = core
  const asker = () => ({ desk: core.deskId(), now: core.now() })
  const context = (): RowContext => ({ db, views, actor: core.actorOrNull(), now: core.now() })

  return {
    'queue.window': ({ query, offset, limit, by, find }) => {
      const { total, rids } = views.queue.window(query, asker(), offset, limit)
      const shown = views.shownByRids(rids)
      const copies = shown.filter(({ row }) => row.service === 'copy').map(({ row }) => row.id)
      const together = { ...context(), pages: countPagesOf(db, copies) }
      return {
        rev: views.queue.rev,
        total,
        rows: shown.map((one) => toQueueRow(together, one)),
        groups: by ? views.queue.groups(query, asker(), by) : [],
        at: find === undefined ? -1 : views.queue.indexOf(query, asker(), find),
      }
    },
    'queue.suggest': ({ text }) => ({ text: meant(db, text) }),
    'queue.indexOf': ({ query, id }) => ({ index: views.queue.indexOf(query, asker(), id) }),
    'counts.get': () => ({
      ...views.queue.tally(asker()),
      asking:
        views.all('registration').filter(({ row }) => row.state === 'open').length +
        views.all('notice').filter(({ row }) => row.readAt === null).length,
      refused: outboxCounts(db).refused + countAsked(db),
      tray: countWaiting(db),
    }),
    'libraries.list': () =>
      views.libraries().map(({ id, name, nameEn, code, route }) => ({ id, name, nameEn, code, route })),
    'request.get': ({ id }) => {
      const shown = views.shownRequest(id)
      if (!shown) throw new DeskError('not_found', { id })
      return detailOf(core, shown.row.id, context())
    },
  }
}

function detailOf(core: Core, id: string, context: RowContext): RequestDetail {
  const { views } = core
  const shown = views.shownRequest(id)!
  const { row } = shown
  const done: Entry[] = row.history.map((entry) => ({ ...entry, pending: false }))
  const onTheWay: Entry[] = views.opsOn(id).map((op) => ({
    at: op.actor.at,
    event: op.kind,
    desk: op.actor.deskName,
    who: op.actor.userName,
    text: textOf(op.args),
    pending: true,
  }))
  const delivery = row.delivery && row.delivery.link !== '' ? row.delivery : null
  return {
    row: toQueueRow(context, shown),
    fields: row.fields,
    volumes: row.volumes,
    delivery: delivery && {
      link: addressOf(core, delivery.link),
      expiresAt: delivery.expiresAt,
      openedAt: delivery.openedAt,
      pages: delivery.pages,
      bytes: delivery.bytes,
      blob: core.blobs.get(delivery.sha256) ? delivery.sha256 : null,
    },
    reason: row.reason,
    complaintText: row.complaint,
    chased: row.chased ?? null,
    notified: row.notified ?? null,
    pickupCode: row.pickupCode,
    history: [...done, ...onTheWay],
    document: documentState(core, id),
  }
}

/** A link as the reader needs it; the centre may have given the path alone. */
function addressOf(core: Core, link: string): string {
  return URL.canParse(link, core.centreUrl()) ? new URL(link, core.centreUrl()).href : link
}

/** What a person wrote with an action; codes and numbers are told by the window in its own words. */
function textOf(args: object): string {
  const { text, note } = args as { text?: unknown; note?: unknown }
  return typeof text === 'string' ? text : typeof note === 'string' ? note : ''
}
