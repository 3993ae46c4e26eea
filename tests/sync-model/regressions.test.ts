/** Histories that once broke an invariant, cut down to what matters. */
import { afterAll, beforeAll, test } from 'vitest'
import { historyOf, SyncModel, type Step } from './history.ts'

let model: SyncModel
beforeAll(() => void (model = new SyncModel()))
afterAll(() => model.end())

const [ONE, TWO] = [0, 1]
const [NOTE, CLAIM, TAKE_OVER, ACCEPT, FULFIL, OPEN_BAG] = [0, 2, 4, 5, 10, 19]
const step = (what: Step['do'], a = 0, b = 0, c = 0): Step => ({ do: what, a, b, c })

const FOUND: [string, Step[]][] = [
  [
    'what was done and goes once more, because the feed was read anew, is seen to be on its way at once and not only after a restart (I8)',
    [
      step('act', ONE, FULFIL),
      step('finish', ONE),
      step('cycle', ONE),
      step('advance', 0, 0, 2),
      step('epoch'),
      step('finish', ONE),
      step('cycle', ONE),
      step('advance', 0, 0, 1),
      step('crash', ONE),
    ],
  ],
  [
    'what was refused, acknowledged and sent again with what follows it stays refused at a centre that has forgotten how it ended (I3)',
    [
      step('act', TWO, CLAIM),
      step('act', ONE, FULFIL),
      step('finish', TWO, 0, 1),
      step('finish', ONE),
      step('finish', ONE),
      step('act', ONE, NOTE),
      step('finish', ONE),
      step('epoch'),
      step('cycle', ONE),
    ],
  ],
  [
    'a bag that a restored centre had lost is opened there again, and the desk takes the new row with version 1 (I4)',
    [step('backup'), step('act', TWO, OPEN_BAG, 1), step('finish', TWO, 0, 1), step('restore')],
  ],
  [
    'what was applied after the backup is done again, once, in its order (I1, I6)',
    [
      step('act', ONE, NOTE),
      step('finish', ONE, 0, 1),
      step('backup'),
      step('act', ONE, ACCEPT),
      step('act', ONE, NOTE),
      step('act', ONE, FULFIL),
      step('finish', ONE, 0, 1),
      step('finish', ONE, 0, 1),
      step('restore'),
    ],
  ],
  [
    'an operation whose predecessor the restored centre never heard of is not stuck for ever (I4)',
    [
      step('backup'),
      step('act', ONE, NOTE),
      step('act', ONE, NOTE),
      step('cycle', ONE),
      step('advance', 0, 0, 3),
      step('act', ONE, NOTE),
      step('restore'),
    ],
  ],
  [
    'what is done before a lost delivery is sent again waits for it, though it had nothing to wait for when it was done (I6)',
    [
      step('act', ONE, FULFIL, 1),
      step('backup'),
      step('finish', ONE),
      step('cycle', ONE),
      step('advance', 0, 0, 2),
      step('restore'),
      step('advance'),
      step('act', ONE, NOTE, 1),
    ],
  ],
  [
    'what was lost and done one after the other, each when the one before was settled, is done again in that order (I6)',
    [
      step('act', ONE, FULFIL, 1),
      step('backup'),
      step('finish', ONE),
      step('finish', ONE),
      step('act', ONE, NOTE, 1),
      step('finish', ONE),
      step('restore'),
    ],
  ],
  [
    'what was refused before something that was done goes along when that is done again, and nothing is stuck behind it (I9)',
    [
      step('act', ONE, FULFIL),
      step('act', TWO, TAKE_OVER),
      step('finish', ONE),
      step('backup'),
      step('finish', TWO),
      step('finish', ONE),
      step('restore'),
      step('cycle', ONE),
    ],
  ],
  [
    'a call that reaches a centre put back since the desk last read its feed changes nothing before what was lost (I6)',
    [
      step('backup'),
      step('act', ONE, NOTE),
      step('finish', ONE),
      step('act', ONE, NOTE),
      step('cycle', ONE),
      step('advance', 0, 0, 1),
      step('restore'),
    ],
  ],
  [
    'what a call acknowledged to a centre put back meanwhile is not taken for done there (I1)',
    [
      step('backup'),
      step('act', ONE, NOTE),
      step('finish', ONE),
      step('act', ONE, NOTE),
      step('cycle', ONE),
      step('advance', 0, 0, 1),
      step('restore'),
      step('act', ONE, NOTE, 1),
    ],
  ],
]

test.each(FOUND)('%s', (_claim, steps) => model.run(historyOf(steps), 2))
