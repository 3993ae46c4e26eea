/** Size, likeness, legibility and time of scanned pages against OCRmyPDF and Ghostscript. */
import { join } from 'node:path'
import { encodeG4 } from '../../../electron/core/documents/bilevel/g4.ts'
import { encodeJbig2 } from '../../../electron/core/documents/bilevel/jbig2.ts'
import { binarise } from '../../../electron/core/documents/raster/binarise.ts'
import { loadRaster } from '../../../electron/core/documents/raster/load.ts'
import { estimatePaper } from '../../../electron/core/documents/raster/paper.ts'
import { median, type BenchContext, type Measured } from '../line.ts'
import { readText, score } from './legibility.ts'
import { likeness, renderPage } from './likeness.ts'
import type { BenchPage, BenchSet } from './sets.ts'
import {
  buildOnce,
  bytesOf,
  imagesOf,
  job,
  runGhostscript,
  runOcrmypdf,
  scansOf,
  timed,
  watchBuild,
  wrapScans,
} from './tools.ts'
import type { Cost } from './watch.ts'

const RUNS = 5
/** Pages of the timed document, the set taken round and round: an article. */
const TIMED_PAGES = 16

interface Output {
  readonly file: string
  readonly cost: Cost
}
interface Outputs {
  readonly set: BenchSet
  readonly ocrmypdf: Output
  readonly gs: Output
  readonly clean: Output
  readonly paper: Output
}

async function makeOutputs(set: BenchSet, dir: string): Promise<Outputs> {
  const stem = join(dir, set.name.replaceAll(' ', '-'))
  const input = await wrapScans(scansOf(set), `${stem}-wrapped.pdf`)
  const made = async (name: string, run: (out: string) => Promise<Cost>): Promise<Output> => {
    const file = `${stem}-${name}.pdf`
    return { file, cost: await run(file) }
  }
  return {
    set,
    ocrmypdf: await made('ocrmypdf', (out) => runOcrmypdf(input, out)),
    gs: await made('gs', (out) => runGhostscript(input, out)),
    clean: await made('clean', (out) => watchBuild(out, 'clean', scansOf(set))),
    paper: await made('paper', (out) => watchBuild(out, 'paper', scansOf(set))),
  }
}

const TOOLS = ['ocrmypdf', 'gs', 'clean', 'paper'] as const

/** One row a tool: size, time, memory, likeness to the page without noise (else to the scan), size beside ocrmypdf's. */
async function printTable(outputs: Outputs, log: BenchContext['log']): Promise<void> {
  const { set } = outputs
  const pages = set.pages.length
  for (const name of TOOLS) {
    const { file, cost } = outputs[name]
    const like = await likeness(file, set.aligned ? originalsOf(set) : scansOf(set), 2)
    log(
      `${set.name} | ${name} | ${Math.round(bytesOf(file) / pages)} B/page | ${(cost.ms / 1000 / pages).toFixed(2)} s/page` +
        ` | ${cost.mb.toFixed(0)} MB | SSIM ${like.toFixed(3)}` +
        ` | ${(bytesOf(file) / bytesOf(outputs.ocrmypdf.file)).toFixed(3)} of ocrmypdf`,
    )
  }
}

const originalsOf = (set: BenchSet): string[] => set.pages.map(({ reference }) => reference)

/** The line whose decisive figure is worst among several sets. */
function worst(lines: readonly Measured[], higherIsBetter: boolean): Measured {
  const figure = (line: Measured): number => (line.value ?? 0) / (line.peerValue ?? 1)
  return lines.reduce((a, b) => (figure(a) < figure(b) === higherIsBetter ? a : b))
}

const size = (id: string, ours: string, peer: string, peerFile: string, n: number): Measured => ({
  id,
  value: bytesOf(ours),
  peer,
  peerValue: bytesOf(peerFile),
  n,
})

interface CompressionPart {
  readonly name: string
  readonly ids: readonly string[]
  measure(): Promise<Measured[]>
}

const SIZES = ['doc.grey.bytes.ocrmypdf', 'doc.grey.bytes.gs', 'doc.colour.bytes.ocrmypdf', 'doc.paper.bytes.ocrmypdf']
const LIKENESSES = ['doc.grey.ssim', 'doc.colour.ssim', 'doc.paper.ssim']

/** What is measured of scanned pages, dearest last; every tool runs once over each set, for all who look at its output. */
export function compressionParts(context: BenchContext, sets: () => Promise<BenchSet[]>): CompressionPart[] {
  const { dir, log } = context
  const made = new Map<BenchSet, Outputs>()
  /** One set after the other: what is timed must not run beside anything else. */
  const outputs = async (kind?: BenchSet['kind']): Promise<Outputs[]> => {
    const wanted = (await sets()).filter((set) => kind === undefined || set.kind === kind)
    for (const set of wanted) {
      if (made.has(set)) continue
      log(`${set.name}: ${set.pages.length} pages through every tool`)
      made.set(set, await makeOutputs(set, dir))
    }
    return wanted.map((set) => made.get(set)!)
  }
  const greySets = async (): Promise<BenchSet[]> => (await sets()).filter((set) => set.kind === 'grey')
  return [
    {
      name: 'encoding',
      ids: ['doc.encode.ms', 'doc.grey.bytes.g4'],
      measure: async () => encoding(await greySets()),
    },
    {
      name: 'sizes and likeness',
      ids: [...SIZES, ...LIKENESSES],
      measure: async () => {
        const [grey, colour] = [await outputs('grey'), await outputs('colour')]
        const both = [...grey, ...colour]
        for (const one of await outputs()) await printTable(one, log)
        return [
          bytes('doc.grey.bytes.ocrmypdf', grey, 'clean', 'ocrmypdf'),
          bytes('doc.grey.bytes.gs', grey, 'clean', 'gs'),
          bytes('doc.colour.bytes.ocrmypdf', colour, 'clean', 'ocrmypdf'),
          bytes('doc.paper.bytes.ocrmypdf', both, 'paper', 'ocrmypdf'),
          await likenessLine('doc.grey.ssim', grey),
          await likenessLine('doc.colour.ssim', colour),
          await paperLikeness(both),
        ]
      },
    },
    ...(['en', 'zh'] as const).map((language) => ({
      name: `reading ${language} with tesseract`,
      ids: [`doc.ocr.${language}`],
      measure: async () => [await legibility(dir, await outputs('grey'), language)],
    })),
    {
      name: 'speed',
      ids: ['doc.speed.ocrmypdf', 'doc.speed.gs'],
      measure: async () => speed(dir, (await sets())[0]!, context),
    },
  ]
}

function bytes(id: string, group: readonly Outputs[], own: 'clean' | 'paper', peer: 'ocrmypdf' | 'gs'): Measured {
  return worst(
    group.map((made) => size(id, made[own].file, peer, made[peer].file, made.set.pages.length)),
    false,
  )
}

/** Likeness to the noise-free page minus that of the better peer; the worst set counts. */
async function likenessLine(id: string, group: readonly Outputs[]): Promise<Measured> {
  const lines: Measured[] = []
  for (const { set, clean, ocrmypdf, gs } of group.filter((made) => made.set.aligned)) {
    const originals = originalsOf(set)
    const own = await likeness(clean.file, originals)
    const peers = [await likeness(ocrmypdf.file, originals), await likeness(gs.file, originals)]
    lines.push({ id, value: own - Math.max(...peers), n: Math.min(4, originals.length) })
  }
  return worst(lines, true)
}

/** Likeness to the scan itself minus OCRmyPDF's: the paper profile keeps what the page looked like. */
async function paperLikeness(group: readonly Outputs[]): Promise<Measured> {
  const lines: Measured[] = []
  for (const { set, paper, ocrmypdf } of group) {
    const scans = scansOf(set)
    const value = (await likeness(paper.file, scans)) - (await likeness(ocrmypdf.file, scans))
    lines.push({ id: 'doc.paper.ssim', value, n: Math.min(4, scans.length) })
  }
  return worst(lines, true)
}

async function legibility(dir: string, group: readonly Outputs[], language: 'en' | 'zh'): Promise<Measured> {
  const lines: Measured[] = []
  for (const { set, clean } of group) {
    const chosen = set.pages
      .map((page, i) => ({ page, i }))
      .filter(({ page }) => page.language === language)
      .slice(0, 4)
    const differences: number[] = []
    for (const { page, i } of chosen) {
      const drawn = await renderPage(dir, clean.file, i + 1, 300)
      // Two at a time, one a core.
      const [ours, scanned] = await Promise.all([readText(drawn, language), readText(page.scan, language)])
      differences.push(score(ours, page.text, language) - score(scanned, page.text, language))
    }
    const value = differences.reduce((a, b) => a + b, 0) / differences.length
    lines.push({ id: `doc.ocr.${language}`, value, n: differences.length })
  }
  return worst(lines, true)
}

async function encoding(sets: readonly BenchSet[]): Promise<Measured[]> {
  const times: number[] = []
  let jbig2 = 0
  let g4 = 0
  const pages: BenchPage[] = sets.flatMap((set) => set.pages)
  for (const { scan } of pages) {
    const raster = await loadRaster({ kind: 'image', path: scan })
    const ink = binarise(raster, estimatePaper(raster), [])
    for (let run = 0; run < 3; run++) {
      const began = performance.now()
      const coded = encodeJbig2(ink)
      times.push(performance.now() - began)
      if (run === 0) jbig2 += coded.length
    }
    g4 += encodeG4(ink).length
  }
  return [
    { id: 'doc.encode.ms', value: median(times), n: times.length },
    { id: 'doc.grey.bytes.g4', value: jbig2, peer: 'own G4', peerValue: g4, n: pages.length },
  ]
}

async function speed(dir: string, set: BenchSet, { log, wants }: BenchContext): Promise<Measured[]> {
  const scans = Array.from({ length: TIMED_PAGES }, (_, i) => scansOf(set)[i % set.pages.length]!)
  const input = await wrapScans(scans, join(dir, 'speed-input.pdf'))
  const own: number[] = []
  const ocrmypdf: number[] = []
  const gs: number[] = []
  for (let run = 0; run < RUNS; run++) {
    own.push(await timed(() => buildOnce(job(imagesOf(scans), join(dir, 'speed.pdf')))))
    gs.push((await runGhostscript(input, join(dir, 'speed-gs.pdf'))).ms)
    if (wants('doc.speed.ocrmypdf')) ocrmypdf.push((await runOcrmypdf(input, join(dir, 'speed-ocrmypdf.pdf'))).ms)
    log(`round ${run + 1} of ${RUNS}: ours ${own.at(-1)!.toFixed(0)} ms, gs ${gs.at(-1)!.toFixed(0)} ms`)
  }
  const line = (id: string, peer: string, values: number[]): Measured => ({
    id,
    value: median(own),
    peer,
    peerValue: median(values),
    n: values.length,
  })
  return [
    ...(ocrmypdf.length > 0 ? [line('doc.speed.ocrmypdf', 'ocrmypdf', ocrmypdf)] : []),
    line('doc.speed.gs', 'gs', gs),
  ]
}
