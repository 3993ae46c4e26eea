import type { SlipFont } from '../templates/font.ts'
import type { PaintedPage } from '../templates/paint.ts'
import { toSvg } from '../templates/to-svg.ts'

/** Slips as one HTML file whose pages are pictures of exact size: what the system's own printers are given. */
export const SLIP_PAGES_MIME = 'application/x-slip-pages+html'

/** Units of the drawing a millimetre: finer than any printer. */
const DOTS = 40

/**
 * Painted pages for a hidden window that the system prints. Text is drawn as outlines: the window needs no font, no
 * script and no network, and what is printed is what was previewed.
 */
export function toPagesHtml(pages: readonly PaintedPage[], font: SlipFont, title: string): Uint8Array {
  const { widthMm, heightMm } = pages[0]!
  const style = `@page{size:${widthMm}mm ${heightMm}mm;margin:0}*{margin:0;padding:0}svg{display:block;width:${widthMm}mm;height:${heightMm}mm;break-after:page;break-inside:avoid}svg:last-child{break-after:auto}`
  const drawings = pages.map((page, n) => toSvg(page, font, DOTS, `p${n}-`))
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`
  const html = `<!doctype html><meta charset="utf-8">${policy}<title>${title.replace(/[<&]/g, ' ')}</title><style>${style}</style>${drawings.join('')}`
  return Buffer.from(html, 'utf8')
}
