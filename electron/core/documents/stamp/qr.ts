import bwipjs, { type RawOptions } from 'bwip-js/node'
import { codeText } from '../../../domain/codes.ts'
import { DocumentError } from '../errors.ts'
import { createBitmap, type Bitmap } from '../bilevel/bitmap.ts'

const QUIET_ZONE = 2

/** The request's code as the slip carries it (`BD1:<id>:<check>`), one pixel a module with a quiet zone. */
export function requestQr(requestNo: string): Bitmap {
  const [symbol] = bwipjs.raw({ bcid: 'qrcode', text: codeText(requestNo), eclevel: 'M' } as RawOptions)
  if (!symbol || !('pixs' in symbol)) throw new DocumentError('worker_failed')
  const bitmap = createBitmap(symbol.pixx + 2 * QUIET_ZONE, symbol.pixy + 2 * QUIET_ZONE)
  symbol.pixs.forEach((dark, i) => {
    const x = QUIET_ZONE + (i % symbol.pixx)
    const y = QUIET_ZONE + Math.floor(i / symbol.pixx)
    if (dark) bitmap.bits[y * bitmap.stride + (x >> 3)]! |= 128 >> (x & 7)
  })
  return bitmap
}
