/** Requests of our own readers: filed, pressed for, given up, and told of when they are there. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import { finish } from './endings.ts'
import type { Family } from './family.ts'
import * as g from './guards.ts'
import { on, type Turn } from './rule.ts'

export const ASKING = {
  requestCreate: on('request')<'requestCreate'>({
    makes: true,
    when: [],
    unless: ({ args }) =>
      args.service === 'loan' && args.callNumber.trim() === ''
        ? { code: 'invalid', info: { fields: 'callNumber' } }
        : null,
    then: ({ world, id, args, actor }) => {
      if (world.get('request', id)) return
      world.add(draftRequest(id, args, actor.at))
    },
    undo: 'requestCancel',
  }),
  requestCancel: on('request')<'requestCancel'>({
    when: [g.weAsk, g.statusIn('RequestReceived', 'RetryPossible', 'WillSupply', 'Loaned', 'Overdue')],
    then: ({ world, id, actor }, row) => {
      if (row.status === 'RequestReceived' || row.status === 'RetryPossible')
        finish(world.edit('request', id), 'Cancelled', actor)
      else world.edit('request', id).cancelAsked = true
    },
  }),
  chase: on('request')<'chase'>({
    when: [g.weAsk, g.statusIn('RequestReceived', 'RetryPossible', 'WillSupply')],
    then: ({ world, id, args, actor }) =>
      void (world.edit('request', id).chased = { at: actor.at, text: args.text ?? '' }),
    held: true,
  }),
  notifyReader: on('request')<'notifyReader'>({
    when: [g.weAsk, g.hereForReader],
    then: ({ world, id, args, actor }) =>
      void (world.edit('request', id).notified = { at: actor.at, place: args.place, until: args.until ?? null }),
    held: true,
  }),
} satisfies Family

/** What more the asker said of the work. */
function workOf(args: Turn<'requestCreate'>['args']) {
  const {
    articleTitle = '',
    author = '',
    edition = '',
    volumeNo = '',
    issueNo = '',
    pages = '',
    isbn = '',
    issn = '',
  } = args
  return { articleTitle, author, edition, volumeNo, issueNo, pages, isbn, issn }
}

/** A request of our reader as the desk shows it until the centre has given it numbers and dates of its own. */
function draftRequest(id: string, args: Turn<'requestCreate'>['args'], at: number): RequestRow {
  const text = { articleTitle: '', author: '', journal: '', publisher: '', edition: '', volumeNo: '', issueNo: '' }
  const more = { pages: '', isbn: '', issn: '', location: '', notePartner: '', readerCategory: '', readerNote: '' }
  return {
    type: 'request',
    id,
    version: 0,
    seq: 0,
    service: args.service,
    role: 'requester',
    status: 'RequestReceived',
    stage: 'queued',
    claim: null,
    allotted: null,
    appliedAt: at,
    urgent: false,
    promiseAt: at,
    dueAt: null,
    finishedAt: null,
    reason: '',
    cancelAsked: false,
    renewAsked: null,
    complaint: null,
    delivery: null,
    volumes: [],
    pickupCode: null,
    history: [],
    fields: {
      ...text,
      ...more,
      centreNo: '',
      ...workOf(args),
      title: args.title,
      year: args.year,
      callNumber: args.callNumber,
      partner: args.supplier,
      deliveryMethod: args.deliveryMethod,
      readerKey: args.readerKey,
    },
  }
}
