/** Pull slips as they come out of a feeder: our real template, folded, stamped over, crooked, noisy. */
import sharp from 'sharp'
import { LAYOUTS, type PullSlip } from '../../../electron/core/printing/templates/data.ts'
import { slipFont } from '../../../electron/core/printing/templates/font.ts'
import { paintSlips } from '../../../electron/core/printing/templates/index.ts'
import { toSvg } from '../../../electron/core/printing/templates/to-svg.ts'
import { degrade, ordinaryWear } from '../pages/degrade.ts'
import { drawDateStamp, drawPencil, drawSeal } from '../pages/marks.ts'
import { CHINESE } from '../pages/prose/zh.ts'
import { random, seedOf, type Random } from '../pages/random.ts'
import { newSheet, renderSheet, type Raster } from '../pages/sheet.ts'

export interface LabelledSlip {
  scan: Raster
  requestNo: string
}

const LIBRARIES = ['北京化工大学图书馆', '首都师范大学图书馆', '北京师范大学图书馆', '中国传媒大学图书馆'] as const

function slipData(requestNo: string, rng: Random): PullSlip {
  const topic = rng.pick(CHINESE)
  return {
    library: '中国人民大学图书馆',
    printedAt: '2026-11-22 09:30',
    staff: '林老师',
    copyNo: 1,
    requestNo,
    centreNo: `zx${String(rng.int(0, 9_999_999)).padStart(10, '0')}`,
    service: 'copy',
    urgent: rng.chance(0.3),
    title: `${topic.heading}学刊`,
    author: '',
    part: rng.pick(topic.sentences).slice(0, 30),
    year: String(rng.int(1980, 2026)),
    volume: String(rng.int(1, 60)),
    issue: String(rng.int(1, 12)),
    pages: '12–25',
    standardNo: '',
    callNumber: `G25${rng.int(0, 9)}/${rng.int(10, 400)}`,
    location: '密集库 B 区',
    partner: rng.pick(LIBRARIES),
    deliveryMethod: '电子传递',
    appliedAt: '2026-11-20 09:31',
    promiseAt: '2026-11-23',
    note: '',
    sheet: { n: 1, of: 1 },
  }
}

/** The clean slip of a request as our template prints it on A5. */
export async function cleanSlip(requestNo: string, seed: number, dpi: number): Promise<Raster> {
  const [page] = await paintSlips('pullSlip', [slipData(requestNo, random(seed))], LAYOUTS.a5, 'zh-CN')
  if (!page) throw new Error('the template gave no page')
  const svg = toSvg(page, await slipFont(), dpi / 25.4)
  sharp.unblock({ operation: ['VipsForeignLoadSvg'] })
  const { data, info } = await sharp(Buffer.from(svg), { unlimited: true })
    .flatten({ background: '#fff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: 1, dpi }
}

/** Marks that a desk leaves on the upper right of a slip, where the code is. */
export async function deskMarks(width: number, height: number, dpi: number, seed: number): Promise<Raster> {
  const rng = random(seed)
  const sheet = newSheet((width * 72) / dpi, (height * 72) / dpi)
  const x = sheet.width - rng.between(45, 100)
  const y = rng.between(50, 105)
  const kind = rng.int(0, 3)
  if (kind === 0) drawDateStamp(sheet, rng, x, y, rng.between(0.4, 0.8))
  if (kind === 1) drawSeal(sheet, rng, x - 30, y - 30, rng.between(45, 80), rng.between(0.4, 0.8))
  if (kind === 2) drawPencil(sheet, rng, x - 45, y + 8, 90, rng.between(0.5, 0.9))
  const marks = await renderSheet(sheet, dpi, 1)
  // the sheet's size in points may round to a pixel more or less
  if (marks.width === width && marks.height === height) return marks
  const data = await sharp(marks.data, { raw: { width: marks.width, height: marks.height, channels: 1 } })
    .resize(width, height, { fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  return { ...marks, data, width, height }
}

/** A fold through the code: a dark line, and the part below it moved by a fraction of a millimetre. */
function fold(slip: Raster, rng: Random): Raster {
  const { width, height, dpi } = slip
  const data = new Uint8Array(slip.data)
  const y0 = Math.round((rng.between(14, 40) * dpi) / 25.4)
  const slope = rng.between(-0.06, 0.06)
  const shift = Math.round((rng.between(-0.35, 0.35) * dpi) / 25.4)
  const dark = rng.between(0.5, 0.85)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const d = y - y0 - slope * x
      const i = y * width + x
      if (d > 0) data[i] = slip.data[y * width + Math.max(0, Math.min(width - 1, x + shift))] ?? 255
      if (Math.abs(d) < 1.6) data[i] = (data[i] ?? 255) * dark
    }
  return { ...slip, data }
}

/** Wears a clean slip as the seed says: up to 5 degrees, noise, uneven light; half of them folded, most marked. */
export async function wornSlip(clean: Raster, marks: Raster | null, seed: number): Promise<Raster> {
  const rng = random(seedOf('slip', seed))
  let slip = rng.chance(0.5) ? fold(clean, rng) : clean
  if (marks) {
    const data = new Uint8Array(slip.data.length)
    for (let i = 0; i < data.length; i++) data[i] = ((slip.data[i] ?? 0) * (marks.data[i] ?? 255)) / 255
    slip = { ...slip, data }
  }
  const wear = ordinaryWear(rng, {
    skewDeg: rng.between(-5, 5),
    noise: rng.between(3, 14),
    blurMm: rng.between(0.04, 0.13),
    ink: rng.between(20, 90),
    light: rng.between(0.02, 0.2),
    surround: rng.chance(0.4) ? rng.between(0, 60) : null,
  })
  const { scan } = await degrade(slip, seed, wear)
  return scan
}
