/** Nobody types at the program's pace: keys struck while a place is being read reach it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type CommandId, useActive } from '../../../renderer/app/commands.ts'
import { answerHeld, dropHeld, holdKey, isPlaceComing, placeComes } from '../../../renderer/app/held-keys.ts'
import { commandFor } from '../../../renderer/app/keymap.ts'

let done: string[] = []
const stands = (...ids: CommandId[]) =>
  useActive.setState({ handlers: new Map(ids.map((id) => [id, [{ current: () => {} }]])) })

beforeEach(() => {
  vi.useFakeTimers()
  done = []
  answerHeld((chord) => {
    const id = commandFor(chord)
    if (id) done.push(id)
    return id !== undefined
  })
})
afterEach(() => {
  dropHeld()
  stands()
  vi.useRealTimers()
})

test('what is struck before the scan desk stands is done there, in its order', () => {
  const came = placeComes()
  expect(isPlaceComing()).toBe(true)
  holdKey('F2')
  holdKey('R')
  vi.advanceTimersByTime(5000)
  expect(done).toEqual([])
  came()
  stands('copy.scan', 'copy.rotate')
  vi.advanceTimersByTime(1)
  expect(done).toEqual(['copy.scan', 'copy.rotate'])
  expect(isPlaceComing()).toBe(false)
})

test('a command that makes sense only with the data of the place is done when they are there, once', () => {
  const came = placeComes()
  holdKey('Ctrl+Enter')
  came()
  vi.advanceTimersByTime(400)
  expect(done).toEqual([])
  stands('copy.send')
  vi.advanceTimersByTime(1)
  stands('copy.send', 'copy.scan')
  vi.advanceTimersByTime(2000)
  expect(done).toEqual(['copy.send'])
})

test('what the place does not know is forgotten, and later means nothing', () => {
  const came = placeComes()
  holdKey('F2')
  came()
  vi.advanceTimersByTime(1100)
  stands('copy.scan')
  vi.advanceTimersByTime(1100)
  expect(done).toEqual([])
})

test('a place that was left again leaves nothing to the next', () => {
  const came = placeComes()
  holdKey('F2')
  dropHeld()
  came()
  stands('copy.scan')
  vi.advanceTimersByTime(1100)
  expect(done).toEqual([])
})
