/** Small pictures with known truth, drawn without fonts so that these tests are quick. */
import type { Grey } from '../../../electron/core/scanning/image/grey.ts'
import { random } from '../../bench/pages/random.ts'

const noise = ((): Float32Array => {
  const rng = random(7)
  return Float32Array.from({ length: 4096 }, () => rng.normal() * 2)
})()

/** Paper with noise of two grey steps. */
export function paper(width: number, height: number, dpi: number, seed = 1, white = 230): Grey {
  const rng = random(seed)
  const data = new Uint8Array(width * height)
  for (let i = 0; i < data.length; i++) data[i] = white + (noise[rng.int(0, 4095)] ?? 0)
  return { data, width, height, dpi }
}

/** Lines of "words": dark boxes with ragged tops on common baselines, turned clockwise about the centre. */
export function lines(page: Grey, degrees: number, seed = 2): Grey {
  const rng = random(seed)
  const { width, height, dpi } = page
  const mm = dpi / 25.4
  const flat = new Uint8Array(width * height)
  for (let y = 25 * mm; y < height - 25 * mm; y += 5 * mm)
    for (let x = 22 * mm; x < width - 22 * mm;) {
      const w = rng.between(0.4, 1.6) * mm
      const h = rng.between(1.6, 2.8) * mm
      for (let py = Math.round(y - h); py < y; py++)
        for (let px = Math.round(x); px < x + w; px++) flat[py * width + px] = 1
      x += w + rng.between(0.5, 1.5) * mm
    }
  const data = new Uint8Array(page.data)
  const rad = (degrees * Math.PI) / 180
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const dx = x - width / 2
      const dy = y - height / 2
      const sx = Math.round(Math.cos(rad) * dx + Math.sin(rad) * dy + width / 2)
      const sy = Math.round(-Math.sin(rad) * dx + Math.cos(rad) * dy + height / 2)
      if (sx >= 0 && sy >= 0 && sx < width && sy < height && flat[sy * width + sx]) data[y * width + x] = 40
    }
  return { ...page, data }
}

/** Darkens a box given in mm. */
export function box(page: Grey, x: number, y: number, w: number, h: number, tone: number): Grey {
  const mm = page.dpi / 25.4
  const data = new Uint8Array(page.data)
  for (let py = Math.round(y * mm); py < Math.min(page.height, Math.round((y + h) * mm)); py++)
    for (let px = Math.round(x * mm); px < Math.min(page.width, Math.round((x + w) * mm)); px++)
      data[py * page.width + px] = tone
  return { ...page, data }
}
