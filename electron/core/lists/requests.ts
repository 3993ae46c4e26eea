/** Requests as a list: the queue with its filter, order and columns, the pull list, loans that are out, what we asked for. */
import type { QueueQuery, QueueRow, RequestColumn } from '../../contract/core.contract.ts'
import type { RequestFields } from '../../contract/centre.contract.ts'
import type { ShownRequest } from '../../../db/desk-views.ts'
import type { Core } from '../context.ts'
import { toQueueRow, type RowContext } from '../desk/queue-row.ts'
import { source, type Columns, type Kinds, type ListSource, type Words } from './source.ts'

interface Line {
  row: QueueRow
  fields: RequestFields
  volumes: number
}

/** Rows read together. */
const SLICE = 200

export function requestList(
  core: Core,
  words: Words,
  { query, columns }: { query: QueueQuery; columns: readonly RequestColumn[] },
): ListSource {
  // As it stands now: rows that move while the file is written neither come twice nor fall out.
  const { rids, total } = core.views.queue.window(query, { desk: core.deskId(), now: core.now() }, 0, Infinity)
  const chosen = (kinds: Kinds<Line>) => {
    const all = columnsOf(words, kinds)
    return Object.fromEntries(columns.map((id) => [id, all[id]]))
  }
  return source(words, linesOf(core, rids), chosen, total)
}

function* linesOf(core: Core, rids: readonly number[]): Generator<Line> {
  const { db, views } = core
  const context: RowContext = { db, views, actor: null, now: core.now(), pages: new Map() }
  for (let at = 0; at < rids.length; at += SLICE)
    for (const shown of views.shownByRids(rids.slice(at, at + SLICE))) yield lineOf(context, shown)
}

const lineOf = (context: RowContext, shown: ShownRequest): Line => ({
  row: toQueueRow(context, shown),
  fields: shown.row.fields,
  volumes: shown.row.volumes.length,
})

function columnsOf(
  { word }: Words,
  { text, number, moment }: Kinds<Line>,
): Record<RequestColumn, Columns<Line>[string]> {
  const field = (name: keyof RequestFields) => text(({ fields }) => fields[name])
  return {
    id: text(({ row }) => row.id),
    centreNo: text(({ row }) => row.centreNo),
    service: text(({ row }) => word('service', row.service)),
    title: text(({ row }) => row.title),
    subtitle: text(({ row }) => row.subtitle),
    author: field('author'),
    journal: field('journal'),
    year: field('year'),
    volumeNo: field('volumeNo'),
    issueNo: field('issueNo'),
    pages: field('pages'),
    isbn: field('isbn'),
    issn: field('issn'),
    callNumber: field('callNumber'),
    location: field('location'),
    volumes: number(({ row, volumes }) => (row.service === 'loan' ? volumes : null)),
    partner: text(({ row }) => row.partnerName),
    applied: moment(({ row }) => row.appliedAt),
    due: moment(({ row }) => (row.urgency === 'done' ? null : row.promiseAt)),
    returnDue: moment(({ row }) => row.dueAt),
    status: text(({ row }) => word('status', row.status)),
    // As the queue says it: the stage inside an accepted request, else the status.
    stage: text(({ row }) =>
      row.status === 'WillSupply' || row.status === 'Loaned' || row.stage === 'resend'
        ? word('stage', row.stage)
        : word('status', row.status),
    ),
    holder: text(({ row }) => row.holder?.name ?? ''),
  }
}
