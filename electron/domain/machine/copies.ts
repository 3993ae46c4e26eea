/** Copies: delivered, complained about, sent again. */
import { dropLapsed, finish } from './endings.ts'
import type { Family } from './family.ts'
import * as g from './guards.ts'
import { on, type Turn } from './rule.ts'

function deliver({ id, args, actor, world }: Turn<'fulfil'> | Turn<'resend'>): void {
  const row = world.edit('request', id)
  dropLapsed(row, actor)
  finish(row, 'CopyCompleted', actor)
  row.stage = 'sent'
  row.complaint = null
  row.delivery = {
    sha256: args.blobs[0]!,
    link: '',
    expiresAt: actor.at,
    openedAt: null,
    pages: args.pages,
    bytes: args.bytes,
  }
}

export const COPIES = {
  fulfil: on('request')<'fulfil'>({
    when: [
      g.weSupply,
      g.isService('copy'),
      g.notCancelled,
      (row) => (row.status === 'CopyCompleted' ? { code: 'already_fulfilled' } : null),
      g.statusIn('RequestReceived', 'WillSupply'),
      g.mineOrFree,
    ],
    then: deliver,
    held: true,
  }),
  resend: on('request')<'resend'>({
    when: [g.weSupply, g.isService('copy'), g.statusIn('CopyCompleted'), g.complaintIsOpen],
    then: deliver,
    held: true,
  }),
  complain: on('request')<'complain'>({
    when: [g.weAsk, g.statusIn('CopyCompleted')],
    then: ({ world, id, args }) => {
      const row = world.edit('request', id)
      row.complaint = args.reason
      row.stage = 'resend'
    },
    held: true,
  }),
} satisfies Family
