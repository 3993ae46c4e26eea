/** The foot pedal is a keyboard with one key: which, it says itself; what it does is to scan. */
import { afterEach, expect, test } from 'vitest'
import { useActive, useChosenKeys } from '../../../renderer/app/commands.ts'
import { chordOf, commandFor, setPedal } from '../../../renderer/app/keymap.ts'

const press = (key: string, more: Partial<KeyboardEvent> = {}): string =>
  chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })
const handlers = (...ids: ('copy.scan' | 'copy.rescan' | 'copy.continue')[]): void =>
  useActive.setState({ handlers: new Map(ids.map((id) => [id, [{ current: () => {} }]])) })

afterEach(() => {
  setPedal('')
  useChosenKeys.setState({ keys: {} })
  useActive.setState({ handlers: new Map() })
})

test.each([
  ['F13', press('F13')],
  ['Ctrl+S', press('s', { ctrlKey: true })],
  ['B', press('b')],
  ['PageDown', press('PageDown')],
])('a pedal that sends %s scans', (_, chord) => {
  handlers('copy.scan', 'copy.rescan')
  setPedal(chord)
  expect(commandFor(chord)).toBe('copy.scan')
})

test('the pedal goes before whatever the same key does otherwise, and F2 scans as well', () => {
  handlers('copy.scan', 'copy.rescan')
  setPedal('F3')
  expect(commandFor('F3')).toBe('copy.scan')
  expect(commandFor('F2')).toBe('copy.scan')
  setPedal('')
  expect(commandFor('F3')).toBe('copy.rescan')
})

test('while a jam or an empty feeder makes the scan wait, the pedal goes on', () => {
  handlers('copy.continue', 'copy.rescan')
  setPedal('F13')
  expect(commandFor('F13')).toBe('copy.continue')
})

test('away from the scan desk its key is an ordinary key', () => {
  handlers('copy.rescan')
  setPedal('F3')
  expect(commandFor('F3')).toBe('copy.rescan')
  handlers()
  expect(commandFor('F3')).toBeUndefined()
})
