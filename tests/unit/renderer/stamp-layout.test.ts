import { describe, expect, test } from 'vitest'
import {
  mergeLayouts,
  newLayout,
  parseLayouts,
  place,
  sampleText,
} from '../../../renderer/features/settings/stamp-layout.ts'

describe('stamp layouts', () => {
  test('what one desk exports another takes over, its own of the same id replaced', () => {
    const [a, b] = [newLayout('Ours'), newLayout('Theirs')]
    const exported = JSON.stringify([{ ...a, name: 'Renamed' }, b])
    const merged = mergeLayouts([a], parseLayouts(exported)!)
    expect(merged.map(({ name }) => name)).toEqual(['Renamed', 'Theirs'])
  })

  test('any other text is refused', () => {
    for (const text of ['', 'null', '{}', '[]', '[{"id":"own:x"}]', JSON.stringify([{ ...newLayout('x'), extra: 1 }])])
      expect(parseLayouts(text), text).toBeNull()
  })

  test('fields stay on the page and show what their names stand for', () => {
    expect([place(-1), place(0.12349), place(7)]).toEqual([0, 0.123, 1])
    expect(sampleText('{requestNo} {page}/{pages} {unknown}')).toBe('HG00003902 1/12 {unknown}')
  })
})
