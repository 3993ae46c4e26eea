import { deflateSync } from 'node:zlib'

/** Makes PDFs by hand, so that every byte of them can be wrong on purpose. */
export interface RawObject {
  readonly number: number
  readonly body: string | Buffer
}

export interface RawOptions {
  readonly root?: number
  readonly trailer?: string
  readonly before?: string
  readonly startxref?: number
  readonly xref?: boolean
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

/** A stream's body; `length` replaces the true one. */
export function stream(entries: string, data: string | Buffer, length?: number | string): Buffer {
  const bytes = typeof data === 'string' ? latin1(data) : data
  return Buffer.concat([
    latin1(`<<${entries}/Length ${length ?? bytes.length}>>\nstream\n`),
    bytes,
    latin1('\nendstream'),
  ])
}

export const flate = (entries: string, data: string | Buffer): Buffer =>
  stream(`${entries}/Filter/FlateDecode`, deflateSync(data))

/** Objects in the order given with a classic cross-reference table. */
export function rawPdf(objects: readonly RawObject[], options: RawOptions = {}): Buffer {
  const { root = 1, trailer = '', before = '', xref = true } = options
  const parts: Buffer[] = [latin1(`${before}%PDF-1.4\n%\xe2\xe3\xcf\xd3\n`)]
  let at = parts[0]!.length
  const offsets = new Map<number, number>()
  for (const { number, body } of objects) {
    offsets.set(number, at)
    const bytes = Buffer.concat([
      latin1(`${number} 0 obj\n`),
      typeof body === 'string' ? latin1(body) : body,
      latin1('\nendobj\n'),
    ])
    parts.push(bytes)
    at += bytes.length
  }
  if (!xref) return Buffer.concat(parts)
  const size = Math.max(0, ...offsets.keys()) + 1
  let table = `xref\n0 ${size}\n0000000000 65535 f \n`
  for (let number = 1; number < size; number++) {
    const offset = offsets.get(number)
    table += offset === undefined ? '0000000000 00000 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
  }
  table += `trailer\n<</Size ${size}/Root ${root} 0 R${trailer}>>\nstartxref\n${options.startxref ?? at}\n%%EOF\n`
  return Buffer.concat([...parts, latin1(table)])
}

export interface SimpleOptions extends RawOptions {
  readonly pages?: number
  /** Entries of every page, or of the page by its index. */
  readonly page?: string | ((index: number) => string)
  readonly catalog?: string
  readonly extra?: readonly RawObject[]
}

/** First object number free for `extra`. */
export const firstExtra = (pages = 3): number => 4 + pages * 2

/** Pages of Helvetica text; page i (from 0) says "Sentence number <i> of the text" and more words. */
export function simpleObjects({ pages = 3, page = '', catalog = '', extra = [] }: SimpleOptions = {}): RawObject[] {
  const kids = Array.from({ length: pages }, (_, i) => `${4 + i * 2} 0 R`).join(' ')
  const objects: RawObject[] = [
    { number: 1, body: `<</Type/Catalog/Pages 2 0 R${catalog}>>` },
    { number: 2, body: `<</Type/Pages/Count ${pages}/Kids[${kids}]/Resources<</Font<</F1 3 0 R>>>>>>` },
    { number: 3, body: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>' },
  ]
  for (let i = 0; i < pages; i++) {
    const own = typeof page === 'function' ? page(i) : page
    const box = own.includes('/MediaBox') ? '' : '/MediaBox[0 0 595 842]'
    objects.push({ number: 4 + i * 2, body: `<</Type/Page/Parent 2 0 R${box}/Contents ${5 + i * 2} 0 R${own}>>` })
    objects.push({ number: 5 + i * 2, body: flate('', textContent(i)) })
  }
  return [...objects, ...extra]
}

export const textContent = (index: number): string =>
  `BT /F1 12 Tf 72 400 Td (Sentence number ${index} of the text) Tj 0 -20 Td (quick brown fox) Tj ET\n`

export const simplePdf = (options: SimpleOptions = {}): Buffer => rawPdf(simpleObjects(options), options)

/** The same objects in an object stream with a cross-reference stream, as modern writers do. */
export function modernPdf(objects: readonly RawObject[]): Buffer {
  const header = latin1('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n')
  const plain = objects.filter(({ body }) => typeof body === 'string')
  const streams = objects.filter(({ body }) => typeof body !== 'string')
  const container = Math.max(...objects.map(({ number }) => number)) + 1
  const self = container + 1
  let places = ''
  let bodies = ''
  for (const { number, body } of plain) {
    places += `${number} ${bodies.length} `
    bodies += `${body as string}\n`
  }
  const parts: Buffer[] = [header]
  const offsets = new Map<number, number>()
  let at = header.length
  const add = (number: number, body: Buffer): void => {
    offsets.set(number, at)
    const bytes = Buffer.concat([latin1(`${number} 0 obj\n`), body, latin1('\nendobj\n')])
    parts.push(bytes)
    at += bytes.length
  }
  for (const { number, body } of streams) add(number, body as Buffer)
  add(container, flate(`/Type/ObjStm/N ${plain.length}/First ${places.length}`, places + bodies))
  const rows = Buffer.alloc((self + 1) * 6)
  for (let number = 1; number <= self; number++) {
    const index = plain.findIndex((object) => object.number === number)
    const offset = number === self ? at : offsets.get(number)
    if (index < 0 && offset === undefined) continue
    rows[number * 6] = index >= 0 ? 2 : 1
    rows.writeUInt32BE(index >= 0 ? container : offset!, number * 6 + 1)
    rows[number * 6 + 5] = Math.max(0, index)
  }
  const start = at
  add(self, flate(`/Type/XRef/Size ${self + 1}/W[1 4 1]/Root 1 0 R`, rows))
  return Buffer.concat([...parts, latin1(`startxref\n${start}\n%%EOF\n`)])
}
