/** Fills the columns of a page from top to bottom with paragraphs, headings and boxes. */
import { breakLines, drawJustified, type Style } from './typeset.ts'
import type { Rect, Sheet } from './sheet.ts'

export interface Frame {
  left: number
  right: number
  top: number
  bottom: number
  columns: number
  gap: number
}

export interface Flow {
  sheet: Sheet
  frame: Frame
  column: number
  y: number
  chinese: boolean
  /** Gives the next page when this one is full; without it what does not fit is left out. */
  next?: (flow: Flow) => void
  /** Called at the top of each new column, for exhibits that found no room in the one before. */
  onColumn?: (flow: Flow) => void
}

export const startFlow = (sheet: Sheet, frame: Frame, chinese: boolean): Flow => ({
  sheet,
  frame,
  column: 0,
  y: frame.top,
  chinese,
})

export const columnWidth = ({ left, right, columns, gap }: Frame): number =>
  (right - left - gap * (columns - 1)) / columns
export const columnLeft = (flow: Flow): number =>
  flow.frame.left + flow.column * (columnWidth(flow.frame) + flow.frame.gap)
export const isFull = (flow: Flow): boolean => flow.column >= flow.frame.columns

/** Takes a box of the given height in this column or the next; null when the page is full. */
export function takeBox(flow: Flow, height: number): Rect | null {
  if (!fits(flow, height)) nextColumn(flow)
  if (isFull(flow)) return null
  const rect = { x: columnLeft(flow), y: flow.y, width: columnWidth(flow.frame), height }
  flow.y += height
  return rect
}

function nextColumn(flow: Flow): void {
  flow.column += 1
  flow.y = flow.frame.top
  if (isFull(flow)) flow.next?.(flow)
  if (!isFull(flow)) flow.onColumn?.(flow)
}

/** Whether a box of this height still fits below what the column holds. */
export const fits = (flow: Flow, height: number): boolean => flow.y + height <= flow.frame.bottom

/** Sets a paragraph; what does not fit on the page is left out. Returns false when the page is full. */
export function addParagraph(flow: Flow, text: string, style: Style, indent = style.size * 2, after = 0): boolean {
  const width = columnWidth(flow.frame)
  for (const line of breakLines(text, style, width, flow.chinese, indent)) {
    const box = takeBox(flow, style.leading)
    if (!box) return false
    drawJustified(flow.sheet, line, box.x, box.y + style.leading * 0.75, width, style)
  }
  flow.y += after
  return true
}

/** Sets a heading, never as the last thing of a column. */
export function addHeading(flow: Flow, text: string, style: Style): boolean {
  const before = flow.y > flow.frame.top ? style.size * 0.7 : 0
  if (flow.y + before + style.leading * 4 > flow.frame.bottom) nextColumn(flow)
  else flow.y += before
  if (isFull(flow)) return false
  return addParagraph(flow, text, style, 0, style.size * 0.35)
}
