/** Measures the image work of the scan desk on labelled pages drawn from seeds. */
import { analysePage, type PageFindings } from '../../../electron/core/scanning/image/analyse.ts'
import { median, percentile, type BenchContext, type Measured } from '../line.ts'
import { makePage, toJpeg } from '../pages/page.ts'
import type { Raster } from '../pages/sheet.ts'
import { memory, toScreen, toSent } from './desk.ts'
import { SAMPLE_DPI, samplesIn, skewAgainst } from './samples.ts'
import { cleanSlip, deskMarks, wornSlip } from './slips.ts'
import { laid, nearlyBlankPage, skewedPage, spreadPage } from './sets.ts'

/** Sizes of the sets; BALIS_BENCH_SHARE (0..1) makes them smaller for a quick look, and the lines say so in `n`. */
const share = Number(process.env['BALIS_BENCH_SHARE'] ?? 1)
const size = (full: number): number => Math.max(4, Math.ceil(full * share))

const DPI = 150
const SLIP_DPI = 200
const MM_PER_INCH = 25.4

/** The way each page goes in the product: its file, decoded, analysed. */
const analyse = async (raster: Raster, options: Parameters<typeof analysePage>[1] = {}): Promise<PageFindings> =>
  analysePage(await toJpeg(raster), { dpi: raster.dpi, ...options })

export async function deskew(context: BenchContext): Promise<{ line: Measured; dropped: number }> {
  const { log } = context
  const errors: number[] = []
  let dropped = 0
  for (let i = 0; i < size(320); i++) {
    const page = await skewedPage(i, DPI)
    const found = await analyse(page.scan)
    if (found.blank) dropped++
    // what remains after the proposed turn, not only what was measured
    errors.push(Math.abs(page.truth.skewDeg + found.adjust.angleDeg))
    if (i % 40 === 39) log(`skew ${i + 1}: p95 ${percentile(errors, 0.95).toFixed(3)} deg`)
  }
  const ofSamples: number[] = []
  for (const { name, path, clean } of await samplesIn(context.samples)) {
    const found = await analysePage(path, { dpi: SAMPLE_DPI })
    if (found.blank) dropped++
    if (clean === null) continue
    const skew = await skewAgainst(path, clean)
    ofSamples.push(Math.abs(skew + found.adjust.angleDeg))
    log(`${name}: lies at ${skew.toFixed(2)}, ${ofSamples.at(-1)!.toFixed(3)} deg remain`)
  }
  return { line: worseOf('scan.deskew.p95', errors, ofSamples), dropped }
}

/** The generated set and the samples are held to the same goal, each by itself: few samples must not hide among many pages. */
function worseOf(id: string, errors: number[], ofSamples: number[]): Measured {
  const [p95, sampled] = [percentile(errors, 0.95), ofSamples.length > 0 ? percentile(ofSamples, 0.95) : 0]
  return { id, value: Math.max(p95, sampled), n: errors.length + ofSamples.length }
}

function seamError(found: PageFindings, seamX: number, width: number, dpi: number): number {
  if (!found.gutter) return Number.POSITIVE_INFINITY
  const turned = width / 2 + (seamX - width / 2) * Math.cos((found.adjust.angleDeg * Math.PI) / 180)
  return (Math.abs(found.gutter.at * width - turned) * MM_PER_INCH) / dpi
}

export async function gutter(context: BenchContext): Promise<Measured> {
  const errors: number[] = []
  for (let i = 0; i < size(120); i++) {
    const { scan, truth } = await spreadPage(i, DPI)
    errors.push(seamError(await analyse(scan, { spread: true }), truth.gutterX ?? Number.NaN, scan.width, DPI))
  }
  context.log(`gutter: median ${median(errors).toFixed(2)} mm, worst ${Math.max(...errors).toFixed(2)} mm`)
  const ofSamples: number[] = []
  for (const { name, path, seamX } of await samplesIn(context.samples)) {
    if (seamX === null) continue
    const found = await analysePage(path, { dpi: SAMPLE_DPI, spread: true })
    ofSamples.push(seamError(found, seamX, found.width, SAMPLE_DPI))
    context.log(`${name}: seam off by ${ofSamples.at(-1)!.toFixed(2)} mm`)
  }
  return worseOf('scan.gutter.p95', errors, ofSamples)
}

export async function blank(dropped: number, log: BenchContext['log']): Promise<Measured> {
  let wrong = 0
  let lost = dropped
  const count = size(300)
  for (const kind of ['blank', 'sparse'] as const)
    for (let i = 0; i < count; i++) {
      const { scan, truth } = await nearlyBlankPage(kind, i, DPI)
      const found = await analyse(scan)
      if (found.blank === truth.blank) continue
      wrong++
      if (!truth.blank) lost++
      log(`${kind} page ${i} (${truth.variant}) called ${found.blank ? 'blank' : 'written'}`)
    }
  const value = wrong / (2 * count)
  // a dropped page fails the line whatever the share is
  return lost > 0
    ? { id: 'scan.blank.wrong', value: Math.max(value, 1), n: 2 * count, why: `${lost} written pages dropped` }
    : { id: 'scan.blank.wrong', value, n: 2 * count }
}

export async function separators({ log, samples }: BenchContext): Promise<Measured[]> {
  let read = 0
  let wrong = 0
  let pages = 0
  const slips = size(1000)
  const identities = Math.min(40, slips)
  const clean = []
  for (let k = 0; k < identities; k++) {
    const requestNo = `HG${String(3900 + k * 7919).padStart(8, '0')}`
    clean.push({ requestNo, raster: await cleanSlip(requestNo, k, SLIP_DPI) })
  }
  const marks: Raster[] = []
  const first = clean[0]
  if (!first) throw new Error('no slip was drawn')
  for (let k = 0; k < 24; k++) marks.push(await deskMarks(first.raster.width, first.raster.height, SLIP_DPI, k))
  for (let i = 0; i < slips; i++) {
    const { requestNo, raster } = clean[i % identities] ?? first
    const scan = await wornSlip(raster, i % 5 === 0 ? null : (marks[i % marks.length] ?? null), i)
    const { separator } = await analyse(scan, { separators: true })
    pages++
    if (separator.kind === 'slip' && separator.id === requestNo) read++
    else if (separator.kind === 'slip') wrong++
    else log(`slip ${i} was not read (${separator.kind})`)
  }
  const others = size(2000)
  for (let i = 0; i * 8 < others; i++) {
    const { scan } = await skewedPage(10_000 + i, DPI)
    for (let way = 0; way < 8; way++) {
      const { separator } = await analyse(laid(scan, way), { separators: true })
      pages++
      if (separator.kind === 'slip') wrong++
    }
  }
  for (const { path } of await samplesIn(samples)) {
    const { separator } = await analysePage(path, { dpi: SAMPLE_DPI, separators: true })
    pages++
    if (separator.kind === 'slip') wrong++
  }
  return [
    { id: 'scan.separator.read', value: read / slips, n: slips },
    { id: 'scan.separator.wrong', value: wrong, n: pages },
  ]
}

export async function pageTime(): Promise<Measured> {
  const times: number[] = []
  for (let i = 0; i < 6; i++) {
    const { scan } = await makePage({ kind: 'grey', lang: i % 2 === 0 ? 'zh' : 'en', seed: 500 + i, dpi: 300 })
    const file = await toJpeg(scan)
    for (let run = 0; run < 3; run++) {
      const from = performance.now()
      await analysePage(file, { dpi: 300, separators: true, spread: true, reading: true })
      // the first run of the first page compiles the code
      if (i > 0 || run > 0) times.push(performance.now() - from)
    }
  }
  return { id: 'scan.page.ms', value: median(times), n: times.length }
}

export async function measure(context: BenchContext): Promise<Measured[]> {
  const { wants, found, log } = context
  if (wants('scan.toscreen.p95')) found([await toScreen(context)])
  if (wants('scan.tosent')) found([await toSent(context)])
  if (wants('scan.memory.1000')) found([await memory(context, size(1000))])
  if (wants('scan.page.ms')) found([await pageTime()])
  let dropped = 0
  // a text page called blank fails that line too, so it needs the pages of this one
  if (wants('scan.deskew.p95', 'scan.blank.wrong')) {
    const skew = await deskew(context)
    dropped = skew.dropped
    found([skew.line])
  }
  if (wants('scan.gutter.p95')) found([await gutter(context)])
  if (wants('scan.blank.wrong')) found([await blank(dropped, log)])
  if (wants('scan.separator.read', 'scan.separator.wrong')) found(await separators(context))
  return []
}
