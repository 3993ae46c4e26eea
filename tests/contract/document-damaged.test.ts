/** Received PDFs that are damaged or made to harm: mended, or refused by name. */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import {
  firstExtra,
  flate,
  modernPdf,
  rawPdf,
  simpleObjects,
  simplePdf,
  stream,
} from '../unit/documents/support/raw-pdf.ts'
import { HOPELESS, MENDABLE } from '../unit/documents/support/odd-files.ts'
import { codes, expectStamped, receivedDesk } from '../unit/documents/support/received.ts'
import { writeScan } from '../unit/documents/support/scans.ts'
import { has, job, tool } from '../unit/documents/support/tools.ts'

const tools = has('pdftotext') && has('pdftoppm') && has('qpdf')
const { folder, engine, save, deliver, build, merge, plainOf } = await receivedDesk()

describe.skipIf(!tools)('a damaged PDF', () => {
  test('is read whole whatever is wrong with its frame', async () => {
    const built = await merge(MENDABLE.map(([, bytes]) => bytes))
    expectStamped(built.texts, 3 * MENDABLE.length)
    built.texts.forEach((page, i) =>
      expect(page, MENDABLE[Math.floor(i / 3)]![0]).toContain(`Sentence number ${i % 3} of the text`),
    )
  })

  test.each([
    ['one object stands elsewhere', (text: string) => text.replace(/(\d{10}) 00000 n \n$/m, '0000000017 00000 n \n')],
    ['a page breaks off', (text: string) => text.replace('/Contents 7 0 R>>', '/Contents 7 0 R')],
  ])('of which %s keeps all its text', async (_name, change) => {
    const built = await build(Buffer.from(change(simplePdf().toString('latin1')), 'latin1'))
    expectStamped(built.texts, 3)
    built.texts.forEach((page, i) => expect(page).toContain(`Sentence number ${i}`))
  })

  test.each([
    ['an inline image without end', 'q BI /W 9 /H 9 /BPC 8 /CS /G ID \x01\x02'],
    ['a string without end and thirty open states', `${'q '.repeat(30)}0.01 0 0 0.01 0 0 cm (never`],
    ['names no reader likes', '/a#zz gs /b\0c gs [ << /x'],
    ['bytes that are no content at all', Buffer.from(Array.from({ length: 2000 }, (_, i) => (i * 73) % 256))],
  ])('with %s is stamped all the same, and qpdf finds no fault', async (_name, content) => {
    const objects = simpleObjects({ pages: 2 }).map((object) =>
      object.number === 5 ? { number: 5, body: stream('', content) } : object,
    )
    expectStamped((await build(rawPdf(objects))).texts, 2)
  })

  test('images and old filters that break off are mended or left white, text beside them stays', async () => {
    const scan = await readFile(await writeScan(folder, 'jpeg-inside', { seed: 4 }))
    const jpeg = await sharp(scan).resize(300).jpeg().toBuffer()
    const n = firstExtra()
    const image = '/Type/XObject/Subtype/Image/Width 300/Height 424/ColorSpace/DeviceGray/BitsPerComponent 8'
    const extra = [
      { number: n, body: stream(`${image}/Filter/DCTDecode`, jpeg.subarray(0, jpeg.length >> 1)) },
      { number: n + 1, body: stream(`${image}/Filter/DCTDecode`, 'no picture') },
      { number: n + 2, body: stream(`${image}/Filter[/ASCII85Decode/DCTDecode]`, '87cURD]i,"Ebo80 {{{') },
      { number: n + 3, body: stream(`${image}/Filter/LZWDecode`, '\x80\x0B\x60\x50\x22\xff\xff\xff') },
      { number: n + 4, body: stream(`${image}/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns -3>>`, 'junk') },
    ]
    const names = extra.map(({ number }, i) => `/X${i} ${number} 0 R`).join('')
    const page = `/Resources<</Font<</F1 3 0 R>>/XObject<<${names}>>>>`
    expectStamped((await build(simplePdf({ extra, page }))).texts, 3)
  })

  test('a page that the list of pages lost is found again by its own word, in its place', async () => {
    const text = simplePdf().toString('latin1')
    const built = await build(Buffer.from(text.replace('6 0 R 8 0 R', '6 0 x 8 0 R'), 'latin1'))
    expectStamped(built.texts, 3)
    expect(built.texts.map((page) => /Sentence number (\d)/.exec(page)?.[1])).toEqual(['0', '1', '2'])
  })

  test('a repair is said', async () => {
    expect(codes(await build(simplePdf({ xref: false })))).toContain('repaired_pdf')
  })

  test('a page that is lost keeps its place as an empty page and is named', async () => {
    const objects = simpleObjects().filter(({ number }) => number !== 6)
    const built = await build(rawPdf(objects))
    expectStamped(built.texts, 3)
    expect(built.texts[2]).toContain('Sentence number 2')
    expect(built.report.warnings).toContainEqual({ code: 'damaged_page', page: 2, source: 0, params: { pages: 1 } })
  })

  test('an object stream with a fault in its middle gives what stands before it', async () => {
    // Sizes that differ keep the pages' dictionaries from being copies of the first one.
    const page = (i: number): string => `/MediaBox[0 0 ${400 + ((i * 7919) % 331)} ${500 + ((i * 104729) % 467)}]`
    const bytes = modernPdf(simpleObjects({ pages: 60, page }))
    const at = bytes.indexOf('/ObjStm')
    const start = bytes.indexOf('stream', at)
    const end = bytes.indexOf('endstream', at)
    bytes.fill(0xff, Math.floor(start + (end - start) * 0.7), Math.floor(start + (end - start) * 0.7) + 4)
    const built = await build(bytes)
    expect(built.report.pages).toBe(60)
    expect(built.texts[2]).toContain('Sentence number 2')
    expect(codes(built)).toContain('damaged_page')
  })

  test('a page whose content is missing is named', async () => {
    const built = await build(simplePdf({ page: (i) => (i === 1 ? '/Contents 900 0 R' : '') }))
    expect(built.report.warnings).toContainEqual({ code: 'damaged_page', page: 2, source: 0, params: { pages: 1 } })
  })

  test.each(HOPELESS)('%s is refused by name and leaves no file', async (_name, bytes, code) => {
    const path = await save(bytes)
    const before = await readdir(folder)
    await expect(deliver([{ kind: 'pdf', path }])).rejects.toMatchObject({ code })
    expect(await readdir(folder)).toEqual(before)
    expect((await engine.probe(path)).problem).toBe(code)
  })
})

describe.skipIf(!tools)('a hostile PDF', () => {
  test.each([
    ['shows twice where the tree counts it twice', 4],
    ['shows once where the tree counts it once', 3],
  ])('with circles in its page tree and resources ends, and a page named twice %s', async (_how, count) => {
    const objects = simpleObjects({ page: '/Resources 4 0 R' }).map((object) =>
      object.number === 2
        ? { number: 2, body: `<</Type/Pages/Count ${count}/Kids[2 0 R 4 0 R 6 0 R 8 0 R 4 0 R]/Parent 2 0 R>>` }
        : object,
    )
    expect((await build(rawPdf(objects))).report.pages).toBe(count)
  })

  test('with a page tree two thousand levels deep is read', async () => {
    const deep = Array.from({ length: 2000 }, (_, i) => ({
      number: 20 + i,
      body: `<</Type/Pages/Count 3/Kids[${i === 1999 ? '4 0 R 6 0 R 8 0 R' : `${21 + i} 0 R`}]>>`,
    }))
    const objects = simpleObjects().map((object) =>
      object.number === 2
        ? { number: 2, body: '<</Type/Pages/Count 3/Kids[20 0 R]/Resources<</Font<</F1 3 0 R>>>>>>' }
        : object,
    )
    const built = await build(rawPdf([...objects, ...deep]))
    expectStamped(built.texts, 3)
    expect(built.texts[0]).toContain('Sentence number 0')
  })

  test('with values nested a hundred thousand deep does not exhaust the stack', async () => {
    const extra = [{ number: firstExtra(), body: '['.repeat(100_000) }]
    const built = await build(simplePdf({ extra, page: `/Group ${firstExtra()} 0 R` }))
    expectStamped(built.texts, 3)
  })

  test('with a compression bomb among its object streams keeps its pages, and one in content passes untouched', async () => {
    const bomb = flate('/Type/ObjStm/N 1/First 5', Buffer.alloc(80 * 2 ** 20))
    const container = [{ number: firstExtra(), body: bomb }]
    const modern = modernPdf(simpleObjects()).toString('latin1')
    expect(modern).toContain('/ObjStm')
    const broken = simplePdf({ extra: container, xref: false })
    expectStamped((await build(broken)).texts, 3)
    const content = simpleObjects({ pages: 1 }).map((object) =>
      object.number === 5 ? { number: 5, body: flate('', Buffer.alloc(50 * 2 ** 20, 32)) } : object,
    )
    const path = await save(rawPdf(content))
    const out = join(folder, 'bomb.pdf')
    expect((await engine.build(job([{ kind: 'pdf', path }], out))).bytesOut).toBeLessThan(200_000)
  })

  test('of more pages than one node of the tree holds is read page for page', async () => {
    const { out, report } = await build(simplePdf({ pages: 450 }))
    expect(report.pages).toBe(450)
    expect(await tool('pdftotext', '-f', '449', '-l', '449', out, '-')).toContain('Sentence number 448')
  })

  test('loses its scripts, programs, attachments and media, and each is named', async () => {
    const n = firstExtra()
    const extra = [
      { number: n, body: '<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/JavaScript/JS(app.alert\\(1\\))>>>>' },
      { number: n + 1, body: '<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(calc.exe)>>>>' },
      { number: n + 2, body: `<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS ${n + 3} 0 R>>` },
      { number: n + 3, body: `<</Type/Filespec/F(virus.exe)/EF<</F ${n + 4} 0 R>>>>` },
      { number: n + 4, body: stream('/Type/EmbeddedFile', 'MZ-payload') },
      { number: n + 5, body: '<</Type/Annot/Subtype/Screen/Rect[0 0 9 9]/AA<</PO<</S/Rendition>>>>>>' },
      { number: n + 6, body: '<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org/)>>>>' },
      { number: n + 7, body: `<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(a remark)/AA<</E ${n + 8} 0 R>>>>` },
      { number: n + 8, body: '<</S/JavaScript/JS(app.alert\\(2\\))>>' },
    ]
    const annotations = `/Annots[${[0, 1, 2, 5, 6, 7].map((i) => `${n + i} 0 R`).join(' ')}]/AA<</O<</S/JavaScript/JS(3)>>>>`
    const names = `/Names<</JavaScript<</Names[(x) ${n + 8} 0 R]>>/EmbeddedFiles<</Names[(f) ${n + 3} 0 R]>>>>`
    const catalog = `${names}/OpenAction<</S/JavaScript/JS(app.alert\\(4\\))>>`
    const built = await build(simplePdf({ extra, catalog, page: (i) => (i === 0 ? annotations : '') }))
    expect(codes(built)).toEqual(
      expect.arrayContaining([
        'javascript_removed',
        'launch_action_removed',
        'embedded_file_removed',
        'media_removed',
        'action_removed',
      ]),
    )
    for (const word of [
      'app.alert',
      'JavaScript',
      'Launch',
      'calc.exe',
      'MZ-payload',
      'EmbeddedFile',
      'Rendition',
      '/AA',
    ])
      expect(await plainOf(built)).not.toContain(word)
    expect(await plainOf(built)).toContain('example.org')
    expect(await plainOf(built)).toContain('a remark')
  })
})
