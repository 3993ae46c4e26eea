/** Who works on a request, what is answered, what is written on it. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import * as custody from './custody.ts'
import { dropLapsed, finish } from './endings.ts'
import type { Family } from './family.ts'
import * as g from './guards.ts'
import { on, type Actor } from './rule.ts'

/** How long a claim holds without a word from the desk; the centre's time decides. */
export const LEASE_MS = 24 * 3_600_000
const NOT_FINAL = ['RequestReceived', 'WillSupply', 'RetryPossible'] as const

function claim(row: RequestRow, actor: Actor): void {
  row.claim = {
    desk: actor.desk,
    deskName: actor.deskName,
    user: actor.user,
    userName: actor.userName,
    leaseUntil: actor.at + LEASE_MS,
  }
}

export const WORK = {
  // ---- who works on it
  claim: on('request')<'claim'>({
    when: [g.mineOrFree],
    then: ({ world, id, actor }) => claim(world.edit('request', id), actor),
    undo: 'release',
  }),
  release: on('request')<'release'>({
    when: [g.isMine],
    then: ({ world, id }) => void (world.edit('request', id).claim = null),
    undo: 'claim',
  }),
  takeOver: on('request')<'takeOver'>({
    when: [g.mayTakeOver],
    then: ({ world, id, actor }) => claim(world.edit('request', id), actor),
    undo: 'takeOver',
  }),

  // ---- answers
  accept: on('request')<'accept'>({
    when: [g.weSupply, g.notCancelled, g.statusIn('RequestReceived'), g.mineOrFree],
    then: ({ world, id, actor }) => {
      const row = world.edit('request', id)
      dropLapsed(row, actor)
      row.status = 'WillSupply'
    },
    undo: 'unaccept',
  }),
  unaccept: on('request')<'unaccept'>({
    when: [g.weSupply, g.statusIn('WillSupply'), g.notOthers, g.nothingPacked],
    then: ({ world, id }) => {
      const row = world.edit('request', id)
      row.status = 'RequestReceived'
      row.volumes.forEach(custody.freeItem)
      custody.stageByItems(row)
    },
    undo: 'accept',
  }),
  cannotSupply: on('request')<'cannotSupply'>({
    when: [g.weSupply, g.statusIn(...NOT_FINAL), g.nothingPacked],
    then: ({ world, id, args, actor }) => {
      const row = world.edit('request', id)
      finish(row, 'Unfilled', actor)
      row.reason = args.reason
    },
    held: true,
  }),
  retryLater: on('request')<'retryLater'>({
    when: [g.weSupply, g.statusIn(...NOT_FINAL), g.nothingPacked],
    then: ({ world, id, args }) => {
      const row = world.edit('request', id)
      row.status = 'RetryPossible'
      row.reason = args.reason
    },
    held: true,
  }),
  forward: on('request')<'forward'>({
    when: [g.weSupply, g.statusIn(...NOT_FINAL), g.nothingPacked],
    then: ({ world, id, args, actor }) => {
      const row = world.edit('request', id)
      finish(row, 'Unfilled', actor)
      row.reason = args.reason
      world.remove('request', id, 'forwarded')
    },
    held: true,
  }),
  answerCancel: on('request')<'answerCancel'>({
    when: [g.cancelIsAsked],
    unless: ({ args }, row) => (args.yes && g.isLent(row.status) ? { code: 'state' } : null),
    then: ({ world, id, args, actor }) => {
      const row = world.edit('request', id)
      row.cancelAsked = false
      if (args.yes) finish(row, 'Cancelled', actor)
    },
    held: true,
  }),

  // ---- what is written on it
  setField: on('request')<'setField'>({
    when: [],
    then: ({ world, id, args }) => void (world.edit('request', id).fields[args.field] = args.value),
    undo: 'setField',
  }),
  note: on('request')<'note'>({ when: [], then: () => {} }),
  printed: on('request')<'printed'>({
    makes: true,
    when: [],
    then: ({ world, id, args }) => {
      const row = world.get('request', id)
      if (args.kind === 'pullSlip' && row?.stage === 'queued') world.edit('request', id).stage = 'pulled'
    },
  }),
  scanned: on('request')<'scanned'>({
    when: [],
    then: ({ world, id }, row) => {
      if (row.stage === 'queued' || row.stage === 'pulled') world.edit('request', id).stage = 'scanning'
    },
  }),
  askReader: on('request')<'askReader'>({ when: [], then: () => {} }),
} satisfies Family
