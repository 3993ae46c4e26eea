import type { Bitmap } from '../../documents/bilevel/bitmap.ts'
import type { RawStatus } from './status.ts'

/**
 * Bytes for receipt printers that speak ESC/POS. Everything is sent as dots: Chinese looks the same on a printer without
 * a GB18030 font, and codes stand on whole dots. Source: Epson ESC/POS command reference (ESC @, GS v 0, ESC d, GS V).
 */

const ESC = 0x1b
const GS = 0x1d

/** Rows in one raster command: cheap printers hold few lines, and a job that is cut off ends at a strip. */
const STRIP = 128

export interface EscPosOptions {
  copies?: number
  /** Cuts after each copy; a printer without a cutter ignores it. */
  cut?: boolean
  /** Blank lines before the cut, so that the last line clears the blade. */
  feed?: number
}

function raster(bitmap: Bitmap, from: number, rows: number): Buffer {
  const head = Buffer.from([GS, 0x76, 0x30, 0, bitmap.stride & 0xff, bitmap.stride >> 8, rows & 0xff, rows >> 8])
  const at = from * bitmap.stride
  return Buffer.concat([head, bitmap.bits.subarray(at, at + rows * bitmap.stride)])
}

/** The job for these pages, each cut off by itself. Widths over 8 x 65,535 dots do not exist on paper. */
export function escPos(pages: readonly Bitmap[], { copies = 1, cut = true, feed = 4 }: EscPosOptions = {}): Buffer {
  const out: Buffer[] = []
  for (let copy = 0; copy < copies; copy++) {
    for (const page of pages) {
      out.push(Buffer.from([ESC, 0x40]))
      for (let row = 0; row < page.height; row += STRIP) out.push(raster(page, row, Math.min(STRIP, page.height - row)))
      out.push(Buffer.from([ESC, 0x64, feed]))
      if (cut) out.push(Buffer.from([GS, 0x56, 0x01]))
    }
  }
  return Buffer.concat(out)
}

/** DLE EOT n: asks for offline cause (2), errors (3) and paper (4) in one go. */
export const ESCPOS_STATUS_QUERY = Buffer.from([0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4])

/**
 * GS ( H, function 48: the printer answers `7"` and these four characters once everything before it is printed.
 */
export const PROCESSED_QUERY = Buffer.from([GS, 0x28, 0x48, 6, 0, 48, 48, ...Buffer.from('DONE')])
export const PROCESSED_ANSWER = Buffer.from([0x37, 0x22, ...Buffer.from('DONE'), 0])

/**
 * How the printer is, from its three status bytes; undefined when the answer is no ESC/POS status
 * (bits 1 and 4 set, 0 and 7 clear: Epson reference, DLE EOT).
 */
export function escPosStatus(answer: Uint8Array): RawStatus | undefined {
  if (answer.length < 3 || [...answer.subarray(0, 3)].some((byte) => (byte & 0b1001_0011) !== 0b0001_0010)) {
    return undefined
  }
  const [offline, error, paper] = answer as unknown as [number, number, number]
  const reasons: string[] = []
  if (offline & 0x04) reasons.push('cover-open')
  if (error & 0x08) reasons.push('cutter-error')
  if (error & 0x20) reasons.push('unrecoverable-error')
  if ((paper & 0x60) === 0x60 || offline & 0x20) reasons.push('media-empty')
  return { attention: reasons, pending: undefined }
}
