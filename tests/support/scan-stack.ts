/** A stack of sheets as a feeder would give them: slips of our own template and pages with ink, as JPEG files. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { cleanSlip } from '../bench/scan/slips.ts'
import { toJpeg } from '../bench/pages/page.ts'
import { box, lines, paper } from '../unit/scan-image/pictures.ts'

export const STACK_DPI = 150
const [WIDTH, HEIGHT] = [1240, 1754]

export type Sheet = { slip: string } | { page: number; skewDeg?: number; blackEdge?: boolean } | { blank: true }

/** Writes the sheets in order into a folder that the rehearsal scanner plays. */
export async function writeStack(folder: string, sheets: readonly Sheet[], prefix = 'stack'): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [i, sheet] of sheets.entries()) {
    const bytes = await sheetBytes(sheet, i)
    await writeFile(join(folder, `${prefix}-${String(i).padStart(3, '0')}.jpg`), bytes)
  }
}

/** One sheet as a scanner gives it. */
export async function sheetBytes(sheet: Sheet, seed: number): Promise<Buffer> {
  if ('slip' in sheet) return toJpeg(await cleanSlip(sheet.slip, seed, STACK_DPI))
  const bare = paper(WIDTH, HEIGHT, STACK_DPI, seed + 1)
  const inked = 'blank' in sheet ? bare : lines(bare, sheet.skewDeg ?? 0, 100 + sheet.page)
  const seen = 'page' in sheet && sheet.blackEdge ? box(inked, 0, 0, 9, 297, 12) : inked
  return sharp(seen.data, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
    .withDensity(STACK_DPI)
    .jpeg({ quality: 85 })
    .toBuffer()
}
