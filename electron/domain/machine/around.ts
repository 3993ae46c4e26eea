/** Around the requests: anomalies, notices, trainings, pauses, registrations, and the requests of our own readers. */
import type { AnomalyRow, RequestRow } from '../../contract/centre.contract.ts'
import { finish } from './endings.ts'
import type { Family } from './family.ts'
import * as g from './guards.ts'
import { on, type Actor, type Turn } from './rule.ts'

/** What people did about an anomaly. A new list each time: histories are shared with the row beneath. */
function follow(row: AnomalyRow, event: string, actor: Actor, text: string): void {
  row.history = [...(row.history ?? []), { at: actor.at, event, desk: actor.deskName, who: actor.userName, text }]
}

/** Pauses a library's row carries: years of them. */
const PAUSES_KEPT = 200

export const AROUND = {
  assignAnomaly: on('anomaly')<'assignAnomaly'>({
    when: [g.stateIn('open')],
    then: ({ world, id, args, actor }) => {
      const row = world.edit('anomaly', id)
      row.person = args.person
      follow(row, 'assignAnomaly', actor, args.person)
    },
  }),
  resolveAnomaly: on('anomaly')<'resolveAnomaly'>({
    when: [g.stateIn('open')],
    then: ({ world, id, args, actor }) => {
      const row = world.edit('anomaly', id)
      row.state = 'resolved'
      follow(row, 'resolveAnomaly', actor, args.text)
    },
    undo: 'reopenAnomaly',
  }),
  reopenAnomaly: on('anomaly')<'reopenAnomaly'>({
    when: [g.stateIn('resolved')],
    then: ({ world, id, actor }) => {
      const row = world.edit('anomaly', id)
      row.state = 'open'
      follow(row, 'reopenAnomaly', actor, '')
    },
    undo: 'resolveAnomaly',
  }),
  noticeRead: on('notice')<'noticeRead'>({
    when: [],
    then: ({ world, id, actor }) => void (world.edit('notice', id).readAt ??= actor.at),
  }),
  trainingHeld: on('training')<'trainingHeld'>({
    makes: true,
    when: [],
    then: ({ world, id, args }) => world.add({ type: 'training', id, version: 0, seq: 0, ...args }),
  }),
  pause: on('library')<'pause'>({
    when: [g.supervisorOnly],
    then: ({ world, id, args }) => {
      const library = world.edit('library', id)
      library.pausedUntil = args.to
      library.pauses = [...(library.pauses ?? []), args].slice(-PAUSES_KEPT)
    },
    undo: 'resume',
  }),
  resume: on('library')<'resume'>({
    when: [g.supervisorOnly],
    then: ({ world, id, actor }) => {
      const library = world.edit('library', id)
      library.pausedUntil = null
      library.pauses = (library.pauses ?? []).map((pause) => ({
        ...pause,
        to: Math.max(pause.from, Math.min(pause.to, actor.at)),
      }))
    },
  }),
  approveReader: on('registration')<'approveReader'>({
    when: [g.stateIn('open')],
    then: ({ world, id }) => void (world.edit('registration', id).state = 'approved'),
  }),
  refuseReader: on('registration')<'refuseReader'>({
    when: [g.stateIn('open')],
    then: ({ world, id }) => void (world.edit('registration', id).state = 'refused'),
  }),

  // ---- our own readers' requests
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
    when: [g.weAsk, g.statusIn('RequestReceived', 'WillSupply')],
    then: ({ world, id, actor }, row) => {
      if (row.status === 'RequestReceived') finish(world.edit('request', id), 'Cancelled', actor)
      else world.edit('request', id).cancelAsked = true
    },
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
