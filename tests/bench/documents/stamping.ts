/** Stamping born-digital PDFs against `qpdf --overlay`, the making of its overlay included. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fontkit from '@cantoo/fontkit'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { fontPath } from '../../../electron/core/documents/index.ts'
import { PdfWriter } from '../../../electron/core/documents/pdf/writer.ts'
import { embedFont } from '../../../electron/core/documents/stamp/embed-font.ts'
import { FONT_NAME, stampContent } from '../../../electron/core/documents/stamp/content.ts'
import { subsetFont, type FontSubset } from '../../../electron/core/documents/stamp/font.ts'
import { stampCharacters, stampLines } from '../../../electron/core/documents/stamp/template.ts'
import type { StampOptions } from '../../../electron/core/documents/types.ts'
import { requestQr } from '../../../electron/core/documents/stamp/qr.ts'
import { median, type BenchContext, type Measured } from '../line.ts'
import { flate, rawPdf, type RawObject } from '../../unit/documents/support/raw-pdf.ts'
import { greyOf } from './likeness.ts'
import { buildOnce, bytesOf, job, timed, tool } from './tools.ts'

const PAGES = 500
const MANY_PAGES = 2415
const RUNS = 5
const STAMP: StampOptions = {
  template: 'header-footer',
  library: '中国人民大学图书馆',
  libraryEn: 'Renmin University of China Library',
  requestNo: 'HG00003902',
  date: '2026-11-22',
  qr: true,
}

/** A text document as word processors make it: some kilobytes of drawing a page, object streams. */
async function bornDigital(dir: string, pages: number): Promise<string> {
  const kids = Array.from({ length: pages }, (_, i) => `${4 + i * 2} 0 R`).join(' ')
  const objects: RawObject[] = [
    { number: 1, body: '<</Type/Catalog/Pages 2 0 R>>' },
    { number: 2, body: `<</Type/Pages/Count ${pages}/Kids[${kids}]/Resources<</Font<</F1 3 0 R>>>>>>` },
    { number: 3, body: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>' },
  ]
  for (let i = 0; i < pages; i++) {
    let content = 'BT /F1 10 Tf 13 TL 60 780 Td\n'
    for (let line = 0; line < 52; line++)
      content += `(Line ${line} of page ${i}: ${((i * 7919 + line * 104729) % 1e9).toString(36)} interlibrary loans and copies ${(i * line) % 977}) Tj T*\n`
    objects.push({
      number: 4 + i * 2,
      body: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${5 + i * 2} 0 R>>`,
    })
    objects.push({ number: 5 + i * 2, body: flate('', `${content}ET\n`) })
  }
  const plain = join(dir, `plain-${pages}.pdf`)
  const out = join(dir, `digital-${pages}.pdf`)
  await writeFile(plain, rawPdf(objects))
  await tool('qpdf', ['--object-streams=generate', plain, out])
  return out
}

/** The overlay that qpdf is given: the same texts and code on empty pages. */
async function makeOverlay(out: string, pages: number): Promise<void> {
  const document = await PDFDocument.create()
  document.registerFontkit(fontkit as unknown as Parameters<typeof document.registerFontkit>[0])
  const font = await document.embedFont(readFileSync(fontPath()), { subset: true })
  const { bits, width, height, stride } = requestQr(STAMP.requestNo)
  const grey = Uint8Array.from({ length: width * height }, (_, i) => {
    const x = i % width
    const y = (i - x) / width
    return bits[y * stride + (x >> 3)]! & (128 >> (x & 7)) ? 0 : 255
  })
  const code = await document.embedPng(
    await sharp(grey, { raw: { width, height, channels: 1 } })
      .png()
      .toBuffer(),
  )
  for (let i = 1; i <= pages; i++) {
    const page = document.addPage([595, 842])
    for (const { text, corner } of stampLines(STAMP, { page: i, pages, hash: '0123456789' })) {
      const x = corner.endsWith('left') ? 14 : 320
      page.drawText(text, { x, y: corner.startsWith('top') ? 822 : 14, size: 7.5, font })
    }
    page.drawImage(code, { x: 541, y: 10, width: 40, height: 40 })
  }
  await writeFile(out, await document.save())
}

export const STAMPING_IDS = [
  'doc.stamp.500',
  'doc.stamp.bytes',
  'doc.stamp.linear',
  'doc.stamp.text',
  'doc.stamp.ink',
] as const

export async function measureStamping({ dir, log, wants }: BenchContext): Promise<Measured[]> {
  if (!wants('doc.stamp.500', 'doc.stamp.bytes', 'doc.stamp.linear', 'doc.stamp.text')) return [await inkLine(dir)]
  log(`stamping ${PAGES} and ${MANY_PAGES} pages`)
  const input = await bornDigital(dir, PAGES)
  const many = await bornDigital(dir, MANY_PAGES)
  const out = join(dir, 'stamped.pdf')
  const overlay = join(dir, 'overlay.pdf')
  const peerOut = join(dir, 'stamped-qpdf.pdf')
  const own: number[] = []
  const ownMany: number[] = []
  const peer: number[] = []
  for (let run = 0; run < RUNS; run++) {
    own.push(await timed(() => buildOnce(job([{ kind: 'pdf', path: input }], out, { stamp: STAMP }))))
    peer.push(
      await timed(async () => {
        await makeOverlay(overlay, PAGES)
        await tool('qpdf', [input, '--overlay', overlay, '--', peerOut])
      }),
    )
    const manyOut = join(dir, 'stamped-many.pdf')
    ownMany.push(await timed(() => buildOnce(job([{ kind: 'pdf', path: many }], manyOut, { stamp: STAMP }))))
  }
  const pages = (await tool('pdftotext', [out, '-'])).split('\f').slice(0, -1)
  const found = pages.filter((text) => text.includes(STAMP.library) && text.includes(STAMP.requestNo)).length
  return [
    { id: 'doc.stamp.500', value: median(own), peer: 'qpdf --overlay', peerValue: median(peer), n: RUNS },
    { id: 'doc.stamp.bytes', value: bytesOf(out), peer: 'qpdf --overlay', peerValue: bytesOf(peerOut), n: PAGES },
    { id: 'doc.stamp.linear', value: median(ownMany) / median(own), n: RUNS },
    { id: 'doc.stamp.text', value: found / PAGES, n: PAGES },
    await inkLine(dir),
  ]
}

/** The whole font under the numbers its own glyphs have. */
async function wholeFont(characters: string): Promise<FontSubset> {
  const subset = await subsetFont(characters)
  const data = readFileSync(fontPath())
  const font = fontkit.create(data)
  if (!('glyphForCodePoint' in font)) throw new Error('a collection where a font was expected')
  const glyphs = Object.fromEntries(
    Object.entries(subset.glyphs).map(([character, { advance }]) => {
      const glyph = font.glyphForCodePoint(character.codePointAt(0)!)
      return [character, { id: glyph?.id ?? 0, advance }]
    }),
  )
  return { ...subset, data, glyphs }
}

/** Ink of a stamp with our subset against the same stamp with the unsubset font, the worse of two renderers. */
async function inkLine(dir: string): Promise<Measured> {
  const view = { x: 0, y: 0, width: 595, height: 842, rotate: 0, unit: 1 } as const
  const characters = stampCharacters(STAMP)
  const ink: Record<string, number[]> = { poppler: [], ghostscript: [] }
  for (const font of [await subsetFont(characters), await wholeFont(characters)]) {
    const path = join(dir, `ink-${font.data.length}.pdf`)
    const writer = await PdfWriter.create(path)
    const [fontObject, content] = [writer.file.allocate(), writer.file.allocate()]
    await embedFont(writer.file, fontObject, font)
    const drawn = stampContent({ ...STAMP, qr: false }, { page: 1, pages: 1, hash: '0123456789' }, view, font)
    await writer.file.compressed(content, '', Buffer.from(drawn))
    const entries = `/MediaBox[0 0 595 842]/Resources<</Font<</${FONT_NAME} ${fontObject} 0 R>>>>/Contents ${content} 0 R`
    await writer.addPage(writer.file.allocate(), entries)
    await writer.finish({ metadata: { title: 'ink', requestNo: '', library: '' }, covers: 0, fingerprint: path })
    const [poppler, ghostscript] = [`${path}-p`, `${path}-g.png`]
    await tool('pdftoppm', ['-r', '200', '-gray', '-singlefile', '-png', path, poppler])
    execFileSync('gs', [
      '-q',
      '-dBATCH',
      '-dNOPAUSE',
      '-sDEVICE=pnggray',
      '-r200',
      '-dTextAlphaBits=4',
      `-sOutputFile=${ghostscript}`,
      path,
    ])
    for (const [name, image] of [
      ['poppler', `${poppler}.png`],
      ['ghostscript', ghostscript],
    ] as const) {
      const { data } = await greyOf(image)
      ink[name]!.push(data.reduce((sum, value) => sum + 255 - value, 0))
    }
  }
  const deviations = Object.values(ink).map(([subset, whole]) => Math.abs(subset! / whole! - 1))
  return { id: 'doc.stamp.ink', value: Math.max(...deviations), n: 2 }
}
