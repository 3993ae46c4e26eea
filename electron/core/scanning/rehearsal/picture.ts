import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { ScanArea, ScanMode } from '../driver.ts'
import { ScanError } from '../scan-error.ts'

const MM_PER_INCH = 25.4
/** Where a demo page does not say its own resolution. */
const ASSUMED_DPI = 300
/** Grey level between ink and paper, as a scanner's fixed threshold in line art. */
const INK_BELOW = 150

/** What a scanner would give of this picture at this resolution and mode: JPEG for grey and colour, 1-bit PNG for line art. */
export async function renderAsScan(
  picture: string,
  want: { dpi: number; mode: ScanMode; area: ScanArea | undefined },
): Promise<Buffer> {
  const source = sharp(picture)
  const { width, height, density, format, channels } = await source.metadata()
  const scale = want.dpi / (density ?? ASSUMED_DPI)
  // A scanner draws with a processor of its own: what lies there as it would be given leaves this one alone.
  const modeOfFile = format !== 'jpeg' ? null : channels === 1 ? 'grey' : channels === 3 ? 'colour' : null
  if (density && scale === 1 && !want.area && want.mode === modeOfFile) return readFile(picture)
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
  let image = scale === 1 ? source : source.resize({ ...size, fit: 'fill' })
  if (want.area) image = image.extract(cut(want.area, want.dpi, size))
  if (want.mode !== 'colour') image = image.greyscale().toColourspace('b-w')
  image = image.withDensity(want.dpi)
  if (want.mode === 'lineart') return image.threshold(INK_BELOW).png({ palette: true, colours: 2 }).toBuffer()
  return image.jpeg({ quality: 90 }).toBuffer()
}

/** The area in pixels, cut to the picture. Errors: `unsupported` when they do not meet. */
function cut(area: ScanArea, dpi: number, size: { width: number; height: number }): PixelRegion {
  const px = (mm: number): number => Math.round((mm / MM_PER_INCH) * dpi)
  const [left, top] = [px(area.x), px(area.y)]
  const width = Math.min(px(area.width), size.width - left)
  const height = Math.min(px(area.height), size.height - top)
  if (left < 0 || top < 0 || width <= 0 || height <= 0) throw new ScanError('unsupported', 'area')
  return { left, top, width, height }
}

interface PixelRegion {
  left: number
  top: number
  width: number
  height: number
}
