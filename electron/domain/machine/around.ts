/** Around the requests: anomalies, notices, trainings, pauses, registrations. */
import type { AnomalyRow } from '../../contract/centre.contract.ts'
import type { Family } from './family.ts'
import * as g from './guards.ts'
import { on, type Actor } from './rule.ts'

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
    then: ({ world, id, args: { papers = [], ...held } }) =>
      world.add({ type: 'training', id, version: 0, seq: 0, ...held, papers }),
    undo: 'trainingDropped',
  }),
  trainingDropped: on('training')<'trainingDropped'>({
    when: [],
    then: ({ world, id }) => world.remove('training', id, 'dropped'),
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
    when: [g.stateIn('open', 'asked')],
    then: ({ world, id }) => void (world.edit('registration', id).state = 'approved'),
    held: true,
  }),
  refuseReader: on('registration')<'refuseReader'>({
    when: [g.stateIn('open', 'asked')],
    then: ({ world, id }) => void (world.edit('registration', id).state = 'refused'),
    held: true,
  }),
  askApplicant: on('registration')<'askApplicant'>({
    when: [g.stateIn('open')],
    then: ({ world, id, args, actor }) =>
      void Object.assign(world.edit('registration', id), {
        state: 'asked',
        question: { text: args.text, at: actor.at, answer: null },
      }),
    undo: 'withdrawQuestion',
    held: true,
  }),
  withdrawQuestion: on('registration')<'withdrawQuestion'>({
    when: [g.stateIn('asked')],
    then: ({ world, id }) => void Object.assign(world.edit('registration', id), { state: 'open', question: null }),
  }),
} satisfies Family
