/** The pages that are measured: scans from seeds with their noise-free originals and their text. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { makePage, toJpeg, toPng } from '../pages/page.ts'
import type { BenchContext } from '../line.ts'

export interface BenchPage {
  readonly name: string
  readonly language: 'en' | 'zh'
  /** JPEG quality 90, 300 dpi, as scanners give it. */
  readonly scan: string
  /** The page without noise in the scan's own geometry. */
  readonly reference: string
  readonly text: string
}

export interface BenchSet {
  readonly name: string
  /** The goals are set on grey and colour; the others are shown beside them. */
  readonly kind: 'grey' | 'colour' | 'bitonal' | 'spread'
  /** The references lie in the scans' own geometry, so that the two can be compared pixel by pixel. */
  readonly aligned: boolean
  readonly pages: readonly BenchPage[]
}

/** Pages of one kind, half of them English and half Chinese. */
async function generate(dir: string, kind: 'grey' | 'colour' | 'spread', count: number): Promise<BenchSet> {
  const folder = join(dir, kind)
  await mkdir(folder, { recursive: true })
  const pages: BenchPage[] = []
  for (let i = 0; i < count; i++) {
    const language = i % 2 === 0 ? 'en' : 'zh'
    const made = await makePage({ kind, lang: language, seed: 1000 + i })
    const name = `${kind}-${language}-${i}`
    const scan = join(folder, `${name}.jpg`)
    const reference = join(folder, `${name}.png`)
    await writeFile(scan, await toJpeg(made.scan, 90))
    await writeFile(reference, await toPng(made.reference))
    pages.push({ name, language, scan, reference, text: made.text })
  }
  return { name: `seeded ${kind}`, kind, aligned: true, pages }
}

const DOTS_A_MM = 300 / 25.4

/** Pages as an office scanner gives them when it is set to text: black and white already. */
async function bitonalOf(grey: BenchSet, dir: string, count: number): Promise<BenchSet> {
  const folder = join(dir, 'bitonal')
  await mkdir(folder, { recursive: true })
  const pages: BenchPage[] = []
  for (const page of grey.pages.slice(0, count)) {
    const scan = join(folder, `${page.name}.tif`)
    await sharp(page.scan)
      .toColourspace('b-w')
      .threshold(150)
      .tiff({ compression: 'deflate', predictor: 'none', bitdepth: 1, xres: DOTS_A_MM, yres: DOTS_A_MM })
      .toFile(scan)
    pages.push({ ...page, scan })
  }
  return { name: 'bitonal text', kind: 'bitonal', aligned: true, pages }
}

/** A folder laid out like the design's samples: scans/, clean/ and text/ under the same names. Its clean pages lie straight. */
async function fromSamples(folder: string, kind: BenchSet['kind']): Promise<BenchSet | null> {
  const scans = (await readdir(join(folder, 'scans'))).filter((name) =>
    name.startsWith(kind === 'grey' ? 'gray' : 'colour'),
  )
  const pages: BenchPage[] = []
  for (const file of scans.sort()) {
    const name = basename(file, '.jpg')
    const reference = join(folder, 'clean', `${name}.png`)
    const text = join(folder, 'text', `${name}.txt`)
    if (!existsSync(reference) || !existsSync(text)) continue
    const language = name.includes('-zh-') ? 'zh' : 'en'
    pages.push({ name, language, scan: join(folder, 'scans', file), reference, text: await readFile(text, 'utf8') })
  }
  return pages.length > 0 ? { name: `samples ${kind}`, kind, aligned: false, pages } : null
}

const GREY_PAGES = 8
const COLOUR_PAGES = 6
const OTHER_PAGES = 4

export async function makeSets({ dir, samples, log }: BenchContext): Promise<BenchSet[]> {
  log('making pages')
  const grey = await generate(dir, 'grey', GREY_PAGES)
  const sets: (BenchSet | null)[] = [
    grey,
    await generate(dir, 'colour', COLOUR_PAGES),
    await bitonalOf(grey, dir, OTHER_PAGES),
    await generate(dir, 'spread', OTHER_PAGES),
  ]
  if (samples) sets.push(await fromSamples(samples, 'grey'), await fromSamples(samples, 'colour'))
  return sets.filter((set) => set !== null)
}
