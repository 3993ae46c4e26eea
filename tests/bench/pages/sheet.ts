/** A page being drawn, in points with y downwards, and its way to pixels through sharp's SVG renderer. */
import sharp, { type Sharp } from 'sharp'
import { outlineOf, shape, unitsPerEm, type FontName } from './fonts.ts'

export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

/** Interleaved 8-bit pixels: 1 channel grey or 3 channels sRGB. */
export interface Raster {
  data: Uint8Array
  width: number
  height: number
  channels: 1 | 3
  dpi: number
}

export interface Sheet {
  width: number
  height: number
  body: string[]
  glyphs: Set<string>
  /** Reading order, one entry a line. */
  text: string[]
  /** Places of photographs, in points. */
  pictures: Rect[]
}

export const A4 = { width: 595.28, height: 841.89 }

export const newSheet = (width = A4.width, height = A4.height): Sheet => ({
  width,
  height,
  body: [],
  glyphs: new Set(),
  text: [],
  pictures: [],
})

const n = (value: number): string => String(Math.round(value * 1000) / 1000)

export interface TextStyle {
  font: FontName
  size: number
  colour?: string
  /** Extra advance after each glyph, for justified Chinese. */
  spacing?: number
}

/** Draws one run with its baseline at y; returns the x after it. */
export function drawText(sheet: Sheet, x: number, y: number, text: string, style: TextStyle): number {
  const scale = style.size / unitsPerEm(style.font)
  const run = shape(style.font, text)
  const uses: string[] = []
  run.glyphs.forEach((glyph, i) => {
    const key = `${style.font}-${glyph.id}`
    sheet.glyphs.add(key)
    const gx = x + glyph.x * style.size + i * (style.spacing ?? 0)
    uses.push(
      `<use href="#${key}" transform="matrix(${scale.toFixed(7)} 0 0 ${(-scale).toFixed(7)} ${n(gx)} ${n(y - glyph.y * style.size)})"/>`,
    )
  })
  sheet.body.push(`<g fill="${style.colour ?? '#111'}">${uses.join('')}</g>`)
  return x + run.width * style.size + run.glyphs.length * (style.spacing ?? 0)
}

export function drawCentred(sheet: Sheet, x: number, y: number, text: string, style: TextStyle): void {
  drawText(sheet, x - (shape(style.font, text).width * style.size) / 2, y, text, style)
}

export function drawLine(
  sheet: Sheet,
  from: readonly [number, number],
  to: readonly [number, number],
  width = 0.6,
  colour = '#111',
): void {
  sheet.body.push(
    `<path d="M${n(from[0])} ${n(from[1])}L${n(to[0])} ${n(to[1])}" stroke="${colour}" stroke-width="${n(width)}" fill="none"/>`,
  )
}

export function drawRect(sheet: Sheet, rect: Rect, fill: string, stroke = 'none', width = 0.6): void {
  sheet.body.push(
    `<rect x="${n(rect.x)}" y="${n(rect.y)}" width="${n(rect.width)}" height="${n(rect.height)}" fill="${fill}" stroke="${stroke}" stroke-width="${n(width)}"/>`,
  )
}

/** Raw SVG in page points, for figures that draw more than lines and boxes. */
export const drawSvg = (sheet: Sheet, svg: string): void => void sheet.body.push(svg)

/** Places a photograph; the renderer resamples it. */
export async function drawPicture(sheet: Sheet, rect: Rect, picture: Raster): Promise<void> {
  const png = await toSharp(picture).png().toBuffer()
  sheet.pictures.push(rect)
  sheet.body.push(
    `<image x="${n(rect.x)}" y="${n(rect.y)}" width="${n(rect.width)}" height="${n(rect.height)}" preserveAspectRatio="none" href="data:image/png;base64,${png.toString('base64')}"/>`,
  )
}

export function toSharp(raster: Raster): Sharp {
  const image = sharp(raster.data, {
    raw: { width: raster.width, height: raster.height, channels: raster.channels },
  }).withDensity(raster.dpi)
  // Without toColourspace sharp writes a one-channel raster as three components; withMetadata would do so again.
  return raster.channels === 1 ? image.toColourspace('b-w') : image
}

/** Renders the sheet without noise on white paper. */
export async function renderSheet(sheet: Sheet, dpi: number, channels: 1 | 3): Promise<Raster> {
  const width = Math.round((sheet.width * dpi) / 72)
  const height = Math.round((sheet.height * dpi) / 72)
  const defs = [...sheet.glyphs].map((key) => `<path id="${key}" d="${outlineOf(key)}"/>`).join('')
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${n(sheet.width)} ${n(sheet.height)}" preserveAspectRatio="none">` +
    `<defs>${defs}</defs><rect width="100%" height="100%" fill="#fff"/>${sheet.body.join('')}</svg>`
  // the documents pipeline blocks every loader it does not need, for the whole process
  sharp.unblock({ operation: ['VipsForeignLoadSvg'] })
  const image = sharp(Buffer.from(svg), { unlimited: true }).flatten({ background: '#fff' })
  const data = await (channels === 1 ? image.greyscale() : image).raw().toBuffer()
  return { data, width, height, channels, dpi }
}
