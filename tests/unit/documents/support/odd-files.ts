import { generator } from './bitmaps.ts'
import { firstExtra, flate, modernPdf, rawPdf, simpleObjects, simplePdf } from './raw-pdf.ts'

/** A difficult file and how it must end: with so many pages, or refused under a code. */
export interface OddFile {
  readonly name: string
  readonly bytes: Buffer
  readonly ends: { readonly pages: number } | { readonly code: string }
}

const whole = simplePdf()
const text = whole.toString('latin1')
const latin1 = (changed: string): Buffer => Buffer.from(changed, 'latin1')

/** Faults in the frame of a file that all of its three pages can be read through. */
export const MENDABLE: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['with a wrong startxref', simplePdf({ startxref: 17 })],
  ['with a startxref beyond the file', simplePdf({ startxref: 999_999 })],
  ['without cross-references', simplePdf({ xref: false })],
  ['with junk before its header', simplePdf({ before: 'HTTP/1.1 200 OK\r\n\r\n' })],
  ['with junk before its header that offsets do not count in', Buffer.concat([Buffer.from('junk junk\n'), whole])],
  ['with junk after its end', Buffer.concat([whole, Buffer.alloc(5000, 0x20), Buffer.from('<html></html>')])],
  ['with offsets all moved', latin1(text.replace('2 0 obj', '\n\n\n2 0 obj'))],
  ['cut off before its cross-references', whole.subarray(0, whole.indexOf('xref') - 10)],
  ['with line ends changed to CR LF by a mail program', latin1(text.replace(/\nendobj/g, '\r\nendobj'))],
  ['with stream lengths too short', latin1(text.replace(/\/Length \d+/g, '/Length 5'))],
  ['with stream lengths too long', latin1(text.replace(/\/Length \d+/g, '/Length 99999'))],
  ['with a length that refers to itself', latin1(text.replace(/\/Length \d+/g, '/Length 5 0 R'))],
  ['whose stream dictionaries are closed by half a bracket', latin1(text.replace(/>>\nstream/g, '>~\nstream'))],
  ['without any endobj', latin1(text.replace(/\nendobj/g, ''))],
  ['without any endstream', latin1(text.replace(/\nendstream/g, ''))],
  ['whose trailer names no root', latin1(text.replace('/Root 1 0 R', ''))],
  ['whose trailer names a wrong root', latin1(text.replace('/Root 1 0 R', '/Root 3 0 R'))],
  [
    'whose previous cross-references are its own',
    latin1(text.replace('/Root', `/Prev ${text.lastIndexOf('xref\n0')}/Root`)),
  ],
  ['whose table begins at one instead of zero', latin1(text.replace(/xref\n0 (\d+)/, 'xref\n1 $1'))],
  ['whose object stream lost its tail', modernPdf(simpleObjects()).subarray(0, -60)],
  ['with an update that replaces a page and a table of its own', updated()],
]

/** The same file with page 1 written again behind it, as editors save. */
function updated(): Buffer {
  const page = '4 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Rotate 0>>\nendobj\n'
  const previous = text.lastIndexOf('xref\n0')
  const table = `xref\n4 1\n${String(whole.length).padStart(10, '0')} 00000 n \n`
  const trailer = `trailer\n<</Size 10/Root 1 0 R/Prev ${previous}>>\nstartxref\n${whole.length + page.length}\n%%EOF\n`
  return Buffer.concat([whole, latin1(page + table + trailer)])
}

export const HOPELESS: readonly (readonly [name: string, bytes: Buffer, code: string])[] = [
  ['an HTML page', Buffer.from('<!doctype html><html><body>Sign in to continue</body></html>'), 'damaged_pdf'],
  ['an empty file', Buffer.alloc(0), 'empty_file'],
  ['random bytes', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)), 'damaged_pdf'],
  ['a header and nothing else', Buffer.from('%PDF-1.7\n'), 'damaged_pdf'],
  ['a document without pages', rawPdf([{ number: 1, body: '<</Type/Catalog>>' }]), 'damaged_pdf'],
]

const replaced = (number: number, body: string | Buffer): Buffer =>
  rawPdf(simpleObjects().map((object) => (object.number === number ? { number, body } : object)))

/** Files that are wrong or extreme in their own content. */
const EXTREME: readonly OddFile[] = [
  { name: 'five thousand pages', bytes: simplePdf({ pages: 5000 }), ends: { pages: 5000 } },
  {
    name: 'ten thousand objects nobody needs',
    bytes: simplePdf({
      extra: Array.from({ length: 10_000 }, (_, i) => ({
        number: firstExtra() + i,
        body: `<</Next ${firstExtra() + i + 1} 0 R>>`,
      })),
    }),
    ends: { pages: 3 },
  },
  {
    name: 'a chain of ten thousand references in the resources',
    bytes: simplePdf({
      page: `/Group ${firstExtra()} 0 R`,
      extra: Array.from({ length: 10_000 }, (_, i) => ({
        number: firstExtra() + i,
        body: `<</Next ${firstExtra() + i + 1} 0 R>>`,
      })),
    }),
    ends: { pages: 3 },
  },
  {
    name: 'values nested a hundred thousand deep',
    bytes: simplePdf({ page: '/Group 10 0 R', extra: [{ number: 10, body: '['.repeat(100_000) }] }),
    ends: { pages: 3 },
  },
  {
    name: 'a page tree in a circle',
    bytes: replaced(2, '<</Type/Pages/Count 3/Kids[2 0 R 4 0 R 6 0 R 8 0 R]>>'),
    ends: { pages: 3 },
  },
  {
    name: 'a page tree that counts wrong',
    bytes: replaced(2, '<</Type/Pages/Count 99999999/Kids[4 0 R 6 0 R 8 0 R]>>'),
    ends: { pages: 3 },
  },
  { name: 'references in a circle', bytes: replaced(3, '3 0 R'), ends: { pages: 3 } },
  { name: 'a page without anything', bytes: replaced(6, '<</Type/Page/Parent 2 0 R>>'), ends: { pages: 3 } },
  { name: 'a page of 200 x 200 inches', bytes: simplePdf({ page: '/MediaBox[0 0 14400 14400]' }), ends: { pages: 3 } },
  { name: 'a page of no size', bytes: simplePdf({ page: '/MediaBox[0 0 0 0]' }), ends: { pages: 3 } },
  {
    name: 'a page with words for numbers',
    bytes: simplePdf({ page: '/MediaBox[a b c d]/Rotate /Left' }),
    ends: { pages: 3 },
  },
  { name: 'content that is a bomb', bytes: replaced(5, flate('', Buffer.alloc(60 * 2 ** 20, 32))), ends: { pages: 3 } },
  {
    name: 'an object stream that is a bomb',
    bytes: simplePdf({
      xref: false,
      extra: [{ number: firstExtra(), body: flate('/Type/ObjStm/N 1/First 5', Buffer.alloc(300 * 2 ** 20)) }],
    }),
    ends: { pages: 3 },
  },
]

export const ODD_FILES: readonly OddFile[] = [
  ...MENDABLE.map(([name, bytes]) => ({ name, bytes, ends: { pages: 3 } })),
  ...HOPELESS.map(([name, bytes, code]) => ({ name, bytes, ends: { code } })),
  ...EXTREME,
]

/** A file damaged at random: bytes changed, cut, put in; lengths, references and keywords gone wrong. */
export function damaged(original: Buffer, seed: number): Buffer {
  const random = generator(seed)
  const at = (): number => Math.floor(random() * original.length)
  const words = (pattern: RegExp, change: (word: string) => string): Buffer =>
    latin1(original.toString('latin1').replace(pattern, (word) => (random() < 0.97 ? word : change(word))))
  switch (seed % 7) {
    case 0: {
      const bytes = Buffer.from(original)
      for (let i = 0; i < 20; i++) bytes[at()] = Math.floor(random() * 256)
      return bytes
    }
    case 1:
      return original.subarray(0, Math.floor(original.length * (0.3 + random() * 0.7)))
    case 2: {
      const from = at()
      return Buffer.concat([original.subarray(0, from), original.subarray(from + Math.floor(random() * 300))])
    }
    case 3: {
      const from = at()
      return Buffer.concat([original.subarray(0, from), latin1('junk'.repeat(20 * random())), original.subarray(from)])
    }
    case 4:
      return words(/\/Length \d+/g, () => `/Length ${Math.floor(random() * 5000)}`)
    case 5:
      return words(/\d+ 0 R/g, () => `${Math.floor(random() * 40)} 0 R`)
    default:
      return words(/endobj|endstream|stream|>>/g, () => '')
  }
}
