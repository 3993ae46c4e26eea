/** Page trees and the entries of pages. */
import { flate, rawPdf, simplePdf, type RawObject } from '../raw-pdf.ts'
import { bodies, exchanged, N, page, type CraftedFile } from './parts.ts'

const tree = (pages: string, extra: readonly RawObject[] = []): Buffer => exchanged({ 2: pages }, extra)
const FONTS = '/Resources<</Font<</F1 3 0 R>>>>'

export const TREES: readonly CraftedFile[] = [
  { name: 'a tree without types', bytes: bodies((body) => body.replace(/\/Type\/Pages?/, '')) },
  {
    name: 'pages of another type',
    bytes: bodies((body, number) => (number === 6 ? body.replace('/Type/Page', '/Type/Template') : body)),
  },
  {
    name: 'pages that say they are trees',
    bytes: bodies((body, number) => (number === 6 ? body.replace('/Type/Page', '/Type/Pages') : body)),
  },
  {
    name: 'a tree that says it is a page',
    bytes: bodies((body, number) => (number === 2 ? body.replace('/Type/Pages', '/Type/Page') : body)),
  },
  { name: 'a catalog without a type', bytes: bodies((body) => body.replace('/Type/Catalog', '')) },
  { name: 'a catalog of another type', bytes: bodies((body) => body.replace('/Type/Catalog', '/Type/Catalogue')) },
  {
    name: 'pages without parents',
    bytes: bodies((body) => body.replace('/Parent 2 0 R', '/Resources<</Font<</F1 3 0 R>>>>')),
  },
  { name: 'pages with a wrong parent', bytes: bodies((body) => body.replace('/Parent 2 0 R', '/Parent 8 0 R')) },
  {
    name: 'pages written into their list',
    bytes: tree(`<</Type/Pages/Count 2/Kids[${page('')} ${page('/Rotate 90')}]${FONTS}>>`),
  },
  {
    name: 'kids in an object of their own',
    bytes: tree(`<</Type/Pages/Count 3/Kids ${N} 0 R${FONTS}>>`, [{ number: N, body: '[4 0 R 6 0 R 8 0 R]' }]),
  },
  { name: 'kids that are one reference', bytes: tree(`<</Type/Pages/Count 1/Kids 4 0 R${FONTS}>>`) },
  {
    name: 'kids that are numbers and nothing',
    bytes: tree(`<</Type/Pages/Count 3/Kids[4 0 R null 17 6 0 R /X 8 0 R]${FONTS}>>`),
  },
  { name: 'kids that are missing', bytes: tree(`<</Type/Pages/Count 3/Kids[4 0 R 77 0 R 8 0 R]${FONTS}>>`) },
  { name: 'kids that are fonts', bytes: tree(`<</Type/Pages/Count 3/Kids[4 0 R 3 0 R 8 0 R]${FONTS}>>`) },
  { name: 'kids that are streams', bytes: tree(`<</Type/Pages/Count 3/Kids[4 0 R 5 0 R 8 0 R]${FONTS}>>`) },
  {
    name: 'more kids than pages: the facts of the file among them, and a page twice',
    bytes: tree(`<</Type/Pages/Count 3/Kids[${N} 0 R 1 0 R 4 0 R 6 0 R 4 0 R 8 0 R]${FONTS}>>`, [
      { number: N, body: '<</Producer(a printer)/Title(of an article)>>' },
    ]),
  },
  { name: 'no kids at all', bytes: tree('<</Type/Pages/Count 0/Kids[]>>') },
  { name: 'a tree without kids', bytes: tree('<</Type/Pages/Count 3>>') },
  { name: 'pages that are one page', bytes: bodies((body) => body.replace('/Pages 2 0 R', '/Pages 4 0 R')) },
  { name: 'the same page three times', bytes: tree(`<</Type/Pages/Count 3/Kids[4 0 R 4 0 R 4 0 R]${FONTS}>>`) },
  ...['0', '-1', '1', '2', '7', '3.0', 'null', '(3)', `${N} 0 R`].map((count) => ({
    name: `a count of ${count}`,
    bytes: tree(`<</Type/Pages/Count ${count}/Kids[4 0 R 6 0 R 8 0 R]${FONTS}>>`, [{ number: N, body: '3' }]),
  })),
  { name: 'no count', bytes: tree(`<</Type/Pages/Kids[4 0 R 6 0 R 8 0 R]${FONTS}>>`) },
  {
    name: 'an empty node among the kids',
    bytes: tree(`<</Type/Pages/Count 3/Kids[4 0 R ${N} 0 R 6 0 R 8 0 R]${FONTS}>>`, [
      { number: N, body: '<</Type/Pages/Count 0/Kids[]/Parent 2 0 R>>' },
    ]),
  },
  {
    name: 'a node that holds its parent',
    bytes: tree(`<</Type/Pages/Count 3/Kids[4 0 R ${N} 0 R 8 0 R]${FONTS}>>`, [
      { number: N, body: '<</Type/Pages/Count 1/Kids[6 0 R 2 0 R]/Parent 2 0 R>>' },
    ]),
  },
  {
    name: 'a node that holds itself',
    bytes: tree(`<</Type/Pages/Count 3/Kids[4 0 R ${N} 0 R 8 0 R]${FONTS}>>`, [
      { number: N, body: `<</Type/Pages/Count 1/Kids[${N} 0 R 6 0 R]/Parent 2 0 R>>` },
    ]),
  },
  {
    name: 'a tree three hundred nodes deep',
    bytes: tree(`<</Type/Pages/Count 1/Kids[${N} 0 R]${FONTS}>>`, [
      ...Array.from({ length: 300 }, (_, i) => ({
        number: N + i,
        body: `<</Type/Pages/Count 1/Parent ${i ? N + i - 1 : 2} 0 R/Kids[${N + i + 1} 0 R]>>`,
      })),
      { number: N + 300, body: page('', `/Parent ${N + 299} 0 R`) },
    ]),
  },
  {
    name: 'pages inherited from their grandparents',
    bytes: rawPdf([
      { number: 1, body: '<</Type/Catalog/Pages 2 0 R>>' },
      {
        number: 2,
        body: `<</Type/Pages/Count 2/Kids[10 0 R]${FONTS}/MediaBox[0 0 300 400]/Rotate 90/CropBox[10 10 290 390]>>`,
      },
      { number: 3, body: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>' },
      { number: 10, body: '<</Type/Pages/Count 2/Parent 2 0 R/Kids[4 0 R 6 0 R]>>' },
      { number: 4, body: '<</Type/Page/Parent 10 0 R/Contents 5 0 R>>' },
      { number: 5, body: flate('', 'BT /F1 12 Tf 50 200 Td (inherits all) Tj ET') },
      { number: 6, body: '<</Type/Page/Parent 10 0 R/Contents 5 0 R/Rotate 0>>' },
    ]),
  },
]

const entries = (...all: string[]): CraftedFile[] =>
  all.map((more) => ({
    name: `a page with ${more.slice(0, 60)}`,
    bytes: simplePdf({
      page: more,
      extra: [
        { number: N, body: '[0 0 595 842]' },
        { number: N + 1, body: '595' },
      ],
    }),
  }))

export const PAGES: readonly CraftedFile[] = [
  ...entries(
    '/MediaBox[595 842 0 0]',
    '/MediaBox[-100 -100 495 742]',
    '/MediaBox[0 0 595]',
    '/MediaBox[0 0 595 842 7]',
    '/MediaBox[(a)(b)(c)(d)]',
    '/MediaBox null',
    `/MediaBox ${N} 0 R`,
    `/MediaBox[0 0 ${N + 1} 0 R 842]`,
    '/MediaBox[0 0 1 1]',
    '/MediaBox[0 0 0.001 0.001]',
    '/MediaBox[0 0 14400 14400]',
    '/MediaBox[0 0 1000000 1000000]',
    '/MediaBox[-1e9 -1e9 1e9 1e9]',
    '/MediaBox[0 0 595 842]/CropBox[1000 1000 2000 2000]',
    '/MediaBox[0 0 595 842]/CropBox[595 842 0 0]',
    '/MediaBox[0 0 595 842]/CropBox[0 0 0 0]',
    '/MediaBox[0 0 595 842]/CropBox[-50 -50 700 900]',
    '/MediaBox[0 0 595 842]/TrimBox[a b c d]/ArtBox null/BleedBox[1 2 3]',
    '/MediaBox[0 0 72 72]/UserUnit 10',
    '/UserUnit 0',
    '/UserUnit -1',
    '/UserUnit 75000',
    '/UserUnit/Big',
    '/Rotate 45',
    '/Rotate -90',
    '/Rotate 3690',
    '/Rotate 90.0',
    '/Rotate 1e9',
    '/Rotate/Left',
    '/Contents[]',
    '/Contents null',
    '/Contents[5 0 R null 7 0 R]',
    '/Contents[[5 0 R]]',
    '/Contents 3 0 R',
    '/Contents(text)',
    '/Resources null',
    '/Resources 99 0 R',
    '/Resources[]',
    '/Resources<</Font 3 0 R>>',
    '/Resources<</Font<</F1 99 0 R>>>>',
    '/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>/ProcSet[/PDF/Text]/XObject null>>',
    '/Annots 99 0 R',
    '/Annots[null 5 (x)]',
    '/Annots<<>>',
    '/Group<</S/Transparency/CS/DeviceRGB/I true>>/Tabs/S',
    '/Metadata 5 0 R/PieceInfo<</X<</Private 5 0 R>>>>/LastModified(D:2020)',
    '/B[1 0 R]/Dur 5/Trans<</S/Wipe>>/AA<</O<</S/JavaScript/JS(app.alert(1))>>>>',
    '/Thumb 5 0 R/StructParents 0/ID(x)/PZ 2/SeparationInfo<<>>/TemplateInstantiated/T',
  ),
]
