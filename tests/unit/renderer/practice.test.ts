/** How far a lesson is, told from the operations that were really made. */
import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../../electron/contract/errors.ts'
import type { OutboxEntry } from '../../../electron/contract/core.contract.ts'
import { HELP_OF, SYMPTOMS } from '../../../renderer/features/guide/symptoms.ts'
import { lessonOf } from '../../../renderer/features/practice/lessons.ts'
import { progressOf, since } from '../../../renderer/features/practice/progress.ts'

type Entry = Pick<OutboxEntry, 'opId' | 'kind' | 'objectId' | 'service' | 'state'>
let n = 0
const op = (kind: Entry['kind'], objectId: string, more: Partial<Entry> = {}): Entry => ({
  opId: String(++n),
  kind,
  objectId,
  service: 'copy',
  state: 'applied',
  ...more,
})
const never = () => false
const far = (lesson: string, entries: Entry[], made = never as (id: string) => boolean, seen: string[] = []) =>
  progressOf(lessonOf(lesson)!, entries, made, seen)

describe('a lesson', () => {
  it('follows the request that was taken, and goes on with each operation', () => {
    const entries = [op('accept', 'A')]
    expect(far('copy', [])).toEqual({ done: [false, false, false, false, false], at: 0, subject: null })
    expect(far('copy', entries)).toMatchObject({ at: 1, subject: 'A' })
    entries.push(op('printed', 'A'), op('scanned', 'A'))
    expect(far('copy', entries).at).toBe(3)
    expect(far('copy', entries, (id) => id === 'A').at).toBe(4)
    expect(far('copy', [...entries, op('fulfil', 'A', { state: 'held' })], () => true).at).toBe(5)
  })

  it('is about its own service, and what is done to another request is no step of it', () => {
    expect(far('copy', [op('accept', 'B', { service: 'loan' })]).at).toBe(0)
    expect(far('copy', [op('accept', 'A'), op('scanned', 'C')]).at).toBe(1)
    expect(far('copy', [op('accept', 'A'), op('printed', 'A'), op('accept', 'B')])).toMatchObject({
      at: 2,
      subject: 'A',
    })
  })

  it('goes back a step with what was taken back', () => {
    expect(far('copy', [op('accept', 'A', { state: 'withdrawn' })]).at).toBe(0)
    expect(far('copy', [op('accept', 'A'), op('unaccept', 'A')]).at).toBe(0)
    expect(far('copy', [op('accept', 'A', { state: 'rejected' })]).at).toBe(0)
  })

  it('does not stop at a step that was left out', () => {
    expect(far('copy', [op('accept', 'A'), op('scanned', 'A')])).toMatchObject({ at: 3, done: [true, false, true, false, false] }) // prettier-ignore
  })

  it('takes a slip that was printed before the check for another slip', () => {
    const loan = { service: 'loan' as const }
    const entries = [op('accept', 'A', loan), op('printed', 'A', loan), op('bindItem', 'A', loan)]
    expect(far('loan', entries).at).toBe(2)
    expect(far('loan', [...entries, op('printed', 'A', loan)]).at).toBe(3)
  })

  it('of undoing ends with the operation that was withdrawn', () => {
    expect(far('undo', [op('cannotSupply', 'A', { state: 'held' })]).at).toBe(1)
    expect(far('undo', [op('cannotSupply', 'A', { state: 'withdrawn' })]).at).toBe(2)
  })

  it('of the window has no order', () => {
    expect(far('find', [], never, ['palette'])).toMatchObject({ at: 0, done: [false, true, false] })
    expect(far('find', [], never, ['palette', 'search', 'help']).at).toBe(3)
  })

  it('counts what came after it was begun', () => {
    const entries = [op('accept', 'A'), op('accept', 'B')]
    expect(since(entries, entries[0]!.opId)).toEqual([entries[1]])
    expect(since(entries, null)).toEqual(entries)
  })
})

describe('help', () => {
  it('has an entry for every error', () => {
    const known = new Set<string>(SYMPTOMS.map(({ id }) => id))
    expect(ERROR_CODES.filter((code) => !known.has(HELP_OF[code]))).toEqual([])
  })
})
