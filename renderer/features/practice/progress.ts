/** How far a lesson is, read from what was really done. Pure. */
import type { OutboxEntry } from '../../../electron/contract/core.contract.ts'
import type { OpKind } from '../../../electron/contract/ops.contract.ts'
import type { Lesson } from './lessons.ts'

type Entry = Pick<OutboxEntry, 'opId' | 'kind' | 'objectId' | 'service' | 'state'>

export interface Progress {
  /** One a step. */
  done: readonly boolean[]
  /** The step to do now; as many as there are steps when the lesson is through. */
  at: number
  /** The request the lesson is about, once one was taken. */
  subject: string | null
}

/** What a later operation on the same thing takes back. */
const UNDONE_BY: Partial<Record<OpKind, OpKind>> = {
  accept: 'unaccept',
  bindItem: 'unbindItem',
  pack: 'unpack',
  closeBag: 'reopenBag',
  closeManifest: 'voidManifest',
}

/** @returns what came after the operation a lesson began at; all of it when that one is no longer listed */
export function since<E extends { opId: string }>(entries: readonly E[], after: string | null): readonly E[] {
  return entries.slice(entries.findIndex((one) => one.opId === after) + 1)
}

/**
 * @param entries operations since the lesson was begun, in the order they were made
 * @param made whether a request has its file
 * @param seen what was found in the window
 */
export function progressOf(
  lesson: Lesson,
  entries: readonly Entry[],
  made: (requestId: string) => boolean,
  seen: readonly string[],
): Progress {
  const walk = (subject: string | null) => walked(lesson, entries, subject, made, seen)
  if (lesson.service === undefined) return walk(null)
  const first = lesson.steps[0]!.waits
  const taken = standing(entries).filter(
    ({ kind, service }) => 'op' in first && first.op.includes(kind) && service === lesson.service,
  )
  // Of several requests the one that is furthest, and of those the newest.
  const all = [...new Set(taken.map(({ objectId }) => objectId))].map(walk)
  return all.reduce((best, one) => (one.at >= best.at ? one : best), walk(null))
}

function walked(
  lesson: Lesson,
  entries: readonly Entry[],
  subject: string | null,
  made: (requestId: string) => boolean,
  seen: readonly string[],
): Progress {
  const mine = lesson.service === undefined ? entries : entries.filter(({ objectId }) => objectId === subject)
  const stand = new Set(standing(mine))
  // Each step comes after the one before: a slip printed before the check is another slip.
  let from = -1
  const done = lesson.steps.map(({ waits }) => {
    if ('seen' in waits) return seen.includes(waits.seen)
    if ('made' in waits) return subject !== null && made(subject)
    if ('takenBack' in waits) return mine.some(({ state }) => state === 'withdrawn')
    // What was taken back was done as well: the next step may be just that.
    const takenBack = lesson.steps.some((step) => 'takenBack' in step.waits)
    const found = mine.findIndex((one, at) => at > from && waits.op.includes(one.kind) && (takenBack || stand.has(one)))
    if (found >= 0) from = found
    return found >= 0
  })
  // Who leaves a step out goes on from where he is; what is only to be seen has no order.
  const anyOrder = lesson.steps.every(({ waits }) => 'seen' in waits)
  const next = anyOrder ? done.indexOf(false) : done.lastIndexOf(true) + 1
  return { done, at: next < 0 ? done.length : next, subject }
}

/** Operations that were neither withdrawn nor refused nor taken back by a later one. */
function standing(entries: readonly Entry[]): Entry[] {
  const kept = entries.filter(({ state }) => state !== 'withdrawn' && state !== 'rejected')
  return kept.filter((one, at) => {
    const by = UNDONE_BY[one.kind]
    return (
      by === undefined || !kept.slice(at + 1).some(({ kind, objectId }) => kind === by && objectId === one.objectId)
    )
  })
}
