import type { SlipLayout, SlipLocale } from './data.ts'
import type { SlipFont } from './font.ts'
import type { Grey, Paint, PaintedPage } from './paint.ts'
import { PLAIN, type SlipStyle } from './style.ts'
import { code128Symbol, qrSymbol, type Symbol } from './symbols.ts'
import { cutEnd, fitSize, plainText, PT_PER_MM, widthOf, wrap } from './typeset.ts'

/** A label in both languages, Chinese first. */
export type Bilingual = readonly [zh: string, en: string]

/** How text is set. Sizes are points at A5 width and grow or shrink with the paper. */
export interface TextStyle {
  size: number
  weight?: number
  grey?: Grey
  spacing?: number
  align?: 'left' | 'right' | 'centre'
}

/** Semi-bold: the one weight of the font, drawn with a thin outline. */
export const BOLD = 0.032
const QUIET = 0.45

/**
 * One page that a template draws on, in mm from the top left. Lines of text are placed by their top edge; a line takes
 * 1.25 times its size.
 */
export class Sheet {
  readonly font: SlipFont
  readonly layout: SlipLayout
  readonly locale: SlipLocale
  readonly style: SlipStyle
  /** How much larger than A5 everything is drawn. */
  readonly scale: number
  readonly paint: Paint[] = []
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Lowest point so far of what flows from the top, and the height of what stands at the foot. */
  #flowEnd = 0
  #footMm = 0

  constructor(font: SlipFont, layout: SlipLayout, locale: SlipLocale, scale: number, style: SlipStyle = PLAIN) {
    this.style = style
    this.font = font
    this.layout = layout
    this.locale = locale
    this.scale = scale
    this.left = layout.marginMm
    this.right = layout.widthMm - layout.marginMm
    this.top = layout.marginMm
    this.bottom = layout.heightMm - layout.marginMm
  }

  get width(): number {
    return this.right - this.left
  }

  page(): PaintedPage {
    const neededMm = this.#flowEnd + this.#footMm + this.mm(2) + this.layout.marginMm
    return { widthMm: this.layout.widthMm, heightMm: this.layout.heightMm, paint: this.paint, neededMm }
  }

  /** Tells how tall the part is that hangs from the foot, so that a roll can be cut to length. */
  hangs(heightMm: number): void {
    this.#footMm = Math.max(this.#footMm, heightMm)
  }

  #flows(y: number): void {
    // What stands in the lower half of a roll's longest sheet hangs from its foot.
    if (this.layout.roll && y < this.layout.heightMm / 2) this.#flowEnd = Math.max(this.#flowEnd, y)
  }

  /** mm at A5 scale to mm on this paper. */
  mm(value: number): number {
    return value * this.scale
  }

  /** Height of one line of this size in mm. */
  lineHeight(size: number): number {
    return (size * this.scale * 1.25) / PT_PER_MM
  }

  #grey(grey: Grey): Grey {
    return this.layout.thermal ? 0 : grey
  }

  /** One line with its top at y; cut with an ellipsis when wider than `widthMm`. Gives the y below it. */
  line(x: number, y: number, text: string, style: TextStyle, widthMm = Infinity): number {
    const size = style.size * this.scale
    const spacing = (style.spacing ?? 0) * this.scale
    const shown = Number.isFinite(widthMm)
      ? cutEnd(this.font, plainText(text), size, widthMm - (spacing * [...text].length) / PT_PER_MM)
      : plainText(text)
    const width = widthOf(this.font, shown, size, spacing) - spacing / PT_PER_MM
    const shift = style.align === 'right' ? width : style.align === 'centre' ? width / 2 : 0
    this.paint.push({
      kind: 'text',
      x: x - shift,
      // The font's capitals and Chinese characters sit well with the baseline at 0.97 of the size below the top.
      y: y + (size * 0.97) / PT_PER_MM,
      text: shown,
      size,
      // Small type fills in when its outline is as heavy as a heading's.
      weight: (style.weight ?? 0) * (style.size < 12 ? 0.65 : 1),
      spacing,
      grey: this.#grey(style.grey ?? 0),
    })
    this.#flows(y + this.lineHeight(style.size))
    return y + this.lineHeight(style.size)
  }

  /** A paragraph of at most `most` lines; gives the y below it. */
  paragraph(x: number, y: number, text: string, style: TextStyle, widthMm: number, most = Infinity): number {
    for (const part of wrap(this.font, text, style.size * this.scale, widthMm, most)) y = this.line(x, y, part, style)
    return y
  }

  /** One line as large as fits, between `least` and `style.size`; gives the y below it. */
  fitted(x: number, y: number, text: string, style: TextStyle, least: number, widthMm: number): number {
    const spacing = ((style.spacing ?? 0) * this.scale * [...text].length) / PT_PER_MM
    const room = widthMm - spacing
    const size = fitSize(this.font, plainText(text), style.size * this.scale, least * this.scale, room) / this.scale
    return this.line(x, y, text, { ...style, size }, widthMm)
  }

  /** A paragraph as large as fits in `most` lines, between `least` and `style.size`; gives the y below it. */
  block(x: number, y: number, text: string, style: TextStyle, least: number, widthMm: number, most: number): number {
    // Fewer lines in slightly smaller type look better than a last line of one character.
    for (let lines = 1; lines <= most; lines++) {
      const floor = lines === most ? least : Math.max(least, style.size * 0.78)
      for (let size = style.size; size >= floor; size -= 0.5) {
        if (wrap(this.font, text, size * this.scale, widthMm).length > lines) continue
        return this.paragraph(x, y, text, { ...style, size }, widthMm, most)
      }
    }
    return this.paragraph(x, y, text, { ...style, size: least }, widthMm, most)
  }

  widthOf(text: string, style: TextStyle): number {
    return widthOf(this.font, text, style.size * this.scale, (style.spacing ?? 0) * this.scale)
  }

  /** True where there is no room for things side by side: rolls and small labels. */
  get narrow(): boolean {
    return this.width < this.mm(100)
  }

  /** The label in the chosen language with the other beside it where both fit in `widthMm`. */
  label([zh, en]: Bilingual, x: number, y: number, size = 6.5, align: TextStyle['align'] = 'left', widthMm = Infinity) {
    const [first, second] = this.locale === 'en' ? [en, zh] : [zh, en]
    const both = `${first} ${second}`
    const fits = this.widthOf(both, { size }) <= widthMm
    return this.line(x, y, fits ? both : first, { size, grey: QUIET, align }, widthMm)
  }

  /** Label above value; gives the y below. */
  field(label: Bilingual, value: string, x: number, y: number, widthMm: number, style: TextStyle = { size: 9.5 }) {
    const below = this.label(label, x, y, 6.5, 'left', widthMm) + this.mm(0.4)
    return this.paragraph(x, below, value === '' ? '—' : value, style, widthMm, 2)
  }

  rule(y: number, thickness = 0.2, grey: Grey = 0, x1 = this.left, x2 = this.right, dash = 0): void {
    this.paint.push({ kind: 'line', x1, y1: y, x2, y2: y, thickness, grey: this.#grey(grey), dash })
  }

  frame(x: number, y: number, width: number, height: number, thickness = 0.25): void {
    const t = thickness
    const sides = [
      [x, y, width, t],
      [x, y + height - t, width, t],
      [x, y, t, height],
      [x + width - t, y, t, height],
    ] as const
    this.paint.push({ kind: 'boxes', boxes: sides, grey: 0 })
  }

  /** White text on black, for what must not be missed; gives the x right of it. */
  badge(x: number, y: number, text: string, size: number, filled: boolean): number {
    const pad = this.mm(1.6)
    const height = this.lineHeight(size) + this.mm(0.6)
    const width = this.widthOf(text, { size }) + 2 * pad
    if (filled) this.paint.push({ kind: 'boxes', boxes: [[x, y, width, height]], grey: 0 })
    else this.frame(x, y, width, height)
    const at = this.paint.length
    this.line(x + pad, y + this.mm(0.15), text, { size, weight: BOLD })
    const run = this.paint[at]
    // Set after the fact, as a thermal head turns every other grey to black.
    if (filled && run?.kind === 'text') run.grey = 1
    return x + width
  }

  /**
   * The library's mark, at most so large, its left edge at `x`. Gives the room it takes with the gap beside it; 0 where
   * the library has none on this slip.
   */
  logo(x: number, y: number, mostWidth: number, mostHeight: number): number {
    const picture = this.style.logo
    if (!picture) return 0
    const scale = Math.min(mostWidth / picture.width, mostHeight / picture.height)
    const [width, height] = [picture.width * scale, picture.height * scale]
    this.paint.push({ kind: 'image', x, y, width, height, picture, grey: 0 })
    this.#flows(y + height)
    return width + this.mm(2.5)
  }

  /** An empty box to tick, with its meaning; gives the x right of it. */
  tick([zh, en]: Bilingual, x: number, y: number, size = 8): number {
    const side = this.mm(3.2)
    this.frame(x, y, side, side, 0.3)
    const text = this.locale === 'en' ? `${en} ${zh}` : `${zh} ${en}`
    this.line(x + side + this.mm(1.3), y + (side - this.lineHeight(size)) / 2, text, { size })
    return x + side + this.mm(1.3) + this.widthOf(text, { size })
  }

  /** A line to write on, with its label under it. */
  signature(label: Bilingual, x: number, y: number, widthMm: number): void {
    this.rule(y, 0.25, 0, x, x + widthMm)
    this.label(label, x, y + this.mm(0.8))
  }

  #symbol(symbol: Symbol, x: number, y: number): void {
    const dot = 25.4 / this.layout.dpi
    const snap = (mm: number) => Math.round(mm / dot) * dot
    const [left, top] = [snap(x), snap(y)]
    const boxes = symbol.boxes.map(([bx, by, w, h]) => [left + bx, top + by, w, h] as const)
    this.paint.push({ kind: 'boxes', boxes, grey: 0 })
    this.#flows(top + symbol.heightMm)
  }

  /**
   * A QR code with its text beneath, its right edge at `right`; at most `mostMm` wide. Gives the y below.
   * The white around it (four modules) is the caller's margin.
   */
  qr(text: string, right: number, y: number, mostMm: number, caption = text): number {
    const symbol = qrSymbol(text, mostMm, this.layout.dpi)
    const x = right - symbol.widthMm
    this.#symbol(symbol, x, y)
    const centre = x + symbol.widthMm / 2
    const below = y + symbol.heightMm + this.mm(1.4)
    const size = fitSize(this.font, caption, 6.5 * this.scale, 4, symbol.widthMm) / this.scale
    return this.line(centre, below, caption, { size, align: 'centre' })
  }

  /** An item's barcode with its text beneath; gives the y below. Too long ones are only written out. */
  barcode(text: string, x: number, y: number, widthMm: number, heightMm: number): number {
    const symbol = code128Symbol(text, widthMm, heightMm, this.layout.dpi)
    if (!symbol) return this.fitted(x, y, text, { size: 14, weight: BOLD }, 7, widthMm)
    this.#symbol(symbol, x, y)
    return this.line(x + symbol.widthMm / 2, y + heightMm + this.mm(0.8), text, {
      size: 8.5,
      spacing: 1,
      align: 'centre',
    })
  }
}
