import type { SlipFont } from './font.ts'
import type { PaintedPage, PaintText } from './paint.ts'
import { greyPng } from './grey-png.ts'
import { PT_PER_MM } from './typeset.ts'

const round = (value: number) => Math.round(value * 1000) / 1000

function ink(grey: number): string {
  const level = Math.round(grey * 255)
  return `rgb(${level},${level},${level})`
}

/** Outlines of the characters used, each once, in the font's units with y upwards. */
class Outlines {
  readonly #font: SlipFont
  readonly #ids = new Map<string, string>()
  readonly definitions: string[] = []
  readonly #prefix: string

  constructor(font: SlipFont, prefix: string) {
    this.#font = font
    this.#prefix = prefix
  }

  id(character: string): string {
    let id = this.#ids.get(character)
    if (id === undefined) {
      id = `${this.#prefix}g${this.#ids.size}`
      this.#ids.set(character, id)
      const { opened } = this.#font
      const path = opened.glyphForCodePoint(character.codePointAt(0)!)?.path.toSVG() ?? ''
      this.definitions.push(`<path id="${id}" d="${path}"/>`)
    }
    return id
  }
}

function textSvg(run: PaintText, font: SlipFont, outlines: Outlines, dots: number): string {
  const size = (run.size / PT_PER_MM) * dots
  const scale = size / font.opened.unitsPerEm
  const stroke = run.weight > 0 ? ` stroke="${ink(run.grey)}" stroke-width="${round((size * run.weight) / scale)}"` : ''
  let x = run.x * dots
  let uses = ''
  for (const character of run.text) {
    if (character !== ' ') {
      const place = `matrix(${scale},0,0,${-scale},${round(x)},${round(run.y * dots)})`
      uses += `<use href="#${outlines.id(character)}" transform="${place}"/>`
    }
    x += ((font.advance(character) / 1000) * run.size + run.spacing) * (dots / PT_PER_MM)
  }
  return `<g fill="${ink(run.grey)}"${stroke}>${uses}</g>`
}

/**
 * A painted page as SVG with text as outlines, `dots` units per mm: for dots on a thermal head and for the system's
 * printers. It needs no font on the machine that shows it. `prefix` keeps names apart where several stand in one file.
 */
export function toSvg(page: PaintedPage, font: SlipFont, dots: number, prefix = ''): string {
  const outlines = new Outlines(font, prefix)
  const body = page.paint.map((paint) => {
    if (paint.kind === 'text') return textSvg(paint, font, outlines, dots)
    if (paint.kind === 'boxes') {
      const path = paint.boxes
        .map(
          ([x, y, w, h]) =>
            `M${round(x * dots)} ${round(y * dots)}h${round(w * dots)}v${round(h * dots)}h${round(-w * dots)}z`,
        )
        .join('')
      return `<path fill="${ink(paint.grey)}" d="${path}"/>`
    }
    if (paint.kind === 'image') {
      const at = `x="${round(paint.x * dots)}" y="${round(paint.y * dots)}" width="${round(paint.width * dots)}" height="${round(paint.height * dots)}"`
      return `<image ${at} preserveAspectRatio="none" href="data:image/png;base64,${greyPng(paint.picture).toString('base64')}"/>`
    }
    // A line thinner than a dot would vanish when the picture becomes black and white.
    const thickness = round(Math.max(1, paint.thickness * dots))
    const dash = paint.dash > 0 ? ` stroke-dasharray="${round(paint.dash * dots)}"` : ''
    const [x1, y1, x2, y2] = [paint.x1, paint.y1, paint.x2, paint.y2].map((value) => round(value * dots))
    return `<path d="M${x1} ${y1}L${x2} ${y2}" stroke="${ink(paint.grey)}" stroke-width="${thickness}"${dash}/>`
  })
  const [width, height] = [round(page.widthMm * dots), round(page.heightMm * dots)]
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="100%" height="100%" fill="#fff"/><defs>${outlines.definitions.join('')}</defs>${body.join('')}</svg>`
  )
}
