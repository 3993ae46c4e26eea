/** Doing something: one way for every action, with its toast, its undo and its error. */
import i18next from 'i18next'
import type { OpArgsOf, OpKind } from '../../electron/contract/ops.contract.ts'
import { core } from '../host.ts'
import { asDeskError } from './data.ts'
import { toast, type Said } from './toasts.ts'

/** The op that takes another back once it is no longer held (design: sync, column "undone by"). */
const INVERSE: Partial<Record<OpKind, OpKind>> = {
  claim: 'release',
  release: 'claim',
  accept: 'unaccept',
  unaccept: 'accept',
  closeBag: 'reopenBag',
  trainingHeld: 'trainingDropped',
  askApplicant: 'withdrawQuestion',
}

/** Shows a failed call as a message with its next step. */
export function tell(error: unknown): void {
  const known = asDeskError(error)
  if (known.code !== 'cancelled') toast({ tone: 'bad', text: '', error: known, ms: 12_000 })
}

/** Runs a call; an error is told and answered with undefined. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    tell(error)
    return undefined
  }
}

/** Offers undo for something just done: within the hold it never happens, after it the inverse op is sent. */
export function offerUndo(text: Said, acted: { opId: string; heldUntil: number | null }, inverse?: () => void): void {
  const { opId, heldUntil } = acted
  const withdraw = () => void attempt(() => core('op.withdraw', { opId }))
  if (heldUntil !== null && heldUntil > Date.now())
    toast({ tone: 'plain', text, undo: withdraw, until: heldUntil, held: true })
  else toast({ tone: 'ok', text, ...(inverse ? { undo: inverse, ms: 8000 } : { ms: 3500 }) })
}

/**
 * Does an op on an object and says so.
 * @returns true when core took it
 */
export async function act<K extends OpKind>(
  objectId: string,
  kind: K,
  args: OpArgsOf<K>,
  title = objectId,
): Promise<boolean> {
  const acted = await attempt(() => core('op.act', { objectId, kind, args }))
  if (!acted) return false
  const inverse = INVERSE[kind]
  offerUndo(
    () => i18next.t(`done.${kind as string}`, { title }),
    acted,
    inverse && (() => void attempt(() => core('op.act', { objectId, kind: inverse, args: {} }))),
  )
  return true
}
