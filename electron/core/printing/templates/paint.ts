/** What is drawn, apart from how: templates make a list of these, writers turn it into PDF or dots. */

import type { SlipLogo } from './style.ts'

/** Ink: 0 is black, 1 is paper. */
export type Grey = number

export interface PaintText {
  kind: 'text'
  /** mm from the left; where the baseline begins. */
  x: number
  /** mm from the top to the baseline. */
  y: number
  text: string
  /** Points. */
  size: number
  /** Drawn heavier by this share of the size (0 is the font as it is). */
  weight: number
  /** Points after each character. */
  spacing: number
  grey: Grey
}

/** Filled rectangles in mm (x, y from the top left, width, height), painted as one shape. */
export interface PaintBoxes {
  kind: 'boxes'
  boxes: readonly (readonly [x: number, y: number, width: number, height: number])[]
  grey: Grey
}

/** A straight line of a given thickness in mm; `dash` mm on, mm off. */
export interface PaintLine {
  kind: 'line'
  x1: number
  y1: number
  x2: number
  y2: number
  thickness: number
  grey: Grey
  dash: number
}

/** A grey picture stretched over a rectangle in mm. */
export interface PaintImage {
  kind: 'image'
  x: number
  y: number
  width: number
  height: number
  picture: SlipLogo
  grey: Grey
}

export type Paint = PaintText | PaintBoxes | PaintLine | PaintImage

export interface PaintedPage {
  widthMm: number
  heightMm: number
  paint: Paint[]
  /** On a roll: the least height at which everything stands clear, mm. */
  neededMm: number
}
