/** A million requests of ten years straight into the facts: they are what statistics read, whatever made them. */
import type { Db } from '../../../db/driver.ts'
import { putFact } from '../../../db/queries/facts.ts'
import { Dice } from '../../../electron/centre/seed/generator.ts'
import { OUTCOMES, type Fact } from '../../../electron/domain/statistics/fact.ts'

export const FACTS = 1_000_000
/** The oldest of them was asked for so long before today, days. */
export const SPAN = 3650
export const DAY_MS = 86_400_000
const SLICE = 20_000

export function fillFacts(db: Db): void {
  const dice = new Dice(11)
  const today = Math.floor(Date.now() / DAY_MS)
  const partners = Array.from({ length: 100 }, (_, index) => `LIB${index}`)
  for (let at = 0; at < FACTS; at += SLICE)
    db.write(() => {
      for (let n = at; n < at + SLICE; n++) putFact(db, fact(n, dice, today, partners))
    })
}

function fact(n: number, dice: Dice, today: number, partners: readonly string[]): Fact {
  const loan = dice.chance(0.4)
  const outcome = dice.chance(0.8) ? 'filled' : dice.of(OUTCOMES)
  const applied = today - SPAN + Math.floor((n / FACTS) * SPAN)
  return {
    requestId: `ZZ${String(n).padStart(8, '0')}`,
    service: loan ? 'loan' : 'copy',
    role: 'supplier',
    outcome,
    status: loan ? 'LoanCompleted' : 'CopyCompleted',
    reason: outcome === 'unfilled' ? dice.of(['NotHeld', 'NotOnShelf', 'PoorCondition']) : '',
    partner: dice.of(partners),
    staff: dice.of(['林老师', '王老师', '李老师', '赵老师']),
    kind: loan ? 'book' : 'article',
    subject: dice.of([...'ABCDEFGHIJKNOPQRSTUVXZ']),
    applied,
    finished: outcome === 'open' ? null : applied + dice.below(9),
    volumes: 1,
    pages: loan ? 0 : dice.below(30),
    bytes: loan ? 0 : dice.below(2_000_000),
    selfService: dice.chance(0.1),
    reader: `r${dice.below(40_000)}`,
    work: '',
  }
}
