import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'
import { parseScan } from '../../../electron/domain/codes.ts'
import {
  LAYOUTS,
  type LayoutName,
  type SlipData,
  type SlipKind,
  type SlipLocale,
} from '../../../electron/core/printing/templates/data.ts'
import { paintSlips, renderSlip, renderSlips } from '../../../electron/core/printing/templates/index.ts'
import { impose, labelLayout, renderOnSheets } from '../../../electron/core/printing/templates/imposition.ts'
import { LABEL_SHEETS } from '../../../electron/core/printing/templates/label-sheets.ts'
import { missingPrograms, run } from '../../devices/programs.ts'
import { drawn } from '../../support/poppler.ts'
import { SAMPLES } from './slip-samples.ts'

const missing = missingPrograms('pdftotext', 'pdftoppm', 'qpdf')

/** Every kind on every paper it can be asked for. */
const CASES: [SlipKind, LayoutName, SlipLocale][] = [
  ['pullSlip', 'a4', 'zh-CN'],
  ['pullSlip', 'a5', 'zh-CN'],
  ['pullSlip', 'a5', 'en'],
  ['pullSlip', 'label4x6', 'zh-CN'],
  ['bookSlip', 'a5', 'zh-CN'],
  ['bookSlip', 'a5', 'en'],
  ['bookSlip', 'label4x6', 'en'],
  ['addressLabel', 'label100x60', 'zh-CN'],
  ['addressLabel', 'label4x6', 'en'],
  ['bagLabel', 'label4x6', 'zh-CN'],
  ['bagLabel', 'a5', 'en'],
  ['contentsList', 'a5', 'zh-CN'],
  ['contentsList', 'a4', 'en'],
  ['manifest', 'a4', 'zh-CN'],
  ['manifest', 'a4', 'en'],
  ['manifest', 'a5', 'zh-CN'],
  ['separatorSheet', 'a4', 'zh-CN'],
  ['receipt', 'a5', 'en'],
  ['receipt', 'roll80', 'zh-CN'],
  ['overdueNotice', 'a4', 'zh-CN'],
  ['blankManifest', 'a4', 'zh-CN'],
  ['coverPage', 'a4', 'zh-CN'],
  ['coverPage', 'a5', 'en'],
]

/** What must be readable on each, in any language. */
const WORDS: Record<SlipKind, string[]> = {
  pullSlip: ['中国人民大学图书馆', 'HG00003902', 'zx0000434894', 'I267/YQY=2', '文化苦旅', '2026-11-25', '取书单'],
  bookSlip: ['HG00003902', '文化苦旅', '2026-12-22', '01234567', '北京化工大学图书馆', '张**', '馆际互借书条'],
  addressLabel: ['北京化工大学图书馆', '100029', '010-6443 4785', '中国人民大学图书馆', 'HG00003902'],
  bagLabel: ['首都师范大学图书馆', 'B-RUC-D1-204', 'B20419', 'M-RUC-D1-2026-312'],
  contentsList: ['B-RUC-D1-204', 'SD00001211', '上册', '欧***', 'A*** B***', '01234566', 'G44/12=3'],
  separatorSheet: ['QH00012345', '清华大学图书馆', '123-131, 140'],
  receipt: ['P-00481516', '张**', '文化苦旅', '2026-12-22'],
  overdueNotice: ['催还通知', 'HG00003417', '00933102', '2026-11-15', '北京化工大学图书馆'],
  blankManifest: ['M-RUC-D1-2026-313', 'B-RUC-D1-205', '第二联', '封签'],
  coverPage: ['QH00012345', '古籍版式', '版本目录学研究', '123-131', '个人学习'],
  manifest: [
    'M-RUC-D1-2026-312',
    '清华大学图书馆',
    'QH00009911',
    '渐变流',
    '京邮物流',
    '张师傅',
    'B20418',
    '第一联',
    '第二联',
  ],
}

const CODES: Record<SlipKind, string[]> = {
  separatorSheet: ['QH00012345'],
  receipt: ['P-00481516'],
  overdueNotice: [],
  pullSlip: ['HG00003902'],
  bookSlip: ['HG00003902'],
  addressLabel: ['HG00003902'],
  bagLabel: ['B-RUC-D1-204'],
  contentsList: ['B-RUC-D1-204'],
  manifest: ['M-RUC-D1-2026-312'],
  blankManifest: ['M-RUC-D1-2026-313', 'B-RUC-D1-205', 'B-RUC-D1-206'],
  coverPage: ['QH00012345'],
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balis-slips-'))
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  prepareZXingModule({ overrides: { wasmBinary: (await readFile(wasm)).buffer as ArrayBuffer } })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function file(kind: SlipKind, layout: LayoutName, locale: SlipLocale) {
  const path = join(folder, `${kind}-${layout}-${locale}.pdf`)
  await writeFile(path, await renderSlip(kind, SAMPLES[kind], LAYOUTS[layout], locale))
  return path
}

async function codesOn(path: string, dpi: number, bars = false): Promise<string[]> {
  const { data, width, height } = await drawn(path, dpi)
  const image = await sharp(data, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer()
  const options: ReaderOptions = {
    formats: bars ? ['QRCode', 'Code128'] : ['QRCode'],
    tryHarder: bars,
    tryRotate: false,
    tryInvert: false,
    tryDownscale: false,
    maxNumberOfSymbols: 8,
  }
  const found = await readBarcodes(image, options)
  return found.map(({ text }) => text)
}

/** Width and height of every page, whole mm. */
async function sizesOf(path: string): Promise<number[][]> {
  const { stdout } = await run('pdfinfo', ['-f', '1', '-l', '99', path])
  const found = [...stdout.matchAll(/size:\s+([\d.]+) x ([\d.]+) pts/g)]
  return found.map(([, ...sides]) => sides.map((pts) => Math.round((Number(pts) / 72) * 25.4)))
}

describe.skipIf(missing.length > 0)(`printed slips ${missing.join(' ')}`, () => {
  it.each(CASES)(
    '%s on %s in %s: a sound file, as large as its paper, whose text can be found',
    async (kind, layout, locale) => {
      const path = await file(kind, layout, locale)
      const check = await run('qpdf', ['--check', path])
      expect(check.stdout).toContain('No syntax or stream encoding errors found')
      const { stdout, stderr } = await run('pdftotext', ['-layout', path, '-'])
      expect(stderr).toBe('')
      for (const word of WORDS[kind]) expect(stdout).toContain(word)
      expect(stdout).not.toContain('张三丰')
      expect(stdout).not.toContain('欧阳文忠')
      const sizes = await sizesOf(path)
      expect(sizes.length).toBeGreaterThan(0)
      const { widthMm, heightMm } = LAYOUTS[layout]
      for (const [width, height] of sizes) {
        expect(width).toBe(Math.round(widthMm))
        // A roll is cut where the receipt ends.
        if (layout !== 'roll80') expect(height).toBe(Math.round(heightMm))
      }
    },
  )

  // The language does not change the code.
  it.each(CASES.filter(([, , locale]) => locale === 'zh-CN'))(
    '%s on %s in %s: its code is read at 203 and 300 dots per inch',
    async (kind, layout, locale) => {
      const path = await file(kind, layout, locale)
      for (const dpi of [203, 300]) {
        const texts = await codesOn(path, dpi, kind === 'bookSlip')
        const ours = texts.map(parseScan).filter((code) => 'checked' in code && code.checked)
        // A separator carries its code twice.
        const ids = new Set(ours.map((code) => ('id' in code ? code.id : '')))
        expect([...ids], `${dpi} dpi`).toEqual(CODES[kind])
        if (kind === 'bookSlip') expect(texts).toContain('01234567')
      }
    },
  )

  it('has all its ink: the cut-down font draws what the whole font would', async () => {
    // A subset that loses glyphs still "extracts"; blank or boxed characters show as far too little ink.
    const path = await file('manifest', 'a4', 'zh-CN')
    const { stdout } = await run('pdffonts', [path])
    expect(stdout).toMatch(/CID TrueType\s+Identity-H\s+yes yes yes/)
    const box = ['-x', '120', '-y', '150', '-W', '420', '-H', '110']
    const image = join(folder, 'title')
    await run('pdftoppm', ['-r', '203', '-gray', ...box, '-f', '1', '-l', '1', '-singlefile', path, image])
    const pixels = (await readFile(`${image}.pgm`)).subarray(-420 * 110)
    const dark = pixels.reduce((sum, value) => sum + (value < 128 ? 1 : 0), 0) / pixels.length
    expect(dark).toBeGreaterThan(0.08)
  })
})

describe('templates', () => {
  it('give the same bytes for the same data', async () => {
    for (const kind of Object.keys(SAMPLES) as SlipKind[]) {
      const [a, b] = [await renderSlip(kind, SAMPLES[kind]), await renderSlip(kind, SAMPLES[kind])]
      expect(Buffer.from(a).equals(Buffer.from(b)), kind).toBe(true)
    }
  })

  it('draw a thermal label in black only', async () => {
    const pages = await paintSlips('bagLabel', [SAMPLES.bagLabel], LAYOUTS.label4x6, 'zh-CN')
    const white = pages.flatMap(({ paint }) => paint).filter(({ grey }) => grey !== 0)
    // The one thing that is not black is white: the route in its black box.
    expect(white).toMatchObject([{ kind: 'text', text: '线路 2', grey: 1 }])
  })

  it('put every bar of a code on whole dots of its printer', async () => {
    for (const [kind, layout] of [
      ['bagLabel', 'label4x6'],
      ['pullSlip', 'a5'],
      ['bookSlip', 'label4x6'],
    ] as const) {
      const dot = 25.4 / LAYOUTS[layout].dpi
      const [page] = await paintSlips(kind, [SAMPLES[kind]] as SlipData[typeof kind][], LAYOUTS[layout], 'zh-CN')
      const codes = page!.paint.filter((paint) => paint.kind === 'boxes' && paint.boxes.length > 20)
      expect(codes.length).toBeGreaterThan(0)
      for (const code of codes) {
        for (const [x, , width] of code.kind === 'boxes' ? code.boxes : []) {
          for (const dots of [x / dot, width / dot]) expect(Math.abs(dots - Math.round(dots))).toBeLessThan(1e-6)
        }
      }
    }
  })

  it('keep the volume when a long title is cut', async () => {
    const [page] = await paintSlips('contentsList', [SAMPLES.contentsList], LAYOUTS.a5, 'zh-CN')
    const texts = page!.paint.flatMap((paint) => (paint.kind === 'text' ? [paint.text] : []))
    expect(texts).toContain('上册')
    expect(texts.find((text) => text.startsWith('大学英语'))).toMatch(/…$/)
  })

  it('print each item of a long run once on each of the two copies, over several pages', async () => {
    const items = Array.from({ length: 40 }, (_, i) => ({
      ...SAMPLES.contentsList.items[0]!,
      requestNo: `SD${String(i).padStart(8, '0')}`,
    }))
    const bags = [0, 1, 2].map((n) => ({ ...SAMPLES.manifest.bags[0]!, bag: `B-RUC-D1-${n}`, items: items.slice(n) }))
    const pages = await paintSlips('manifest', [{ ...SAMPLES.manifest, bags }], LAYOUTS.a4, 'zh-CN')
    const texts = pages.map(({ paint }) => paint.flatMap((one) => (one.kind === 'text' ? [one.text] : [])))
    for (const [n, { requestNo }] of items.entries()) {
      const expected = 2 * Math.min(3, n + 1)
      expect(texts.flat().filter((text) => text === requestNo)).toHaveLength(expected)
    }
    const half = pages.length / 2
    expect(half).toBeGreaterThan(2)
    expect(texts[half - 1]!.some((text) => text.includes(`第一联 交物流 · ${half} / ${half}`))).toBe(true)
    expect(texts[half]!.some((text) => text.includes(`第二联 馆留存 · 1 / ${half}`))).toBe(true)
    for (const { paint, heightMm } of pages) {
      for (const one of paint) if (one.kind === 'text') expect(one.y).toBeLessThan(heightMm - LAYOUTS.a4.marginMm + 1)
    }
  })

  it('come to an end on paper too small for a single row, whatever the kind', async () => {
    for (const kind of Object.keys(SAMPLES) as SlipKind[])
      for (const sheet of Object.values(LABEL_SHEETS)) {
        const pages = await paintSlips(kind, [SAMPLES[kind]], labelLayout(sheet), 'zh-CN')
        expect(pages.length, kind).toBeGreaterThan(0)
      }
  })

  it('mark a reprint and only a reprint', async () => {
    const textsOf = async (copyNo: number) => {
      const pages = await paintSlips('pullSlip', [{ ...SAMPLES.pullSlip, copyNo }], LAYOUTS.a5, 'zh-CN')
      return pages.flatMap(({ paint }) => paint.flatMap((one) => (one.kind === 'text' ? [one.text] : []))).join('\n')
    }
    expect(await textsOf(1)).not.toContain('补印')
    expect(await textsOf(3)).toContain('第 3 份 Copy 3')
  })

  it('stay on the paper whatever the names are', async () => {
    const long = '北京航空航天大学图书馆沙河校区学院路校区联合文献传递服务中心'.repeat(3)
    const stuffed = (value: unknown): unknown => {
      if (typeof value === 'string') return /^[A-Za-z0-9-]+$/.test(value) ? value : `${value}${long}`
      if (Array.isArray(value)) return value.map(stuffed)
      if (value === null || typeof value !== 'object') return value
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, stuffed(one)]))
    }
    for (const [kind, layout, locale] of CASES) {
      const data = stuffed(SAMPLES[kind]) as never
      for (const page of await paintSlips(kind, [data], LAYOUTS[layout], locale)) {
        for (const one of page.paint) {
          if (one.kind !== 'text') continue
          expect(one.x, `${kind} ${layout} ${one.text}`).toBeGreaterThanOrEqual(0)
          expect(one.y, `${kind} ${layout} ${one.text}`).toBeLessThan(page.heightMm)
        }
      }
    }
  })

  it('render a batch as one file, a slip a page', async () => {
    const slips = [1, 2, 3].map((n) => ({ ...SAMPLES.pullSlip, sheet: { n, of: 3 } }))
    const pdf = await renderSlips('pullSlip', slips, LAYOUTS.a5, 'zh-CN')
    const pages = await paintSlips('pullSlip', slips, LAYOUTS.a5, 'zh-CN')
    expect(pages).toHaveLength(3)
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  })

  it('fit on label sheets from the first free position on', async () => {
    const labels = Array.from({ length: 13 }, (_, i) => ({ ...SAMPLES.addressLabel, code: `HG${10_000_000 + i}` }))
    const sheet = LABEL_SHEETS.labels14
    const painted = await paintSlips('addressLabel', labels, labelLayout(sheet), 'zh-CN')
    const pages = impose(painted, sheet, 4)
    const placeOf = (code: string) => {
      const page = pages.findIndex(({ paint }) => paint.some((one) => one.kind === 'text' && one.text === code))
      const found = pages[page]!.paint.find((one) => one.kind === 'text' && one.text === code)
      if (found?.kind !== 'text') throw new Error('not found')
      const column = Math.floor((found.x - sheet.leftMm) / sheet.pitchXMm)
      return [page, Math.floor((found.y - sheet.topMm) / sheet.pitchYMm) * sheet.columns + column + 1]
    }
    labels.forEach(({ code }, i) => expect(placeOf(code)).toEqual(i < 11 ? [0, 4 + i] : [1, i - 10]))
    expect(() => impose(painted, sheet, 15)).toThrow(RangeError)
    expect(() => impose(painted, sheet, 0)).toThrow(RangeError)
    // Nothing of a label runs into the next, and codes stay on whole dots of the sheet's printer.
    const dot = 25.4 / 600
    for (const { paint } of painted) {
      for (const one of paint) if (one.kind === 'text') expect(one.y).toBeLessThan(sheet.labelHeightMm)
    }
    for (const one of pages.flatMap(({ paint }) => paint)) {
      if (one.kind !== 'boxes' || one.boxes.length < 20) continue
      for (const [x] of one.boxes) expect(Math.abs(x / dot - Math.round(x / dot))).toBeLessThan(1e-6)
    }
  })

  it.skipIf(missing.length > 0)('can be read on every kind of label sheet', async () => {
    const cases = [
      ['labels14', 'addressLabel'],
      ['labels8', 'addressLabel'],
      ['labels4', 'bagLabel'],
      ['slips4', 'pullSlip'],
    ] as const
    for (const [name, kind] of cases) {
      const sheet = LABEL_SHEETS[name]
      const path = join(folder, `${name}.pdf`)
      const items = [SAMPLES[kind], SAMPLES[kind]] as SlipData[typeof kind][]
      await writeFile(path, await renderOnSheets(kind, items, sheet, 'zh-CN', 2))
      const texts = await codesOn(path, 203, true)
      expect(texts.map(parseScan), name).toMatchObject([{ id: CODES[kind][0] }, { id: CODES[kind][0] }])
    }
  })
})
