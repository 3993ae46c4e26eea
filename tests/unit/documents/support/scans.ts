import { join } from 'node:path'
import sharp from 'sharp'
import { generator } from './bitmaps.ts'

/** A6 at 300 dpi unless said otherwise: small enough to be quick, at the resolution of real scans. */
export interface ScanOptions {
  readonly seed?: number
  readonly width?: number
  readonly height?: number
  readonly dpi?: number
  readonly colour?: boolean
  /** Fraction box of a photograph. */
  readonly picture?: boolean
  /** Blue lines of text at the top. */
  readonly blueHeading?: boolean
  readonly text?: boolean
}

/** RGB samples of a page as a scanner sees it: uneven light, noise, letters of two-pixel strokes, perhaps a photograph. */
export function drawScan(options: ScanOptions = {}): { data: Buffer; width: number; height: number } {
  const { seed = 1, width = 1240, height = 1754, picture = false, blueHeading = false, text = true } = options
  const random = generator(seed)
  const ink = new Uint8Array(width * height)
  if (text)
    for (let top = 150; top < height - 150; top += 36)
      for (let left = 120; left < width - 140; left += 18) {
        if (random() < 0.15) continue
        for (let stroke = 0; stroke < 4; stroke++) {
          const across = random() < 0.5
          const x = left + Math.floor(random() * 8)
          const y = top + Math.floor(random() * 14)
          for (let i = 0; i < 10; i++)
            for (let w = 0; w < 3; w++) ink[(y + (across ? w : i)) * width + x + (across ? i : w)] = 1
        }
      }
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const light = 228 - 30 * (x / width) - 12 * (y / height) + (random() - 0.5) * 10
      const at = (y * width + x) * 3
      const inPicture = picture && x > width * 0.2 && x < width * 0.7 && y > height * 0.55 && y < height * 0.85
      for (let k = 0; k < 3; k++) {
        let value = light - (options.colour ? k * 4 : 0)
        if (inPicture) value = 110 + 70 * Math.sin(x / 50 + k * 2) * Math.cos(y / 40)
        else if (ink[y * width + x]) value = blueHeading && y < 320 ? [30, 60, 170][k]! : 35 + random() * 12
        data[at + k] = value
      }
    }
  return { data, width, height }
}

/** Writes a scan as JPEG (grey unless `colour`) and returns its path. */
export async function writeScan(folder: string, name: string, options: ScanOptions = {}): Promise<string> {
  const { data, width, height } = drawScan(options)
  const path = join(folder, `${name}.jpg`)
  await sharp(data, { raw: { width, height, channels: 3 } })
    .toColourspace(options.colour ? 'srgb' : 'b-w')
    .withMetadata({ density: options.dpi ?? 300 })
    .jpeg({ quality: 90 })
    .toFile(path)
  return path
}
