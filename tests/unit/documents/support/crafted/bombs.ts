/** Files made to cost time and memory. */
import { deflateSync } from 'node:zlib'
import { flate, simplePdf, stream } from '../raw-pdf.ts'
import { bodies, content, exchanged, image, latin1, N, rewriteModern, say, type CraftedFile } from './parts.ts'

/** A stream of so many zeros or spaces, packed. */
const zeros = (megabytes: number, fill = 0): Buffer => Buffer.alloc(megabytes * 2 ** 20, fill)

export const bombs = (): CraftedFile[] => [
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
