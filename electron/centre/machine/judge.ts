/** The guard table of the centre as a whole, and how one operation is judged by it. */
import type { EntityType } from '../../contract/centre.contract.ts'
import type { OpKind } from '../../contract/ops.contract.ts'
import type { Draft } from '../store/rows.ts'
import { ASKING_RULES } from './asking.ts'
import { BAG_FACTS } from './bag-facts.ts'
import { BAG_RULES } from './bags.ts'
import { LOAN_RULES } from './loans.ts'
import { OTHER_RULES } from './others.ts'
import { REQUEST_RULES } from './requests.ts'
import type { Creation, Fact, Intention, Rule } from './rule.ts'
import { FORGOTTEN, UNGUARDED } from '../mutants.ts'
import { anomaly, refuse, type Refusal, type Turn } from './turn.ts'

export const RULES: { readonly [K in OpKind]: Rule<K> } = {
  ...REQUEST_RULES,
  ...LOAN_RULES,
  ...BAG_RULES,
  ...BAG_FACTS,
  ...ASKING_RULES,
  ...OTHER_RULES,
}

export interface Verdict {
  refusal: Refusal | null
  /** The row to answer with. */
  about: { type: EntityType; id: string } | null
  /** Carries the operation out; present exactly when it is not refused. */
  carryOut: (() => void) | null
}

const refused = (refusal: Refusal, about: Verdict['about']): Verdict => ({ refusal, about, carryOut: null })

/** Judges one operation against the rows as they are now; nothing is changed before `carryOut`. */
export function judge(turn: Turn, args: unknown): Verdict {
  // The table pairs every kind with the rule of its own arguments, which were parsed by that kind's schema.
  const rule = RULES[turn.op.kind] as Rule<OpKind>
  switch (rule.sort) {
    case 'creation':
      return judgeCreation(turn, rule as Creation<OpKind>, args as never)
    case 'fact':
      return judgeFact(turn, rule as unknown as Fact<OpKind, EntityType>, args as never)
    case 'intention':
      return judgeIntention(turn, rule as unknown as Intention<OpKind, EntityType>, args as never)
    case 'always': {
      const draft = firstOf(turn, rule.about)
      if (!draft) return refused(refuse('not_found'), null)
      const about = { type: draft.row.type, id: draft.row.id }
      return {
        refusal: null,
        about,
        carryOut: () => {
          if (draft.gone === null && !switchedOff(turn, FORGOTTEN)) rule.effect(turn, draft, args as never)
        },
      }
    }
  }
}

/** A rule of this operation was taken out, to see whether it is missed. */
function switchedOff(turn: Turn, rules: typeof UNGUARDED): boolean {
  const mutant = rules[turn.op.kind]
  return mutant !== undefined && turn.mutants.has(mutant)
}

function firstOf(turn: Turn, types: readonly EntityType[]): Draft | null {
  for (const type of types) {
    const found = turn.work.find(turn.actor.library, type, turn.op.objectId)
    if (found) return found as Draft
  }
  return null
}

function judgeCreation(turn: Turn, rule: Creation<OpKind>, args: never): Verdict {
  for (const check of switchedOff(turn, UNGUARDED) ? [] : rule.unless) {
    const refusal = check(turn, args)
    if (refusal) return refused(refusal, null)
  }
  const verdict: Verdict = { refusal: null, about: null, carryOut: null }
  verdict.carryOut = () => {
    verdict.about = rule.effect(turn, args)
  }
  return verdict
}

function judgeIntention(turn: Turn, rule: Intention<OpKind, EntityType>, args: never): Verdict {
  const draft = turn.work.find(turn.actor.library, rule.about, turn.op.objectId)
  if (!draft) return refused(refuse('not_found'), null)
  const about = { type: rule.about, id: draft.row.id }
  if (draft.gone !== null) return refused(refuse('no_longer_ours'), about)
  for (const check of switchedOff(turn, UNGUARDED) ? [] : rule.unless) {
    const refusal = check(turn, draft as never, args)
    if (refusal) return refused(refusal, about)
  }
  const forget = switchedOff(turn, FORGOTTEN)
  return { refusal: null, about, carryOut: () => (forget ? undefined : rule.effect(turn, draft as never, args)) }
}

/** A fact is never refused (I11): unknown or gone objects and states that do not fit are recorded with an anomaly. */
function judgeFact(turn: Turn, rule: Fact<OpKind, EntityType>, args: never): Verdict {
  const draft = turn.work.find(turn.actor.library, rule.about, turn.op.objectId)
  const about = draft ? { type: rule.about, id: draft.row.id } : null
  const fits = draft !== null && draft.gone === null && rule.fits(turn, draft as never, args)
  if (!fits && turn.mutants.has('refuse-facts')) return refused(refuse('state'), about)
  return {
    refusal: null,
    about,
    carryOut: () => {
      if (!fits) anomaly(turn, turn.op.objectId, describe(draft, args))
      if (draft && draft.gone === null) rule.effect(turn, draft as never, args, fits)
      else if (!draft) rule.unknown?.(turn)
    },
  }
}

/** The state a fact met and what the person said, as evidence: codes, no sentences. */
function describe(draft: Draft | null, args: { note?: string; barcode?: string }): string {
  const row = draft?.row
  const state = !row
    ? 'unknown'
    : draft.gone !== null
      ? `gone/${draft.gone}`
      : row.type === 'request'
        ? `${row.status}/${row.stage}`
        : 'state' in row
          ? row.state
          : ''
  return [state, args.barcode, args.note].filter(Boolean).join(' · ').slice(0, 2000)
}
