import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { DocumentJob, DocumentReport, PdfSource } from '../../electron/core/documents/types.ts'
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
import { writeScan } from '../unit/documents/support/scans.ts'
import {
  check,
  has,
  job,
  STAMP,
  temporaryFolder,
  testEngine,
  textOfPages,
  tool,
} from '../unit/documents/support/tools.ts'

const tools = has('pdftotext') && has('pdftoppm') && has('qpdf')
const folder = await temporaryFolder()
const engine = testEngine()
let files = 0

async function save(bytes: Buffer): Promise<string> {
  const path = join(folder, `in-${files++}.pdf`)
  await writeFile(path, bytes)
  return path
}

interface Built {
  readonly out: string
  readonly report: DocumentReport
  readonly texts: string[]
  /** The file with all streams expanded, to look into. */
  readonly plain: string
}

async function build(bytes: Buffer, source: Partial<PdfSource> = {}, more: Partial<DocumentJob> = {}): Promise<Built> {
  const path = await save(bytes)
  const out = path.replace('in-', 'out-')
  const report = await engine.build(job([{ kind: 'pdf', path, ...source }], out, more))
  await check(out)
  const expanded = path.replace('in-', 'plain-')
  await tool('qpdf', '--qdf', '--object-streams=disable', out, expanded)
  return { out, report, texts: await textOfPages(out), plain: await readFile(expanded, 'latin1') }
}

const codes = ({ report }: Built): string[] => report.warnings.map((warning) => warning.code)

function expectStamped(texts: readonly string[], pages: number): void {
  expect(texts).toHaveLength(pages)
  texts.forEach((text, i) => {
    expect(text).toContain('中国人民大学图书馆')
    expect(text).toContain('HG00003902')
    expect(text).toContain(`Page ${i + 1} of ${pages}`)
  })
}

describe.skipIf(!tools)('a received PDF', () => {
  test('keeps its text and fonts as they are and gets the stamp on every page', async () => {
    const built = await build(simplePdf())
    expectStamped(built.texts, 3)
    built.texts.forEach((text, i) => {
      expect(text).toContain(`Sentence number ${i} of the text`)
      expect(text).toContain('quick brown fox')
    })
    expect(await tool('pdffonts', built.out)).toContain('Helvetica')
    expect(codes(built)).toEqual(['larger_than_input'])
  })

  test('with object streams and a cross-reference stream is read alike', async () => {
    const built = await build(modernPdf(simpleObjects()))
    expectStamped(built.texts, 3)
    expect(built.texts[2]).toContain('Sentence number 2')
  })

  test('is merged with scans and other PDFs in the order given, chosen pages only', async () => {
    const scan = await writeScan(folder, 'between', { seed: 9 })
    const one = await save(simplePdf({ pages: 4 }))
    const two = await save(modernPdf(simpleObjects({ pages: 2 })))
    const out = join(folder, 'merged.pdf')
    const pages = [
      { kind: 'pdf', path: one, pages: [3] },
      { kind: 'pdf', path: one, pages: [0, 0], rotate: 90 },
      { kind: 'image', path: scan },
      { kind: 'pdf', path: two },
    ] as const
    const report = await engine.build(job(pages, out))
    await check(out)
    const texts = await textOfPages(out)
    expectStamped(texts, 6)
    expect(texts.map((text) => /Sentence number (\d)/.exec(text)?.[1])).toEqual(['3', '0', '0', undefined, '0', '1'])
    expect(report.perPage.map((page) => page.choice)).toEqual(['pdf', 'pdf', 'pdf', 'bilevel', 'pdf', 'pdf'])
    const info = await tool('pdfinfo', '-f', '1', '-l', '6', out)
    expect([...info.matchAll(/Page +\d+ rot: +(\d+)/g)].map((match) => match[1])).toEqual([
      '0',
      '90',
      '90',
      '0',
      '0',
      '0',
    ])
  })

  test('that lacks a wished page is refused by number', async () => {
    await expect(build(simplePdf(), { pages: [7] })).rejects.toMatchObject({
      code: 'page_out_of_range',
      params: { page: 8, pages: 3 },
    })
  })

  test('turned, shifted, cropped or of odd size has its stamp upright at the same corner of what is seen', async () => {
    const a4 = [595, 842] as const
    const cases: readonly (readonly [entries: string, seen: readonly [number, number]])[] = [
      ['/Rotate 0', a4],
      ['/Rotate 90', [842, 595]],
      ['/Rotate 180', a4],
      ['/Rotate -90', [842, 595]],
      ['/Rotate 450', [842, 595]],
      ['/MediaBox[100 200 695 1042]', a4],
      ['/MediaBox[695 1042 100 200]', a4],
      ['/MediaBox[0 0 1000 1000]/CropBox[200 100 795 942]', a4],
      ['/MediaBox[0 0 1000 1000]/CropBox[200 100 795 942]/Rotate 90', [842, 595]],
      ['/MediaBox[0 0 595 842]/CropBox[-50 -50 5000 5000]', a4],
      ['/MediaBox[0 0 0 0]', [612, 792]],
      ['/MediaBox[0 0 14400 14400]', [14400, 14400]],
      ['/MediaBox[0 0 120 90]', [120, 90]],
      ['/UserUnit 4', a4],
    ]
    const built = await build(simplePdf({ pages: cases.length, page: (i) => cases[i]![0] }))
    expectStamped(built.texts, cases.length)
    const pages = (await tool('pdftotext', '-cropbox', '-bbox', built.out, '-')).split('<page ').slice(1)
    cases.forEach(([entries, [width, height]], i) => {
      const place = (word: string): [number, number, number, number] => {
        const found = new RegExp(
          `xMin="([\\d.-]+)" yMin="([\\d.-]+)" xMax="([\\d.-]+)" yMax="([\\d.-]+)">${word}<`,
        ).exec(pages[i]!)
        return found!.slice(1, 5).map(Number) as [number, number, number, number]
      }
      const [left, top, right, bottom] = place('中国人民大学图书馆')
      expect(left, entries).toBeGreaterThanOrEqual(0)
      expect(left / width, entries).toBeLessThan(0.06)
      expect(top / height, entries).toBeLessThan(0.08)
      expect(right - left, entries).toBeGreaterThan(bottom - top) // upright, not standing on its side
      const check = place('Check')
      expect(check[3] / height, entries).toBeGreaterThan(0.9)
      expect(check[3], entries).toBeLessThanOrEqual(height)
      expect(check[2], entries).toBeLessThanOrEqual(width)
    })
  })

  test.each([
    ['leaves states open', 'q 0.1 0 0 0.1 50 60 cm 1 0 0 rg q q BT /F1 12 Tf 72 400 Td (shrunk \\(q\\) q) Tj ET\n'],
    ['restores too many', 'Q Q Q 0.1 0 0 0.1 50 60 cm % q q q\nBT /F1 12 Tf 72 400 Td (shrunk) Tj ET\n'],
    ['breaks off inside its text', 'BT /F1 12 Tf 0.1 0 0 0.1 50 60 Tm (text) Tj\n'],
    ['breaks off inside a string', 'BT /F1 12 Tf (never closed'],
    ['hides operators in an inline image', 'q 0.1 0 0 0.1 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID Q Q Q EI\n'],
  ])('that %s has its stamp where it belongs', async (_name, content) => {
    const objects = simpleObjects({ pages: 1 }).map((object) =>
      object.number === 5 ? { number: 5, body: stream('', content) } : object,
    )
    const built = await build(rawPdf(objects))
    const page = await tool('pdftotext', '-bbox', built.out, '-')
    const place = /xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>中国人民大学图书馆</.exec(page)!
    expect(Number(place[1])).toBeLessThan(30)
    expect(Number(place[2])).toBeLessThan(40)
  })
})

describe.skipIf(!tools)('an encrypted PDF', () => {
  const encrypt = async (user: string, bits: number, ...more: string[]): Promise<Buffer> => {
    const source = await save(simplePdf())
    const target = join(folder, `locked-${files++}.pdf`)
    await tool('qpdf', '--allow-weak-crypto', '--encrypt', user, 'owner', String(bits), ...more, '--', source, target)
    return readFile(target)
  }
  const kinds: [number, string[]][] = [
    [40, []],
    [128, []],
    [128, ['--use-aes=y']],
    [128, ['--use-aes=y', '--cleartext-metadata']],
    [256, []],
    [256, ['--force-R5']],
  ]

  test.each(kinds)('of %i bits %j without a user password is opened with a warning', async (bits, more) => {
    const built = await build(await encrypt('', bits, ...more))
    expectStamped(built.texts, 3)
    expect(built.texts[1]).toContain('Sentence number 1')
    expect(codes(built)).toContain('opened_without_password')
    expect(built.plain).not.toContain('/Encrypt')
  })

  test.each(kinds)(
    'of %i bits %j asks for its password, refuses a wrong one and takes user and owner',
    async (bits, more) => {
      const bytes = await encrypt('geheim', bits, ...more)
      await expect(build(bytes)).rejects.toMatchObject({ code: 'encrypted_pdf' })
      await expect(build(bytes, { password: 'falsch' })).rejects.toMatchObject({ code: 'wrong_password' })
      expect(codes(await build(bytes, { password: 'geheim' }))).not.toContain('opened_without_password')
      expectStamped((await build(bytes, { password: 'owner' })).texts, 3)
    },
  )

  test('is refused where the library does not open what its owner restricts, unless its password is known', async () => {
    const bytes = await encrypt('', 256)
    await expect(build(bytes, {}, { refuseRestricted: true })).rejects.toMatchObject({ code: 'restricted_pdf' })
    const locked = await encrypt('geheim', 256)
    expectStamped((await build(locked, { password: 'geheim' }, { refuseRestricted: true })).texts, 3)
  })

  test('that names a wrong length of its key is opened all the same', async () => {
    const bytes = await encrypt('', 128)
    const wrong = Buffer.from(bytes.toString('latin1').replace('/Length 128', '/Length 127'), 'latin1')
    expect(wrong.includes('/Length 127')).toBe(true)
    expectStamped((await build(wrong)).texts, 3)
  })
})

describe.skipIf(!tools)('a damaged PDF', () => {
  test.each(MENDABLE)('%s is read whole', async (_name, bytes) => {
    const built = await build(bytes)
    expectStamped(built.texts, 3)
    built.texts.forEach((page, i) => expect(page).toContain(`Sentence number ${i} of the text`))
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
    await expect(build(bytes)).rejects.toMatchObject({ code })
    expect(existsSync(join(folder, `out-${files - 1}.pdf`))).toBe(false)
    expect((await engine.probe(join(folder, `in-${files - 1}.pdf`))).problem).toBe(code)
  })
})

describe.skipIf(!tools)('a hostile PDF', () => {
  test('with circles in its page tree and resources ends, a page named twice showing twice', async () => {
    const objects = simpleObjects({ page: '/Resources 4 0 R' }).map((object) =>
      object.number === 2
        ? { number: 2, body: '<</Type/Pages/Count 3/Kids[2 0 R 4 0 R 6 0 R 8 0 R 4 0 R]/Parent 2 0 R>>' }
        : object,
    )
    expect((await build(rawPdf(objects))).report.pages).toBe(4)
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
    const bomb = flate('/Type/ObjStm/N 1/First 5', Buffer.alloc(400 * 2 ** 20))
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

  test('of five thousand pages and ten thousand objects is read page for page', async () => {
    const path = await save(simplePdf({ pages: 5000 }))
    const out = join(folder, 'long.pdf')
    const report = await engine.build(job([{ kind: 'pdf', path }], out))
    expect(report.pages).toBe(5000)
    expect(await tool('pdftotext', '-f', '4999', '-l', '4999', out, '-')).toContain('Sentence number 4998')
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
      expect(built.plain).not.toContain(word)
    expect(built.plain).toContain('example.org')
    expect(built.plain).toContain('a remark')
  })
})

describe.skipIf(!tools)('what a reader sees of a received PDF', () => {
  test('form fields are painted into the page and are no fields any more', async () => {
    const n = firstExtra()
    const extra = [
      {
        number: n,
        body: `<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Li Hua)/Rect[100 500 300 520]/AP<</N ${n + 1} 0 R>>>>`,
      },
      {
        number: n + 1,
        body: stream(
          '/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 3 0 R>>>>',
          'BT /F1 12 Tf 2 5 Td (Li Hua) Tj ET',
        ),
      },
      {
        number: n + 2,
        body: `<</Type/Annot/Subtype/Widget/FT/Btn/T(box)/AS/Yes/Rect[100 540 120 560]/AP<</N<</Yes ${n + 3} 0 R/Off ${n + 4} 0 R>>>>>>`,
      },
      {
        number: n + 3,
        body: stream(
          '/Type/XObject/Subtype/Form/BBox[0 0 10 10]/Resources<</Font<</F1 3 0 R>>>>',
          'BT /F1 8 Tf 1 1 Td (ticked) Tj ET',
        ),
      },
      { number: n + 4, body: stream('/Type/XObject/Subtype/Form/BBox[0 0 10 10]', '') },
      { number: n + 5, body: `<</Type/Annot/Subtype/Widget/FT/Tx/T(bare)/V(drawn by us)/Rect[100 600 300 620]>>` },
      { number: n + 6, body: `<</Type/Annot/Subtype/Widget/F 2/FT/Tx/T(secret)/Rect[0 0 9 9]/AP<</N ${n + 1} 0 R>>>>` },
    ]
    const catalog = `/AcroForm<</Fields[${n} 0 R ${n + 2} 0 R ${n + 5} 0 R ${n + 6} 0 R]>>`
    const page = `/Annots[${n} 0 R ${n + 2} 0 R ${n + 5} 0 R ${n + 6} 0 R]`
    const built = await build(simplePdf({ extra, catalog, page: (i) => (i === 0 ? page : '') }))
    expect(built.texts[0]).toContain('Li Hua')
    expect(built.texts[0]).toContain('ticked')
    expect(built.texts[0]!.match(/Li Hua/g)).toHaveLength(1)
    expect(built.texts[0]).toContain('drawn by us')
    expect(codes(built)).toEqual(expect.arrayContaining(['form_flattened', 'form_field_drawn']))
    expect(built.plain).not.toContain('/Widget')
    expect(built.plain).not.toContain('/AcroForm')
  })

  test('links inside the document still lead to their pages, those to pages left out lead nowhere', async () => {
    const n = firstExtra()
    const extra = [
      { number: n, body: '<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[8 0 R/XYZ 0 700 0]>>' },
      { number: n + 1, body: '<</Type/Annot/Subtype/Link/Rect[10 0 19 9]/A<</S/GoTo/D(chapter)>>>>' },
      { number: n + 2, body: '<</Names[(chapter) [6 0 R/Fit]]>>' },
    ]
    const catalog = `/Names<</Dests ${n + 2} 0 R>>`
    const page = (i: number): string => (i === 0 ? `/Annots[${n} 0 R ${n + 1} 0 R]` : '')
    const all = await build(simplePdf({ extra, catalog, page }))
    expect(all.plain.match(/\/Dest \[/g)).toHaveLength(2)
    const some = await build(simplePdf({ extra, catalog, page }), { pages: [0, 1] })
    expect(some.plain.match(/\/Dest \[/g)).toHaveLength(1)
  })

  test('layers that were hidden stay hidden', async () => {
    const n = firstExtra()
    const extra = [
      { number: n, body: '<</Type/OCG/Name(secret)>>' },
      { number: n + 1, body: stream('', '/OC /L BDC BT /F1 12 Tf 72 600 Td (hidden words) Tj ET EMC') },
    ]
    const catalog = `/OCProperties<</OCGs[${n} 0 R]/D<</OFF[${n} 0 R]>>>>`
    const page = `/Contents[5 0 R ${n + 1} 0 R]/Resources<</Font<</F1 3 0 R>>/Properties<</L ${n} 0 R>>>>`
    const built = await build(simplePdf({ pages: 1, extra: extra.map((object) => ({ ...object })), catalog, page }))
    expect(built.plain).toMatch(/\/OFF \[\s+\d+ 0 R/)
  })

  test('a signature is noticed: stamped with a warning, or left alone where that is wished', async () => {
    const n = firstExtra()
    const extra = [
      { number: n, body: `<</Type/Annot/Subtype/Widget/FT/Sig/T(sig)/V ${n + 1} 0 R/Rect[0 0 0 0]>>` },
      { number: n + 1, body: '<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<00>>>' },
    ]
    const catalog = `/AcroForm<</SigFlags 3/Fields[${n} 0 R]>>`
    const bytes = simplePdf({ extra, catalog, page: (i) => (i === 0 ? `/Annots[${n} 0 R]` : '') })
    const stamped = await build(bytes)
    expectStamped(stamped.texts, 3)
    expect(codes(stamped)).toContain('signature_invalidated')
    const kept = await build(bytes, {}, { keepSigned: true })
    expect(codes(kept)).toContain('signed_left_unstamped')
    expect(kept.texts.join('')).not.toContain('HG00003902')
  })

  test('a signed file that is to be left alone arrives byte for byte, so that its signature still verifies', async () => {
    const n = firstExtra()
    const extra = [{ number: n, body: '<</FT/Sig/T(sig)/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>>>' }]
    const bytes = simplePdf({ extra, catalog: `/AcroForm<</SigFlags 3/Fields[${n} 0 R]>>` })
    const kept = await build(bytes, {}, { keepSigned: true })
    expect(Buffer.compare(await readFile(kept.out), bytes)).toBe(0)
    const pages = await build(bytes, { pages: [0, 1, 2] }, { keepSigned: true })
    expect(pages.report.sha256).toBe(kept.report.sha256)
    const part = await build(bytes, { pages: [1] }, { keepSigned: true })
    expect(part.texts).toHaveLength(1)
  })

  test('bookmarks lead to the copied pages, Chinese ones too; those to pages left out go', async () => {
    const n = firstExtra()
    const item = (title: string, more: string) => `<</Title${title}/Parent ${n} 0 R${more}>>`
    const extra = [
      { number: n, body: `<</Type/Outlines/First ${n + 1} 0 R/Last ${n + 2} 0 R/Count 3>>` },
      {
        number: n + 1,
        body: item('<feff7b2c4e007ae0>', `/Dest[4 0 R/Fit]/Next ${n + 2} 0 R/First ${n + 3} 0 R/Count 1`),
      },
      { number: n + 2, body: item('(Three)', `/A<</S/GoTo/D[8 0 R/Fit]>>/Next ${n + 1} 0 R`) },
      { number: n + 3, body: item('(Two \\(b\\))', '/Dest(second)') },
      { number: n + 4, body: '<</Names[(second) [6 0 R/XYZ 0 0 0]]>>' },
    ]
    const bytes = simplePdf({ extra, catalog: `/Outlines ${n} 0 R/Names<</Dests ${n + 4} 0 R>>` })
    const shown = async (built: Built) =>
      JSON.parse(await tool('qpdf', '--json', '--json-key=outlines', built.out)).outlines as {
        title: string
        destpageposfrom1: number
        kids: { title: string; destpageposfrom1: number }[]
      }[]
    const all = await shown(await build(bytes))
    expect(all.map(({ title, destpageposfrom1 }) => [title, destpageposfrom1])).toEqual([
      ['第一章', 1],
      ['Three', 3],
    ])
    expect(all[0]!.kids.map(({ title, destpageposfrom1 }) => [title, destpageposfrom1])).toEqual([['Two (b)', 2]])
    const some = await shown(await build(bytes, { pages: [1, 2] }))
    expect(some.map(({ title }) => title)).toEqual(['第一章', 'Three'])
  })

  test('a field is drawn with the fonts of its form or page, and what its file never drew is drawn here', async () => {
    const n = firstExtra()
    const field = (i: number, more: string) =>
      `<</Type/Annot/Subtype/Widget/T(f${i})/Rect[100 ${700 - i * 40} 400 ${725 - i * 40}]${more}>>`
    const drawing = (text: string) => stream('/BBox[0 0 300 25]', `BT /Own 12 Tf 2 5 Td (${text}) Tj ET`)
    const extra = [
      { number: n, body: field(0, `/FT/Tx/V(borrowed)/AP<</N ${n + 1} 0 R>>`) },
      { number: n + 1, body: drawing('borrowed') },
      { number: n + 2, body: field(1, '/FT/Tx/V<feff53173003301c>/DA(/Helv 0 Tf 0 0 1 rg)/Q 2') },
      { number: n + 3, body: field(2, '/FT/Ch/Ff 131072/V(b)/Opt[[(a)(Apples)][(b)(Bananas)]]') },
      { number: n + 4, body: field(3, '/FT/Ch/Opt[(Salad)(Soup)]') },
      { number: n + 5, body: field(4, '/FT/Tx/Ff 4096/V(first line\nsecond line)/MK<</R 90>>') },
      { number: n + 6, body: field(5, '/FT/Btn/AS/Yes/MK<</CA(8)>>') },
      { number: n + 7, body: field(6, '/FT/Tx/Ff 8192/V(secret)') },
    ]
    const all = [0, 2, 3, 4, 5, 6, 7].map((i) => `${n + i} 0 R`).join(' ')
    const built = await build(
      simplePdf({
        extra,
        catalog: `/AcroForm<</DR<</Font<</Own 3 0 R>>>>/Fields[${all}]>>`,
        page: (i) => (i === 0 ? `/Annots[${all}]` : ''),
      }),
    )
    for (const word of ['borrowed', '北〃', 'Bananas', 'Salad', 'Soup', 'first', 'second', '✘', '******'])
      expect(built.texts[0]).toContain(word)
    expect(built.texts[0]).not.toContain('secret')
    expect(built.texts[0]).not.toContain('Apples')
  })

  test('what an attachment or a film looked like stays when it goes', async () => {
    const n = firstExtra()
    const extra = [
      {
        number: n,
        body: `<</Type/Annot/Subtype/FileAttachment/Rect[50 50 250 80]/FS<</EF<<>>>>/AP<</N ${n + 1} 0 R>>>>`,
      },
      { number: n + 1, body: stream('/BBox[0 0 200 30]', 'BT /F1 12 Tf 2 5 Td (see the attachment) Tj ET') },
    ]
    const built = await build(simplePdf({ extra, page: (i) => (i === 0 ? `/Annots[${n} 0 R]` : '') }))
    expect(built.texts[0]).toContain('see the attachment')
    expect(codes(built)).toContain('embedded_file_removed')
  })

  test('a PDF/A is told to lose its conformance', async () => {
    const n = firstExtra()
    const xmp = stream(
      '/Type/Metadata/Subtype/XML',
      '<x xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part></x>',
    )
    const built = await build(simplePdf({ extra: [{ number: n, body: xmp }], catalog: `/Metadata ${n} 0 R` }))
    expect(codes(built)).toContain('pdfa_lost')
  })

  test('stamps only its first page where the template says so', async () => {
    const built = await build(simplePdf(), {}, { stamp: { ...STAMP, firstPageOnly: true } })
    expect(built.texts.map((text) => text.includes('HG00003902'))).toEqual([true, false, false])
  })

  test('is the same to the byte when made again', async () => {
    const first = await build(simplePdf())
    const second = await build(simplePdf())
    expect(second.report.sha256).toBe(first.report.sha256)
  })
})
