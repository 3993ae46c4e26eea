import { generator } from './bitmaps.ts'

const WORDS =
  /obj|endobj|stream|endstream|xref|trailer|startxref|\/Length|\/Kids|\/Type|\/Pages|\/Page|\/Contents|\/Filter|\/Count|\/Root|\/Parent|\/Resources|\/Font|\/ToUnicode|<<|>>|\[|\]|%PDF-1\.|%%EOF/g

/** A file damaged at random in one to three ways that disks, mail programs, broken downloads and bad writers know. */
export function mutated(original: Buffer, seed: number): Buffer {
  const random = generator(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  let bytes: Buffer = Buffer.from(original)
  const times = 1 + below(3)
  for (let i = 0; i < times; i++) bytes = WAYS[below(WAYS.length)]!(bytes, below, random)
  return bytes
}

type Below = (limit: number) => number
type Way = (bytes: Buffer, below: Below, random: () => number) => Buffer

const replace = (bytes: Buffer, pattern: RegExp, random: () => number, change: (word: string) => string): Buffer => {
  const text = bytes.toString('latin1')
  const count = text.match(pattern)?.length ?? 0
  // About two of all that match, however many there are.
  const share = Math.min(0.5, 2 / Math.max(1, count))
  return Buffer.from(
    text.replace(pattern, (word) => (random() < share ? change(word) : word)),
    'latin1',
  )
}

const WAYS: readonly Way[] = [
  // Single bytes changed, or single bits.
  (bytes, below) => {
    for (let i = below(12); i >= 0; i--) bytes[below(bytes.length)] = below(256)
    return bytes
  },
  (bytes, below) => {
    for (let i = below(12); i >= 0; i--) bytes[below(bytes.length)]! ^= 1 << below(8)
    return bytes
  },
  // Cut off at the end, seldom at the start.
  (bytes, _, random) => bytes.subarray(0, Math.ceil(bytes.length * (0.4 + random() * 0.6))),
  (bytes, below) => bytes.subarray(below(Math.min(40, bytes.length))),
  // A piece lost, doubled, filled with zeros or with something else.
  (bytes, below) => {
    const from = below(bytes.length)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + below(400))])
  },
  (bytes, below) => {
    const from = below(bytes.length)
    const piece = bytes.subarray(from, from + below(600))
    const to = below(bytes.length)
    return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to)])
  },
  (bytes, below) => {
    const from = below(bytes.length)
    return bytes.fill(0, from, Math.min(bytes.length, from + below(512)))
  },
  (bytes, below) => {
    const from = below(bytes.length)
    const junk = Buffer.from('<html>junk</html>\r\n'.repeat(1 + below(10)), 'latin1')
    return Buffer.concat([bytes.subarray(0, from), junk, bytes.subarray(from)])
  },
  // Numbers, references and words of the syntax gone wrong.
  (bytes, below, random) => replace(bytes, /\/Length \d+/g, random, () => `/Length ${below(5000)}`),
  (bytes, below, random) => replace(bytes, /\d+ 0 R/g, random, () => `${below(40)} 0 R`),
  (bytes, below, random) =>
    replace(bytes, /\d{10} \d{5} [nf]/g, random, () => `${String(below(99999)).padStart(10, '0')} 00000 n`),
  (bytes, _, random) => replace(bytes, WORDS, random, () => ''),
  (bytes, _, random) => replace(bytes, WORDS, random, (word) => word.slice(0, -1) + 'x'),
  (bytes, below, random) => replace(bytes, /\b\d+ 0 obj/g, random, () => `${below(40)} 0 obj`),
  (bytes, below, random) =>
    replace(bytes, /\d+/g, random, () => ['-1', '0', '99999999999', '3.7', '1e5', '--2'][below(6)]!),
  // Line ends as a mail program or an old Macintosh leaves them.
  (bytes) => Buffer.from(bytes.toString('latin1').replace(/\n/g, '\r\n'), 'latin1'),
  (bytes, _, random) => replace(bytes, /\r?\n/g, random, () => '\r'),
  // What precedes or follows a download.
  (bytes, below) => Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nX: y\r\n\r\n'.slice(below(20))), bytes]),
  (bytes, below) => Buffer.concat([bytes, Buffer.alloc(below(3000), below(256))]),
  (bytes, below) => Buffer.concat([bytes, bytes.subarray(below(bytes.length))]),
]
