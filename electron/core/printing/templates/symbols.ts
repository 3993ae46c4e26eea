import bwipjs, { type RawOptions } from 'bwip-js/node'

export type Box = readonly [x: number, y: number, width: number, height: number]

/** A code drawn in whole printer dots: boxes in mm, relative to its own top left corner. */
export interface Symbol {
  boxes: Box[]
  widthMm: number
  heightMm: number
}

const raw = (options: RawOptions) => bwipjs.raw(options)[0]

/**
 * A QR code (error correction M) of at most `mostMm` without its quiet zone; keep four modules of white around it.
 * Each module is a whole number of dots, so no bar is ever a dot wider than its neighbour.
 */
export function qrSymbol(text: string, mostMm: number, dpi: number): Symbol {
  const symbol = raw({ bcid: 'qrcode', text, eclevel: 'M' } as RawOptions)
  if (!symbol || !('pixs' in symbol)) throw new RangeError('this text cannot be a QR code')
  const dot = 25.4 / dpi
  const module = Math.max(1, Math.floor(mostMm / dot / symbol.pixx)) * dot
  const boxes: Box[] = []
  for (let row = 0; row < symbol.pixy; row++) {
    for (let column = 0; column < symbol.pixx; column++) {
      if (!symbol.pixs[row * symbol.pixx + column]) continue
      let end = column + 1
      while (end < symbol.pixx && symbol.pixs[row * symbol.pixx + end]) end++
      boxes.push([column * module, row * module, (end - column) * module, module])
      column = end
    }
  }
  return { boxes, widthMm: symbol.pixx * module, heightMm: symbol.pixy * module }
}

/** A Code 128 of at most `mostMm`, its narrowest bar at least two dots and near 0.33 mm; undefined if it cannot fit. */
export function code128Symbol(text: string, mostMm: number, heightMm: number, dpi: number): Symbol | undefined {
  // Code 128 holds ASCII; a barcode with other characters was no Code 128 to begin with.
  if (text === '' || !/^[\x20-\x7e]+$/.test(text)) return undefined
  const symbol = raw({ bcid: 'code128', text } as RawOptions)
  if (!symbol || !('sbs' in symbol)) return undefined
  const modules = symbol.sbs.reduce((sum, width) => sum + width, 0)
  const dot = 25.4 / dpi
  const dots = Math.min(Math.floor(mostMm / dot / modules), Math.max(2, Math.round(0.33 / dot)))
  if (dots < 2) return undefined
  const boxes: Box[] = []
  let x = 0
  symbol.sbs.forEach((width, i) => {
    if (i % 2 === 0) boxes.push([x, 0, width * dots * dot, heightMm])
    x += width * dots * dot
  })
  return { boxes, widthMm: modules * dots * dot, heightMm }
}
