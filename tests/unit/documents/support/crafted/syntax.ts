/** How values, objects and the lengths of streams are written. */
import { deflateSync } from 'node:zlib'
import { flate, simplePdf, stream, textContent, type RawObject } from '../raw-pdf.ts'
import { bodies, exchanged, latin1, N, page, rewritten, type CraftedFile } from './parts.ts'

export const SYNTAX: readonly CraftedFile[] = [
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

export const LENGTHS: readonly CraftedFile[] = [
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
