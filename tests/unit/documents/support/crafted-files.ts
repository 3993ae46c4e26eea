/**
 * Files that are odd on purpose, one feature or fault each. How they must end is not typed here: what qpdf or mutool
 * opens must be taken over as they see it (tests/bench/documents/judge.ts).
 */
import { deflateSync } from 'node:zlib'
import {
  firstExtra,
  flate,
  modernPdf,
  rawPdf,
  simpleObjects,
  simplePdf,
  stream,
  textContent,
  type RawObject,
} from './raw-pdf.ts'

export interface CraftedFile {
  readonly name: string
  readonly bytes: Buffer
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const N = firstExtra()

/** The three simple pages with some objects exchanged for others, or left out. */
function exchanged(
  changes: Readonly<Record<number, string | Buffer | null>>,
  extra: readonly RawObject[] = [],
): Buffer {
  const objects = [...simpleObjects(), ...extra].flatMap((object) => {
    const body = changes[object.number]
    return body === undefined ? [object] : body === null ? [] : [{ number: object.number, body }]
  })
  return rawPdf(objects)
}

/** The same three pages with their text changed as a whole; offsets are no longer right afterwards. */
const rewritten = (change: (text: string) => string): Buffer => latin1(change(simplePdf().toString('latin1')))

/** Written so that offsets stay right: the change happens to objects, not to the file. */
const bodies = (change: (body: string, number: number) => string): Buffer =>
  rawPdf(
    simpleObjects().map(({ number, body }) => ({
      number,
      body: typeof body === 'string' ? change(body, number) : body,
    })),
  )

const page = (more: string, parent = '/Parent 2 0 R'): string =>
  `<</Type/Page${parent}/MediaBox[0 0 595 842]/Contents 5 0 R${more}>>`

/** Table and trailer behind what is there already, as an editor that saves again writes them. */
function update(
  before: Buffer,
  objects: readonly RawObject[],
  { free = [], trailer = '' }: { free?: readonly number[]; trailer?: string } = {},
): Buffer {
  const text = before.toString('latin1')
  const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)![1])
  const parts = [before]
  let at = before.length
  let table = 'xref\n'
  for (const { number, body } of objects) {
    const bytes = Buffer.concat([
      latin1(`${number} 0 obj\n`),
      typeof body === 'string' ? latin1(body) : body,
      latin1('\nendobj\n'),
    ])
    table += `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`
    parts.push(bytes)
    at += bytes.length
  }
  for (const number of free) table += `${number} 1\n0000000000 00001 f \n`
  table += `trailer\n<</Size 60/Root 1 0 R/Prev ${previous}${trailer}>>\nstartxref\n${at}\n%%EOF\n`
  return Buffer.concat([...parts, latin1(table)])
}

/** Old readers see a table, newer ones also what its cross-reference stream adds (ISO 32000-1, 7.5.8.4). */
function hybrid(): Buffer {
  const hidden = [
    { number: 8, body: page('').replace('5 0 R', '9 0 R') },
    { number: 3, body: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>' },
  ]
  const shown = simpleObjects().filter(({ number }) => number !== 8 && number !== 3)
  let text = '%PDF-1.5\n%\xe2\xe3\xcf\xd3\n'
  const offsets = new Map<number, number>()
  const add = (number: number, body: string | Buffer): void => {
    offsets.set(number, text.length)
    text += `${number} 0 obj\n${body.toString('latin1')}\nendobj\n`
  }
  for (const { number, body } of shown) add(number, body)
  let places = ''
  let packed = ''
  for (const { number, body } of hidden) {
    places += `${number} ${packed.length} `
    packed += `${body} `
  }
  add(20, flate(`/Type/ObjStm/N 2/First ${places.length}`, places + packed))
  const rows = Buffer.from([2, 0, 20, 1, 2, 0, 20, 0])
  add(21, flate('/Type/XRef/Size 22/W[1 2 1]/Index[3 1 8 1]', rows))
  const start = text.length
  text += 'xref\n0 22\n'
  for (let number = 0; number < 22; number++) {
    const offset = offsets.get(number)
    text += offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
  }
  return latin1(`${text}trailer\n<</Size 22/Root 1 0 R/XRefStm ${offsets.get(21)}>>\nstartxref\n${start}\n%%EOF\n`)
}

const table = (change: (table: string) => string): Buffer => {
  const text = simplePdf().toString('latin1')
  const at = text.lastIndexOf('xref\n0')
  return latin1(text.slice(0, at) + change(text.slice(at)))
}

const moved = (by: number): Buffer =>
  table((text) =>
    text.replace(/\d{10} 00000 n/g, (row) => `${String(Number(row.slice(0, 10)) + by).padStart(10, '0')} 00000 n`),
  )

const FRAMES: readonly CraftedFile[] = [
  { name: 'a hybrid file', bytes: hybrid() },
  {
    name: 'an update that adds a page',
    bytes: update(simplePdf(), [
      { number: 2, body: '<</Type/Pages/Count 4/Kids[4 0 R 6 0 R 8 0 R 20 0 R]/Resources<</Font<</F1 3 0 R>>>>>>' },
      { number: 20, body: page('') },
    ]),
  },
  {
    name: 'an update that takes a page away',
    bytes: update(
      simplePdf(),
      [{ number: 2, body: '<</Type/Pages/Count 2/Kids[4 0 R 8 0 R]/Resources<</Font<</F1 3 0 R>>>>>>' }],
      { free: [6, 7] },
    ),
  },
  {
    name: 'five updates',
    bytes: [0, 1, 2, 3, 4].reduce(
      (file, i) => update(file, [{ number: 5, body: flate('', textContent(i)) }]),
      simplePdf(),
    ),
  },
  {
    name: 'an update without its table',
    bytes: Buffer.concat([simplePdf(), latin1('5 0 obj\n'), flate('', textContent(7)), latin1('\nendobj\n')]),
  },
  {
    name: 'an update of a file with object streams',
    bytes: Buffer.concat([modernPdf(simpleObjects()), latin1('%\n')]),
  },
  { name: 'two files, one behind the other', bytes: Buffer.concat([simplePdf({ pages: 2 }), simplePdf()]) },
  {
    name: 'a file behind one that is cut off',
    bytes: Buffer.concat([simplePdf({ pages: 2 }).subarray(0, 600), simplePdf()]),
  },
  {
    name: 'a whole file and the beginning of another',
    bytes: Buffer.concat([simplePdf(), simplePdf({ pages: 2 }).subarray(0, 300)]),
  },
  ...[100, 1000, 1020, 1100, 5000].map((length) => ({
    name: `${length} bytes of garbage before the header`,
    bytes: Buffer.concat([Buffer.alloc(length, 0x41), latin1('\n'), simplePdf()]),
  })),
  { name: 'a byte order mark before the header', bytes: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), simplePdf()]) },
  { name: 'no header', bytes: simplePdf().subarray(9) },
  ...['%PDF-9.9', '%PDF-', '%PDF-1.', '%pdf-1.4', '%PS-Adobe', '%!PS-Adobe-3.0 PDF-1.4'].map((header) => ({
    name: `the header ${header}`,
    bytes: rewritten((text) => text.replace('%PDF-1.4', header)),
  })),
  { name: 'no end of file', bytes: rewritten((text) => text.replace('%%EOF\n', '')) },
  { name: 'no startxref', bytes: rewritten((text) => text.replace(/startxref\n\d+\n%%EOF\n/, '')) },
  { name: 'startxref 0', bytes: simplePdf({ startxref: 0 }) },
  { name: 'zeros behind the end', bytes: Buffer.concat([simplePdf(), Buffer.alloc(10_000)]) },
  { name: 'a table with bare carriage returns', bytes: table((text) => text.replace(/\n/g, '\r')) },
  { name: 'table rows of nineteen bytes', bytes: table((text) => text.replace(/ \n/g, '\n')) },
  { name: 'table rows with more white space', bytes: table((text) => text.replace(/ 00000 n/g, '   00000  n  ')) },
  { name: 'a table on one line with its range', bytes: table((text) => text.replace('xref\n0', 'xref 0')) },
  {
    name: 'a table with one row too many',
    bytes: table((text) => text.replace(/xref\n0 (\d+)/, (_, n: string) => `xref\n0 ${Number(n) + 1}`)),
  },
  {
    name: 'a table with one row too few',
    bytes: table((text) => text.replace(/xref\n0 (\d+)/, (_, n: string) => `xref\n0 ${Number(n) - 1}`)),
  },
  {
    name: 'a table that says an object is free',
    bytes: table((text) => text.replace(/(\d{10} 00000) n \ntrailer/, '$1 f \ntrailer')),
  },
  { name: 'a table that says the catalog is free', bytes: table((text) => text.replace(/ n /, ' f ')) },
  { name: 'a table of a billion rows', bytes: table((text) => text.replace(/xref\n0 \d+/, 'xref\n0 999999999')) },
  { name: 'a table with letters', bytes: table((text) => text.replace(/00000 n/, 'xxxxx n')) },
  ...[-20, -2, -1, 1, 2, 7, 20].map((by) => ({ name: `all offsets wrong by ${by}`, bytes: moved(by) })),
  {
    name: 'offsets of objects exchanged',
    bytes: table((text) => {
      const rows = text.match(/\d{10} 00000 n/g)!
      return text.replace(rows[3]!, 'X').replace(rows[5]!, rows[3]!).replace('X', rows[5]!)
    }),
  },
  { name: 'a trailer without its word', bytes: table((text) => text.replace('trailer', '')) },
  { name: 'a trailer that is no dictionary', bytes: table((text) => text.replace(/<<.*>>/, '[1 2 3]')) },
  { name: 'a trailer that breaks off', bytes: table((text) => text.replace(/>>\nstartxref[^]*/, '')) },
  { name: 'a size that is too small', bytes: table((text) => text.replace(/\/Size \d+/, '/Size 3')) },
  { name: 'no size', bytes: table((text) => text.replace(/\/Size \d+/, '')) },
  { name: 'a root of another generation', bytes: table((text) => text.replace('/Root 1 0 R', '/Root 1 5 R')) },
  { name: 'a root that is the pages', bytes: table((text) => text.replace('/Root 1 0 R', '/Root 2 0 R')) },
  {
    name: 'a root in the trailer itself',
    bytes: table((text) => text.replace('/Root 1 0 R', '/Root<</Type/Catalog/Pages 2 0 R>>')),
  },
  { name: 'a previous table that is not there', bytes: simplePdf({ trailer: '/Prev 999999' }) },
  { name: 'a previous table of 0', bytes: simplePdf({ trailer: '/Prev 0' }) },
  { name: 'a previous table that is no number', bytes: simplePdf({ trailer: '/Prev/None' }) },
  { name: 'a stream beside the table that is not there', bytes: simplePdf({ trailer: '/XRefStm 12' }) },
  { name: 'an encryption that is null', bytes: simplePdf({ trailer: '/Encrypt null' }) },
  { name: 'an encryption that is not there', bytes: simplePdf({ trailer: '/Encrypt 99 0 R' }) },
  { name: 'an encryption that is empty', bytes: simplePdf({ trailer: '/Encrypt<<>>' }) },
  { name: 'an encryption for certificates', bytes: simplePdf({ trailer: '/Encrypt<</Filter/Adobe.PubSec/V 4>>' }) },
]

const SYNTAX: readonly CraftedFile[] = [
  {
    name: 'comments wherever white space may stand',
    bytes: bodies((body) => body.replace(/\/(?=[A-Z])/g, '%c >> ]\n/').replace(/\[/g, '[%x\n')),
  },
  {
    name: 'comments between object and stream',
    bytes: exchanged({
      5: Buffer.concat([latin1(`<</Length ${textContent(0).length}>>%x\nstream\n${textContent(0)}\nendstream`)]),
    }),
  },
  { name: 'no white space where none is needed', bytes: bodies((body) => body.replace(/ (?=[[/<(])/g, '')) },
  { name: 'white space of every kind', bytes: bodies((body) => body.replace(/ /g, '\0\t\f\r\n ')) },
  { name: 'carriage returns for line ends', bytes: rewritten((text) => text.replace(/(obj|<<>>|>>)\n/g, '$1\r')) },
  {
    name: 'stream and a bare carriage return',
    bytes: exchanged({ 5: latin1(`<</Length ${textContent(0).length}>>\nstream\r${textContent(0)}\nendstream`) }),
  },
  {
    name: 'stream and spaces before its line end',
    bytes: exchanged({ 5: latin1(`<</Length ${textContent(0).length}>>\nstream   \r\n${textContent(0)}\nendstream`) }),
  },
  {
    name: 'stream and no line end',
    bytes: exchanged({ 5: latin1(`<</Length ${textContent(0).length}>>\nstream${textContent(0)}endstream`) }),
  },
  {
    name: 'keywords grown together',
    bytes: rewritten((text) => text.replace(/\nendstream\nendobj\n/g, 'endstreamendobj ')),
  },
  { name: 'objects grown together', bytes: rewritten((text) => text.replace(/endobj\n(\d)/g, 'endobj$1')) },
  { name: 'obj grown together with its value', bytes: rewritten((text) => text.replace(/obj\n<</g, 'obj<<')) },
  {
    name: 'data that says endstream',
    bytes: exchanged({
      5: stream('', `BT /F1 12 Tf 72 400 Td (endstream endobj said) Tj ET\nBT /F1 12 Tf 72 300 Td (and more) Tj ET\n`),
    }),
  },
  {
    name: 'data that says endstream, its length wrong',
    bytes: exchanged({ 5: stream('', `BT /F1 12 Tf 72 400 Td (before) Tj ET\n`, 7) }),
  },
  {
    name: 'names written with number signs',
    bytes: bodies((body) => body.replace('/Type/Page', '/T#79pe/P#61ge').replace('/Contents', '/Content#73')),
  },
  {
    name: 'names with number signs that are no code',
    bytes: bodies((body) => body.replace('/F1', '/F#1').replace('/MediaBox', '/A#zz 1/MediaBox')),
  },
  {
    name: 'numbers as careless writers write them',
    bytes: bodies((body) => body.replace('[0 0 595 842]', '[+0 -.0 595. 842.000000000001]')),
  },
  {
    name: 'numbers with an exponent or two signs',
    bytes: bodies((body) => body.replace('[0 0 595 842]', '[0 --0 5.95e2 842]')),
  },
  {
    name: 'numbers beyond all bounds',
    bytes: bodies((body) => body.replace('[0 0 595 842]', '[0 0 99999999999999999999 842]')),
  },
  { name: 'references to generation 65535', bytes: bodies((body) => body.replace('5 0 R', '5 65535 R')) },
  {
    name: 'references to objects of another generation',
    bytes: rewritten((text) => text.replace('5 0 obj', '5 3 obj')),
  },
  {
    name: 'an object of a high number',
    bytes: exchanged({ 4: page('').replace('5 0 R', '900000 0 R') }, [
      { number: 900_000, body: flate('', textContent(0)) },
    ]),
  },
  { name: 'objects twice, the first in the table', bytes: Buffer.concat([simplePdf().subarray(0, 200), simplePdf()]) },
  {
    name: 'a dictionary with a key twice',
    bytes: bodies((body) => body.replace('/Type/Page/', '/Type/Page/Rotate 90/Rotate 0/')),
  },
  {
    name: 'a dictionary with a stray value',
    bytes: bodies((body) => body.replace('/Type/Page/', '17 (stray)/Type/Page/')),
  },
  { name: 'a dictionary with a key without a value', bytes: bodies((body) => body.replace(/>>$/, '/Odd>>')) },
  { name: 'a dictionary closed once', bytes: bodies((body) => body.replace(/>>$/, '>')) },
  {
    name: 'a dictionary never closed',
    bytes: bodies((body, number) => (number === 6 ? body.replace(/>>$/, '') : body)),
  },
  { name: 'an array never closed', bytes: bodies((body, number) => (number === 6 ? body.replace(']', '') : body)) },
  { name: 'brackets that close nothing', bytes: bodies((body) => `${body} >> ]`) },
  {
    name: 'strings with every escape',
    bytes: exchanged({ 5: stream('', 'BT /F1 12 Tf 72 400 Td (a\\(b\\)c\\\\d\\101\\7\\\ne(f(g)h)i) Tj ET\n') }),
  },
  {
    name: 'an information dictionary with odd strings',
    bytes: exchanged({}, [{ number: N, body: '<</Title(\\377\\376\\)/Author<FEFF4E2D>/X<4>/Y<zz>>>' }]),
  },
  {
    name: 'arrays nested five hundred deep',
    bytes: bodies((body) => body.replace(/>>$/, `/Deep ${'['.repeat(500)}${']'.repeat(500)}>>`)),
  },
  {
    name: 'dictionaries nested five hundred deep',
    bytes: bodies((body) => body.replace(/>>$/, `/Deep ${'<</D '.repeat(500)}0${'>>'.repeat(500)}>>`)),
  },
  {
    name: 'a dictionary of fifty thousand keys',
    bytes: bodies((body, number) =>
      number === 4
        ? body.replace(/>>$/, `${Array.from({ length: 50_000 }, (_, i) => `/K${i} ${i}`).join('')}>>`)
        : body,
    ),
  },
]

const length = (value: string, extra: readonly RawObject[] = []): Buffer =>
  exchanged({ 5: stream('', textContent(0), value) }, extra)

const LENGTHS: readonly CraftedFile[] = [
  {
    name: 'a length in an object behind',
    bytes: length(`${N} 0 R`, [{ number: N, body: String(textContent(0).length) }]),
  },
  { name: 'a length in an object that is missing', bytes: length('99 0 R') },
  { name: 'a length that is a name', bytes: length('/Long') },
  { name: 'a length that is a fraction', bytes: length(`${textContent(0).length}.0`) },
  { name: 'a negative length', bytes: length('-5') },
  { name: 'a length of zero', bytes: length('0') },
  { name: 'a length one too long', bytes: length(String(textContent(0).length + 1)) },
  { name: 'a length one too short', bytes: length(String(textContent(0).length - 1)) },
  { name: 'a length beyond the file', bytes: length('99999999') },
  { name: 'a length that reaches into the next object', bytes: length('300') },
  { name: 'no length', bytes: exchanged({ 5: latin1(`<<>>\nstream\n${textContent(0)}\nendstream`) }) },
  {
    name: 'a compressed stream whose length is too short',
    bytes: exchanged({ 5: stream('/Filter/FlateDecode', deflateSync(textContent(0)), 9) }),
  },
  {
    name: 'a compressed stream without its checksum',
    bytes: exchanged({ 5: stream('/Filter/FlateDecode', deflateSync(textContent(0)).subarray(0, -4)) }),
  },
  {
    name: 'a compressed stream with a wrong checksum',
    bytes: exchanged({
      5: stream(
        '/Filter/FlateDecode',
        Buffer.concat([deflateSync(textContent(0)).subarray(0, -4), Buffer.from([1, 2, 3, 4])]),
      ),
    }),
  },
  {
    name: 'a compressed stream with bytes behind it',
    bytes: exchanged({
      5: stream('/Filter/FlateDecode', Buffer.concat([deflateSync(textContent(0)), Buffer.from('\r\njunk')])),
    }),
  },
  {
    name: 'a compressed stream behind a line end',
    bytes: exchanged({
      5: stream('/Filter/FlateDecode', Buffer.concat([Buffer.from('\r\n'), deflateSync(textContent(0))])),
    }),
  },
  {
    name: 'a compressed stream without its two bytes of header',
    bytes: exchanged({ 5: stream('/Filter/FlateDecode', deflateSync(textContent(0)).subarray(2)) }),
  },
  {
    name: 'a stream that is not compressed though it says so',
    bytes: exchanged({ 5: stream('/Filter/FlateDecode', textContent(0)) }),
  },
]

const tree = (pages: string, extra: readonly RawObject[] = []): Buffer => exchanged({ 2: pages }, extra)
const FONTS = '/Resources<</Font<</F1 3 0 R>>>>'

const TREES: readonly CraftedFile[] = [
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

const PAGES: readonly CraftedFile[] = [
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

const content = (text: string, resources = '', extra: readonly RawObject[] = []): Buffer =>
  rawPdf([
    ...simpleObjects().map((object) =>
      object.number === 5
        ? { number: 5, body: stream('', text) }
        : object.number === 4
          ? { number: 4, body: page(`/Resources<</Font<</F1 3 0 R>>${resources}>>`) }
          : object,
    ),
    ...extra,
  ])

const say = (words: string): string => `BT /F1 12 Tf 72 400 Td (${words}) Tj ET\n`
const form = (text: string, more = ''): Buffer => flate(`/Type/XObject/Subtype/Form/BBox[0 0 595 842]${more}`, text)
const IMAGE = '/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 8'
const pixels = Buffer.from(Array.from({ length: 16 }, (_, i) => i * 16))
const image = (body: Buffer): Buffer =>
  content(`q 100 0 0 100 72 500 cm /Im Do Q ${say('beside an image')}`, `/XObject<</Im ${N} 0 R>>`, [
    { number: N, body },
  ])

const CONTENTS: readonly CraftedFile[] = [
  {
    name: 'tokens divided between streams',
    bytes: exchanged({ 4: page(`/Contents[${N} 0 R ${N + 1} 0 R ${N + 2} 0 R]`).replace('/Contents 5 0 R', '') }, [
      { number: N, body: stream('', 'BT /F1 12 Tf 72 400') },
      { number: N + 1, body: stream('', 'Td (in several') },
      { number: N + 2, body: stream('', 'streams) Tj ET') },
    ]),
  },
  {
    name: 'a hundred streams on a page',
    bytes: exchanged(
      {
        4: page(`/Contents[${Array.from({ length: 100 }, (_, i) => `${N + i} 0 R`).join(' ')}]`).replace(
          '/Contents 5 0 R',
          '',
        ),
      },
      Array.from({ length: 100 }, (_, i) => ({
        number: N + i,
        body: flate('', `BT /F1 6 Tf 72 ${800 - i * 7} Td (line ${i}) Tj ET`),
      })),
    ),
  },
  {
    name: 'a form that says what the page says',
    bytes: content(`/Fm Do ${say('outside')}`, `/XObject<</Fm ${N} 0 R>>`, [
      { number: N, body: form(say('inside'), '/Resources<</Font<</F1 3 0 R>>>>') },
    ]),
  },
  {
    name: 'a form without resources',
    bytes: content(`/Fm Do ${say('outside')}`, `/XObject<</Fm ${N} 0 R>>`, [
      { number: N, body: form(say('takes its font from the page')) },
    ]),
  },
  {
    name: 'a form that draws itself',
    bytes: content(`/Fm Do ${say('outside')}`, `/XObject<</Fm ${N} 0 R>>`, [
      { number: N, body: form(`/Fm Do ${say('inside')}`, `/Resources<</Font<</F1 3 0 R>>/XObject<</Fm ${N} 0 R>>>>`) },
    ]),
  },
  {
    name: 'forms thirty deep',
    bytes: content(
      '/Fm Do',
      `/XObject<</Fm ${N} 0 R>>`,
      Array.from({ length: 30 }, (_, i) => ({
        number: N + i,
        body: form(
          i < 29 ? '/Fm Do' : say('at the bottom'),
          `/Resources<</Font<</F1 3 0 R>>/XObject<</Fm ${N + Math.min(29, i + 1)} 0 R>>>>`,
        ),
      })),
    ),
  },
  {
    name: 'a form turned and cut',
    bytes: content('q 0.5 0 0 0.5 50 50 cm /Fm Do Q', `/XObject<</Fm ${N} 0 R>>`, [
      { number: N, body: form(say('turned'), '/Matrix[0 1 -1 0 500 0]/Resources<</Font<</F1 3 0 R>>>>') },
    ]),
  },
  {
    name: 'a form without a box',
    bytes: content(`/Fm Do ${say('outside')}`, `/XObject<</Fm ${N} 0 R>>`, [
      { number: N, body: stream('/Type/XObject/Subtype/Form/Resources<</Font<</F1 3 0 R>>>>', say('no box')) },
    ]),
  },
  { name: 'drawing that names nothing there', bytes: content(`/No Do /None gs /Nil sh /Cs cs ${say('still there')}`) },
  {
    name: 'marked content with and without properties',
    bytes: content(
      `/P<</MCID 0>>BDC ${say('marked')} EMC /Span/Pr BDC ${say('again')}EMC /X BMC /Y MP EMC EMC`,
      `/Properties<</Pr<</MCID 1>>>>`,
    ),
  },
  {
    name: 'text with another text in its place',
    bytes: content(`/Span<</ActualText(instead)>>BDC ${say('drawn')}EMC`),
  },
  { name: 'operators nobody knows', bytes: content(`BX 1 2 frob EX ${say('after it')} 5 unknown`) },
  { name: 'too few operands', bytes: content(`Td Tj cm 1 0 cm re ${say('after them')}`) },
  {
    name: 'an inline image with EI in its data',
    bytes: content(`q 50 0 0 50 72 600 cm BI /W 4 /H 4 /BPC 8 /CS /G ID abEI cdEI ef g EI Q ${say('after the image')}`),
  },
  {
    name: 'an inline image with filters',
    bytes: content(
      `q 50 0 0 50 72 600 cm BI /W 4 /H 4 /BPC 8 /CS /G /F [/AHx] ID 00112233445566778899aabbccddeeff> EI Q ${say('after the image')}`,
    ),
  },
  { name: 'text that nobody sees', bytes: content(`BT /F1 12 Tf 3 Tr 72 400 Td (unseen words) Tj ET`) },
  {
    name: 'text that cuts',
    bytes: content(`q BT /F1 40 Tf 7 Tr 72 400 Td (cutting) Tj ET 0 0 600 800 re f Q ${say('after')}`),
  },
  {
    name: 'text of every operator',
    bytes: content(
      `BT /F1 12 Tf 14 TL 72 400 Td (one) Tj T* (two) ' 1 2 (three) " [(fo) -20 (ur) 500 (five)] TJ 1 0 .2 1 72 300 Tm <736978> Tj ET`,
    ),
  },
  {
    name: 'a font of drawings',
    bytes: content(
      'BT /T3 20 Tf 72 300 Td (ab) Tj ET ' + say('beside it'),
      `/Font<</F1 3 0 R/T3 ${N} 0 R>>`.slice(0, 0),
      [
        {
          number: N,
          body: '<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</a 5 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1000]>>',
        },
      ],
    ),
  },
  {
    name: 'a font of drawings in use',
    bytes: rawPdf([
      ...simpleObjects().map((object) =>
        object.number === 4
          ? { number: 4, body: page(`/Resources<</Font<</F1 3 0 R/T3 ${N} 0 R>>>>`) }
          : object.number === 5
            ? { number: 5, body: stream('', `BT /T3 20 Tf 72 300 Td (aba) Tj ET ${say('beside it')}`) }
            : object,
      ),
      {
        number: N,
        body: `<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</a ${N + 1} 0 R/b ${N + 2} 0 R>>/Encoding<</Differences[97/a/b]>>/FirstChar 97/LastChar 98/Widths[1000 1000]/Resources<<>>>>`,
      },
      { number: N + 1, body: stream('', '1000 0 0 0 750 750 d1 0 0 750 750 re f') },
      { number: N + 2, body: stream('', '1000 0 d0 BI /W 1 /H 1 /IM true ID \x80 EI') },
    ]),
  },
  {
    name: 'patterns, shadings and states',
    bytes: content(
      `/Pattern cs /P1 scn 0 0 100 100 re f /G1 gs /Sh1 sh ${say('over patterns')}`,
      `/Pattern<</P1 ${N} 0 R>>/Shading<</Sh1<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 1 1]/Function<</FunctionType 2/Domain[0 1]/C0[0 0 0]/C1[1 1 1]/N 1>>>>>>/ExtGState<</G1<</ca .5/SMask<</S/Luminosity/G ${N + 1} 0 R>>>>>>`,
      [
        {
          number: N,
          body: stream(
            '/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 10 10]/XStep 10/YStep 10/Resources<<>>',
            '1 0 0 rg 0 0 5 5 re f',
          ),
        },
        { number: N + 1, body: form('0 0 595 842 re f', '/Group<</S/Transparency/CS/DeviceGray>>/Resources<<>>') },
      ],
    ),
  },
  {
    name: 'content of a hundred thousand states',
    bytes: exchanged({ 5: flate('', `${'q '.repeat(100_000)}${say('deep')}`) }),
  },
  {
    name: 'content of old filters',
    bytes: exchanged({
      5: stream('/Filter[/ASCIIHexDecode/FlateDecode]', `${deflateSync(say('hex and flate')).toString('hex')}>`),
    }),
  },
  {
    name: 'content of run lengths',
    bytes: exchanged({
      5: stream(
        '/Filter/RunLengthDecode',
        Buffer.concat([Buffer.from([say('run lengths').length - 1]), latin1(say('run lengths')), Buffer.from([128])]),
      ),
    }),
  },
  {
    name: 'content packed twice',
    bytes: exchanged({ 5: stream('/Filter[/FlateDecode/FlateDecode]', deflateSync(deflateSync(say('packed twice')))) }),
  },
  { name: 'content of short filter names', bytes: exchanged({ 5: stream('/Filter/Fl', deflateSync(say('short'))) }) },
  {
    name: 'content with null parameters',
    bytes: exchanged({ 5: stream('/Filter[/FlateDecode]/DecodeParms[null]', deflateSync(say('null'))) }),
  },
  { name: 'content with empty filters', bytes: exchanged({ 5: stream('/Filter[]/DecodeParms[]', say('no filter')) }) },
  { name: 'content of an unknown filter', bytes: exchanged({ 5: stream('/Filter/BestDecode', say('unknown')) }) },
  {
    name: 'content with its filter in an object',
    bytes: exchanged({ 5: stream(`/Filter ${N} 0 R`, deflateSync(say('indirect filter'))) }, [
      { number: N, body: '[/FlateDecode]' },
    ]),
  },
  {
    name: 'content behind a crypt filter',
    bytes: exchanged({
      5: stream('/Filter[/Crypt/FlateDecode]/DecodeParms[<</Name/Identity>> null]', deflateSync(say('identity'))),
    }),
  },
  { name: 'content in another file', bytes: exchanged({ 5: stream('/F(other.txt)', say('outside')) }) },
  { name: 'an image', bytes: image(stream(`${IMAGE}/ColorSpace/DeviceGray`, pixels)) },
  { name: 'an image with too little data', bytes: image(stream(`${IMAGE}/ColorSpace/DeviceRGB`, pixels)) },
  {
    name: 'an image without a size',
    bytes: image(stream('/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8', pixels)),
  },
  {
    name: 'an image of a negative size',
    bytes: image(
      stream('/Type/XObject/Subtype/Image/Width -4/Height 4/ColorSpace/DeviceGray/BitsPerComponent 8', pixels),
    ),
  },
  {
    name: 'an image of an enormous size',
    bytes: image(
      stream('/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceGray/BitsPerComponent 8', pixels),
    ),
  },
  { name: 'an image that masks itself', bytes: image(stream(`${IMAGE}/ColorSpace/DeviceGray/SMask ${N} 0 R`, pixels)) },
  {
    name: 'an image of an index',
    bytes: image(stream(`${IMAGE}/ColorSpace[/Indexed/DeviceRGB 1<000000ffffff>]`, pixels)),
  },
  {
    name: 'an image with a profile that is none',
    bytes: image(stream(`${IMAGE}/ColorSpace[/ICCBased 5 0 R]`, pixels)),
  },
  {
    name: 'an image of JPEG 2000 that is none',
    bytes: image(stream('/Type/XObject/Subtype/Image/Width 4/Height 4/Filter/JPXDecode', pixels)),
  },
  {
    name: 'an image of JBIG2 that is none',
    bytes: image(
      stream(
        '/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode/DecodeParms<</JBIG2Globals 99 0 R>>',
        pixels,
      ),
    ),
  },
  {
    name: 'an image of fax that is none',
    bytes: image(
      stream(
        '/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 4>>',
        pixels,
      ),
    ),
  },
  {
    name: 'an image of JPEG that is none',
    bytes: image(
      stream(
        '/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode',
        pixels,
      ),
    ),
  },
  {
    name: 'an image in another file',
    bytes: image(stream(`${IMAGE}/ColorSpace/DeviceGray/F(picture.raw)/FFilter/FlateDecode`, pixels)),
  },
  {
    name: 'text in layers, one hidden',
    bytes: rawPdf([
      ...simpleObjects({ catalog: `/OCProperties<</OCGs[${N} 0 R ${N + 1} 0 R]/D<</OFF[${N + 1} 0 R]>>>>` }).map(
        (object) =>
          object.number === 4
            ? { number: 4, body: page(`/Resources<</Font<</F1 3 0 R>>/Properties<</A ${N} 0 R/B ${N + 1} 0 R>>>>`) }
            : object.number === 5
              ? {
                  number: 5,
                  body: stream('', `/OC/A BDC ${say('shown layer')}EMC /OC/B BDC ${say('hidden layer')}EMC`),
                }
              : object,
      ),
      { number: N, body: '<</Type/OCG/Name(A)>>' },
      { number: N + 1, body: '<</Type/OCG/Name(B)>>' },
    ]),
  },
]

const appearance = (text: string): Buffer =>
  stream(
    '/Type/XObject/Subtype/Form/BBox[0 0 200 30]/Resources<</Font<</F1 3 0 R>>>>',
    `BT /F1 12 Tf 2 5 Td (${text}) Tj ET`,
  )
const annotated = (subtype: string, more: string, catalog = ''): CraftedFile => ({
  name: `an annotation ${subtype} ${more.slice(0, 40)}${catalog.slice(0, 40)}`,
  bytes: simplePdf({
    catalog,
    page: (i) => (i === 0 ? `/Annots[${N} 0 R]` : ''),
    extra: [
      { number: N, body: `<</Type/Annot/Subtype/${subtype}/Rect[100 600 300 630]${more}>>` },
      { number: N + 1, body: appearance('annotated words') },
    ],
  }),
})

const ANNOTATIONS: readonly CraftedFile[] = [
  annotated('FreeText', `/Contents(typed)/DA(/Helv 12 Tf)/AP<</N ${N + 1} 0 R>>`),
  annotated('FreeText', '/Contents(without a drawing)/DA(/Helv 12 Tf 0 g)'),
  annotated('Stamp', `/AP<</N ${N + 1} 0 R>>/F 4`),
  annotated('Stamp', `/AP<</N ${N + 1} 0 R>>/F 2`),
  annotated('Highlight', '/QuadPoints[100 630 300 630 100 600 300 600]/C[1 1 0]/Contents(note)'),
  annotated('Text', '/Contents(popup)/Popup 4 0 R'),
  annotated('Link', '/A<</S/URI/URI(https://example.org)>>'),
  annotated('Link', '/Dest[6 0 R/Fit]'),
  annotated('Link', '/A<</S/Launch/F(cmd.exe)>>'),
  annotated('Ink', '/InkList[[100 600 200 620]]'),
  annotated('Unknown', `/AP<</N ${N + 1} 0 R>>`),
  annotated('Widget', `/FT/Tx/T(a)/V(value)/AP<</N ${N + 1} 0 R>>`, `/AcroForm<</Fields[${N} 0 R]>>`),
  annotated(
    'Widget',
    `/FT/Tx/T(a)/V(value)/AP<</N ${N + 1} 0 R>>`,
    `/AcroForm<</Fields[${N} 0 R]/XFA[(template)5 0 R]>>`,
  ),
  annotated(
    'Widget',
    `/FT/Tx/T(a)/V(value)/DA(/Helv 10 Tf 0 g)`,
    `/AcroForm<</Fields[${N} 0 R]/NeedAppearances true/DR<</Font<</Helv 3 0 R>>>>>>`,
  ),
  annotated(
    'Widget',
    `/FT/Sig/T(s)/V<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<00>>>/AP<</N ${N + 1} 0 R>>`,
    `/AcroForm<</Fields[${N} 0 R]/SigFlags 3>>`,
  ),
  annotated('Widget', `/AP<</N ${N} 0 R>>`),
  annotated('FileAttachment', '/FS<</EF<</F 5 0 R>>/F(evil.exe)>>'),
  annotated('Stamp', `/AP<</N<</On ${N + 1} 0 R/Off null>>>>/AS/On`),
  annotated('Stamp', `/AP<</N ${N + 1} 0 R>>/Rect[300 630 100 600]`),
  {
    name: 'embedded files in a portfolio',
    bytes: simplePdf({
      catalog: `/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF<</F 5 0 R>>>>]>>>>`,
    }),
  },
  {
    name: 'names in a circle',
    bytes: simplePdf({
      catalog: `/Names<</Dests ${N} 0 R>>/Dests ${N} 0 R`,
      extra: [{ number: N, body: `<</Kids[${N} 0 R ${N} 0 R]>>` }],
    }),
  },
  {
    name: 'bookmarks in a circle',
    bytes: simplePdf({
      catalog: `/Outlines ${N} 0 R`,
      extra: [
        { number: N, body: `<</First ${N + 1} 0 R/Last ${N + 1} 0 R>>` },
        { number: N + 1, body: `<</Title(a)/Next ${N + 1} 0 R/First ${N} 0 R/Dest[4 0 R/Fit]>>` },
      ],
    }),
  },
  {
    name: 'a structure tree in a circle',
    bytes: simplePdf({
      catalog: `/StructTreeRoot ${N} 0 R/MarkInfo<</Marked true>>`,
      extra: [{ number: N, body: `<</Type/StructTreeRoot/K[${N} 0 R]>>` }],
    }),
  },
  {
    name: 'scripts everywhere',
    bytes: simplePdf({
      catalog:
        '/OpenAction<</S/JavaScript/JS(app.alert(1))>>/AA<</WC<</S/JavaScript/JS(1)>>>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>',
    }),
  },
  {
    name: 'page labels of every kind',
    bytes: simplePdf({ catalog: '/PageLabels<</Nums[0<</S/r>>1<</S/D/St 5/P(A-)>>2<<>>]>>' }),
  },
  {
    name: 'viewer settings, languages and other things',
    bytes: simplePdf({
      catalog:
        '/Lang(zh-CN)/ViewerPreferences<</Direction/R2L>>/PageLayout/TwoColumnLeft/Version/1.7/Extensions<<>>/Legal<<>>/Requirements[]/Threads[]/URI<</Base(x)>>',
    }),
  },
]

/** A stream of so many zeros or spaces, packed. */
const zeros = (megabytes: number, fill = 0): Buffer => Buffer.alloc(megabytes * 2 ** 20, fill)

const bombs = (): CraftedFile[] => [
  {
    name: 'content of two hundred megabytes',
    bytes: exchanged({ 5: flate('', Buffer.concat([latin1(say('before')), zeros(200, 32)])) }),
  },
  {
    name: 'content packed three times',
    bytes: exchanged({
      5: stream('/Filter[/FlateDecode/FlateDecode/FlateDecode]', deflateSync(deflateSync(deflateSync(zeros(250, 32))))),
    }),
  },
  {
    name: 'an image of two hundred megabytes',
    bytes: image(
      flate(
        '/Type/XObject/Subtype/Image/Width 14000/Height 14000/ColorSpace/DeviceGray/BitsPerComponent 8',
        zeros(187),
      ),
    ),
  },
  {
    name: 'ten images of a hundred megabytes',
    bytes: content(
      say('many'),
      `/XObject<<${Array.from({ length: 10 }, (_, i) => `/I${i} ${N + i} 0 R`).join('')}>>`,
      Array.from({ length: 10 }, (_, i) => ({
        number: N + i,
        body: flate(
          '/Type/XObject/Subtype/Image/Width 10240/Height 10240/ColorSpace/DeviceGray/BitsPerComponent 8',
          zeros(100),
        ),
      })),
    ),
  },
  {
    name: 'run lengths of a hundred megabytes',
    bytes: image(
      stream(
        '/Type/XObject/Subtype/Image/Width 10000/Height 10000/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/RunLengthDecode',
        Buffer.from(Array.from({ length: 1_600_000 }, (_, i) => (i % 2 ? 0 : 129))),
      ),
    ),
  },
  {
    name: 'an object stream that promises a billion objects',
    bytes: rewriteModern((text) => text.replace(/\/N \d+/, '/N 999999999')),
  },
  {
    name: 'a cross-reference stream that promises a billion rows',
    bytes: rewriteModern((text) => text.replace(/\/Size \d+/, '/Size 999999999')),
  },
  {
    name: 'a cross-reference stream of a strange index',
    bytes: rewriteModern((text) => text.replace('/W[1 4 1]', '/W[1 4 1]/Index[0 999999999 5 5]')),
  },
  {
    name: 'a cross-reference stream of wide fields',
    bytes: rewriteModern((text) => text.replace('/W[1 4 1]', '/W[1 99 1]')),
  },
  {
    name: 'a hundred thousand annotations',
    bytes: simplePdf({
      page: (i) => (i === 0 ? `/Annots[${`${N} 0 R `.repeat(100_000)}]` : ''),
      extra: [{ number: N, body: '<</Type/Annot/Subtype/Link/Rect[0 0 1 1]>>' }],
    }),
  },
  {
    name: 'a string of ten megabytes',
    bytes: bodies((body, number) => (number === 4 ? body.replace(/>>$/, `/X(${'a'.repeat(10_000_000)})>>`) : body)),
  },
  {
    name: 'a comment of twenty megabytes',
    bytes: Buffer.concat([simplePdf({ xref: false }), latin1('%'), Buffer.alloc(20_000_000, 0x61)]),
  },
  {
    name: 'a million objects called obj',
    bytes: Buffer.concat([simplePdf({ xref: false }), latin1('0 obj '.repeat(1_000_000))]),
  },
  {
    name: 'a million opening brackets',
    bytes: Buffer.concat([simplePdf({ xref: false }), latin1(`99 0 obj ${'<<'.repeat(1_000_000)}`)]),
  },
  {
    name: 'a million unclosed strings',
    bytes: Buffer.concat([simplePdf({ xref: false }), latin1('99 0 obj ('.repeat(100_000))]),
  },
  {
    name: 'a million trailers',
    bytes: Buffer.concat([simplePdf({ xref: false }), latin1('trailer <<'.repeat(100_000))]),
  },
  {
    name: 'a million streams without end',
    bytes: Buffer.concat([simplePdf({ xref: false }), latin1('98 0 obj<</Length 9>>stream\n'.repeat(50_000))]),
  },
]

function rewriteModern(change: (text: string) => string): Buffer {
  return latin1(change(modernPdf(simpleObjects()).toString('latin1')))
}

const MODERN: readonly CraftedFile[] = [
  { name: 'an object stream without its first', bytes: rewriteModern((text) => text.replace(/\/First \d+/, '')) },
  {
    name: 'an object stream with a wrong first',
    bytes: rewriteModern((text) => text.replace(/\/First \d+/, '/First 3')),
  },
  { name: 'an object stream with too few objects', bytes: rewriteModern((text) => text.replace(/\/N \d+/, '/N 2')) },
  { name: 'an object stream with too many objects', bytes: rewriteModern((text) => text.replace(/\/N \d+/, '/N 99')) },
  {
    name: 'an object stream of another type',
    bytes: rewriteModern((text) => text.replace('/Type/ObjStm', '/Type/Other ')),
  },
  {
    name: 'an object stream that is damaged',
    bytes: rewriteModern((text) => text.replace(/(ObjStm[^]*?stream\n..)[^]{6}/, '$1\xff\xff\xff\xff\xff\xff')),
  },
  {
    name: 'a cross-reference stream that is damaged',
    bytes: rewriteModern((text) => text.replace(/(\/XRef[^]*?stream\n..)[^]{6}/, '$1\xff\xff\xff\xff\xff\xff')),
  },
  {
    name: 'a cross-reference stream of another type',
    bytes: rewriteModern((text) => text.replace('/Type/XRef', '/Type/Xref')),
  },
  { name: 'a cross-reference stream without widths', bytes: rewriteModern((text) => text.replace('/W[1 4 1]', '')) },
  {
    name: 'a cross-reference stream whose root is wrong',
    bytes: rewriteModern((text) => text.replace('/Root 1 0 R', '/Root 9 0 R')),
  },
  {
    name: 'a cross-reference stream that is not there',
    bytes: rewriteModern((text) => text.replace(/startxref\n\d+/, 'startxref\n5')),
  },
  {
    name: 'object streams without any cross-references',
    bytes: rewriteModern((text) => text.slice(0, text.indexOf('/Type/XRef') - 20)),
  },
]

/** All of them; bombs are made when asked for, since they cost time and memory. */
export const craftedFiles = (withBombs = false): CraftedFile[] => [
  ...FRAMES,
  ...SYNTAX,
  ...LENGTHS,
  ...TREES,
  ...PAGES,
  ...CONTENTS,
  ...ANNOTATIONS,
  ...MODERN,
  ...(withBombs ? bombs() : []),
]
