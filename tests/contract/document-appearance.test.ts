/** What a reader sees of a received PDF: fields, links, layers, bookmarks, signatures. */
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { firstExtra, simplePdf, stream } from '../unit/documents/support/raw-pdf.ts'
import { codes, expectStamped, receivedDesk, type Built } from '../unit/documents/support/received.ts'
import { STAMP, has, tool } from '../unit/documents/support/tools.ts'

const tools = has('pdftotext') && has('pdftoppm') && has('qpdf')
const { save, deliver, build, plainOf } = await receivedDesk()

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
    expect(await plainOf(built)).not.toContain('/Widget')
    expect(await plainOf(built)).not.toContain('/AcroForm')
  })

  test('in a field drawn here, what the usual fonts of forms lack is read as a word of its own', async () => {
    const n = firstExtra()
    // 10÷π in UTF-16
    const value = '<FEFF0031003000F703C0>'
    const field = { number: n, body: `<</Type/Annot/Subtype/Widget/FT/Tx/T(sum)/V${value}/Rect[100 600 300 620]>>` }
    const built = await build(
      simplePdf({
        extra: [field],
        catalog: `/AcroForm<</Fields[${n} 0 R]>>`,
        page: (i) => (i === 0 ? `/Annots[${n} 0 R]` : ''),
      }),
    )
    expect(built.texts[0]!.split(/\s+/)).toEqual(expect.arrayContaining(['10÷', 'π']))
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
    expect((await plainOf(all)).match(/\/Dest \[/g)).toHaveLength(2)
    const some = await build(simplePdf({ extra, catalog, page }), { pages: [0, 1] })
    expect((await plainOf(some)).match(/\/Dest \[/g)).toHaveLength(1)
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
    expect(await plainOf(built)).toMatch(/\/OFF \[\s+\d+ 0 R/)
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

  test('pages keep the names that their own file gives them, and others are counted', async () => {
    const catalog = `/PageLabels<</Kids[${firstExtra()} 0 R]>>`
    const extra = [{ number: firstExtra(), body: '<</Nums[0<</S/r/St 4>>1<</S/D/St 215/P(A-)>>]>>' }]
    const named = await save(simplePdf({ catalog, extra }))
    const plain = await save(simplePdf({ pages: 1 }))
    const built = await deliver([
      { kind: 'pdf', path: named },
      { kind: 'pdf', path: plain },
    ])
    const { pagelabels } = JSON.parse(await tool('qpdf', '--json', '--json-key=pagelabels', built.out)) as {
      pagelabels: { index: number; label: Record<string, unknown> }[]
    }
    expect(pagelabels).toEqual([
      { index: 0, label: { '/S': '/r', '/St': 4 } },
      { index: 1, label: expect.objectContaining({ '/S': '/D', '/St': 215 }) },
      { index: 3, label: { '/S': '/D', '/St': 4 } },
    ])
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
