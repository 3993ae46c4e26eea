import { describe, expect, test } from 'vitest'
import { findBlank } from '../../../electron/core/scanning/image/blank.ts'
import type { Grey } from '../../../electron/core/scanning/image/grey.ts'
import { random } from '../../bench/pages/random.ts'
import { box, lines, paper } from './pictures.ts'

const WIDTH = 1240
const HEIGHT = 1754
/** Of strokes that are pale once they are as fine as these. */
const PALE = 185
const empty = (seed: number): Grey => paper(WIDTH, HEIGHT, 150, seed)

/** Multiplies the page by soft bars: what print on the other side of thin paper looks like. */
function showThrough(page: Grey, strength: number): Grey {
  const data = new Uint8Array(page.data)
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const wave = Math.sin((x * Math.PI) / 7) * Math.sin((y * Math.PI) / 13)
      data[y * WIDTH + x]! *= 1 - strength * Math.max(0, wave) ** 2
    }
  return { ...page, data }
}

describe('blank pages', () => {
  test('paper with noise is blank', () => {
    for (let seed = 1; seed <= 2; seed++) expect(findBlank(empty(seed)).blank).toBe(true)
  })

  test('dust, punched holes, a fold, a dark surround and what shows through leave a page blank', () => {
    const rng = random(9)
    let dusty = empty(5)
    for (let i = 0; i < 60; i++) dusty = box(dusty, rng.between(5, 200), rng.between(5, 290), 0.34, 0.34, 70)
    expect(findBlank(dusty).blank).toBe(true)
    const holes = empty(6)
    for (const cy of [640, 1110])
      for (let y = -18; y <= 18; y++)
        for (let x = -18; x <= 18; x++) if (x * x + y * y < 18 * 18) holes.data[(cy + y) * WIDTH + 64 + x] = 50
    expect(findBlank(holes).blank).toBe(true)
    expect(findBlank(box(empty(7), 0, 130, 210, 0.34, 170)).blank).toBe(true)
    expect(findBlank(box(empty(8), 0, 0, 14, 297, 20)).blank).toBe(true)
    expect(findBlank(showThrough(empty(9), 0.14)).blank).toBe(true)
  })

  test('a folio of two figures alone keeps its page', () => {
    const folio = box(box(empty(10), 104, 280, 0.35, 2.3, 60), 106, 280, 0.35, 2.3, 60)
    expect(findBlank(folio)).toMatchObject({ blank: false, marks: 2 })
  })

  test('a faint sharp stroke keeps its page, and so does a folio over what shows through', () => {
    expect(findBlank(box(empty(11), 60, 150, 30, 0.5, 195)).blank).toBe(false)
    expect(findBlank(box(showThrough(empty(12), 0.14), 104, 280, 0.4, 2.3, 60)).blank).toBe(false)
  })

  test('pieces of pale strokes too small to count alone keep their page where they lie together, and not where they are strewn', () => {
    const pieces = (apart: number) => {
      let page = empty(15)
      for (let n = 0; n < 12; n++) page = box(page, 40 + (n % 3) * apart, 60 + Math.floor(n / 3) * apart, 1, 0.3, PALE)
      return page
    }
    expect(findBlank(pieces(4)).blank).toBe(false)
    expect(findBlank(pieces(45)).blank).toBe(true)
  })

  test('a page of text is never blank, nor a photograph', () => {
    expect(findBlank(lines(empty(13), 1.5)).blank).toBe(false)
    expect(findBlank(box(empty(14), 40, 50, 100, 80, 90)).blank).toBe(false)
  })
})
