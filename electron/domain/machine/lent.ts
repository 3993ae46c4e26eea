/** Loans that are out: renewed, called back, given another date. */
import type { Family } from './family.ts'
import * as g from './guards.ts'
import { on } from './rule.ts'

export const LENT = {
  renewAsk: on('request')<'renewAsk'>({
    when: [g.weAsk, g.statusIn('Loaned', 'Overdue')],
    then: ({ world, id, args }) => void (world.edit('request', id).renewAsked = args.until),
  }),
  renewAnswer: on('request')<'renewAnswer'>({
    when: [g.weSupply, g.statusIn('Loaned', 'Overdue'), g.renewalIsAsked],
    then: ({ world, id, args, actor }) => {
      const row = world.edit('request', id)
      if (args.yes) row.dueAt = args.until ?? row.renewAsked
      row.renewAsked = null
      if (row.dueAt !== null && row.dueAt > actor.at) row.status = 'Loaned'
    },
  }),
  recall: on('request')<'recall'>({
    when: [g.weSupply, g.statusIn('Loaned', 'Overdue')],
    then: ({ world, id }) => void (world.edit('request', id).status = 'Recalled'),
  }),
  setDue: on('request')<'setDue'>({
    when: [g.weSupply, g.statusIn('Loaned', 'Overdue')],
    then: ({ world, id, args, actor }) => {
      const row = world.edit('request', id)
      row.dueAt = args.date
      if (args.date > actor.at) row.status = 'Loaned'
    },
    undo: 'setDue',
  }),
} satisfies Family
