/** Header, tables, trailers and updates: the frame of a file. */
import { flate, modernPdf, simpleObjects, simplePdf, textContent, type RawObject } from '../raw-pdf.ts'
import { latin1, page, rewritten, type CraftedFile } from './parts.ts'

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

export const FRAMES: readonly CraftedFile[] = [
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
