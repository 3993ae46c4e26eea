import { describe, expect, it } from 'vitest'
import { largestGap } from '../../../renderer/features/settings/WedgeSettings.tsx'
import { Wedge } from '../../../renderer/app/wedge.ts'

/** Types a text with a fixed gap and ends with Enter after the same gap. */
function type(wedge: Wedge, text: string, gap: number, from = 0): string | null {
  let at = from
  for (const character of text) {
    wedge.character(character, at)
    at += gap
  }
  return wedge.end(at)
}

describe('telling a scanner from a person', () => {
  it('takes a fast burst that ends with Enter', () => expect(type(new Wedge(50), '00871234', 10)).toBe('00871234'))
  it('takes a slow scanner (80 ms) only where the desk was calibrated for it', () => {
    expect(type(new Wedge(50), '00871234', 80)).toBeNull()
    expect(type(new Wedge(100), '00871234', 80)).toBe('00871234')
  })
  it('leaves a typist alone', () => expect(type(new Wedge(50), 'HG00003902', 110)).toBeNull())
  it('leaves very short bursts alone: two fast keys are not a code', () =>
    expect(type(new Wedge(50), 'ab', 10)).toBeNull())
  it('hears a scan right after typing, without the typed letters', () => {
    const wedge = new Wedge(50)
    wedge.character('x', 0)
    expect(type(wedge, '00871234', 10, 400)).toBe('00871234')
  })
  it('forgets a burst whose Enter comes late', () => {
    const wedge = new Wedge(50)
    for (const [index, character] of [...'00871234'].entries()) wedge.character(character, index * 10)
    expect(wedge.end(900)).toBeNull()
  })
  it('starts anew after reset (an input method began to compose)', () => {
    const wedge = new Wedge(50)
    for (const [index, character] of [...'0087'].entries()) wedge.character(character, index * 10)
    wedge.reset()
    expect(type(wedge, '12', 10, 45)).toBeNull()
  })
})

describe('calibration', () => {
  it('measures the largest gap of a scan', () => expect(largestGap([0, 10, 22, 30, 41])).toBe(12))
  it('says nothing of fewer than four keys', () => expect(largestGap([0, 10, 20])).toBeNull())
})
