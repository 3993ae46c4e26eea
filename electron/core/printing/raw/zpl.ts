import type { Bitmap } from '../../documents/bilevel/bitmap.ts'
import type { RawStatus } from './status.ts'

/**
 * Bytes for label printers that speak ZPL II. The whole label is one graphic field (^GF), so Chinese needs no font in
 * the printer. Source: Zebra ZPL II programming guide (^XA, ^PW, ^LL, ^GF, ^PQ, ~HS and "alternative data compression").
 */

/** Letters that say how often the next hexadecimal digit stands: G-Y are 1-19, g-z are 20-400 in steps of 20. */
function repeated(count: number): string {
  let text = ''
  for (let left = count; left > 0;) {
    if (left >= 20) {
      const twenties = Math.min(20, Math.floor(left / 20))
      text += String.fromCharCode('f'.charCodeAt(0) + twenties)
      left -= twenties * 20
    } else {
      text += String.fromCharCode('F'.charCodeAt(0) + left)
      left = 0
    }
  }
  return text
}

/** One row in ZPL's own compression: runs, and `,` for a rest of white. */
function row(hex: string): string {
  const end = hex.replace(/0+$/, '')
  let text = ''
  for (let i = 0; i < end.length;) {
    let run = 1
    while (end[i + run] === end[i]) run++
    text += run > 2 ? repeated(run) + end[i] : end.slice(i, i + run)
    i += run
  }
  return end.length < hex.length ? `${text},` : text
}

function graphic(bitmap: Bitmap): string {
  const { stride, height, bits } = bitmap
  let data = ''
  let last = ''
  for (let y = 0; y < height; y++) {
    const text = row(
      Buffer.from(bits.subarray(y * stride, (y + 1) * stride))
        .toString('hex')
        .toUpperCase(),
    )
    // A colon repeats the row before.
    data += y > 0 && text === last ? ':' : text
    last = text
  }
  const total = stride * height
  return `^FO0,0^GFA,${total},${total},${stride},${data}^FS`
}

/** One label a page. */
export function zpl(pages: readonly Bitmap[], copies = 1): Buffer {
  const labels = pages.map(
    (page) => `^XA^PW${page.width}^LL${page.height}^LH0,0${graphic(page)}^PQ${copies},0,1,Y^XZ\n`,
  )
  return Buffer.from(labels.join(''), 'ascii')
}

/** ~HS: asks for the three status strings. */
export const ZPL_STATUS_QUERY = Buffer.from('~HS', 'ascii')

/** How the printer is, from its answer to ~HS; undefined when it is no such answer. */
export function zplStatus(answer: Uint8Array): RawStatus | undefined {
  const strings = Buffer.from(answer)
    .toString('latin1')
    .split('\u0003')
    .map((part) => part.replace(/^[^]*\u0002/, '').split(','))
  const [first, second] = strings
  if (!first || !second || first.length < 12 || second.length < 11) return undefined
  const reasons: string[] = []
  if (first[1] === '1') reasons.push('media-empty')
  if (first[2] === '1') reasons.push('paused')
  if (second[2] === '1') reasons.push('cover-open')
  if (second[3] === '1') reasons.push('marker-supply-empty')
  // Formats in the receive buffer and labels left of the batch.
  const pending = Number(first[4]) + Number(second[8])
  return { attention: reasons, pending: Number.isFinite(pending) ? pending : undefined }
}
