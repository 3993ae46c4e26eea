/** What odd files are made of: the three simple pages with something exchanged. */
import { firstExtra, flate, modernPdf, rawPdf, simpleObjects, simplePdf, stream, type RawObject } from '../raw-pdf.ts'

export interface CraftedFile {
  readonly name: string
  readonly bytes: Buffer
}

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
export const N = firstExtra()

/** The three simple pages with some objects exchanged for others, or left out. */
export function exchanged(
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
export const rewritten = (change: (text: string) => string): Buffer => latin1(change(simplePdf().toString('latin1')))

/** Written so that offsets stay right: the change happens to objects, not to the file. */
export const bodies = (change: (body: string, number: number) => string): Buffer =>
  rawPdf(
    simpleObjects().map(({ number, body }) => ({
      number,
      body: typeof body === 'string' ? change(body, number) : body,
    })),
  )

export const page = (more: string, parent = '/Parent 2 0 R'): string =>
  `<</Type/Page${parent}/MediaBox[0 0 595 842]/Contents 5 0 R${more}>>`

export const content = (text: string, resources = '', extra: readonly RawObject[] = []): Buffer =>
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

export const say = (words: string): string => `BT /F1 12 Tf 72 400 Td (${words}) Tj ET\n`
export const form = (text: string, more = ''): Buffer =>
  flate(`/Type/XObject/Subtype/Form/BBox[0 0 595 842]${more}`, text)
export const IMAGE = '/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 8'
export const pixels = Buffer.from(Array.from({ length: 16 }, (_, i) => i * 16))
export const image = (body: Buffer): Buffer =>
  content(`q 100 0 0 100 72 500 cm /Im Do Q ${say('beside an image')}`, `/XObject<</Im ${N} 0 R>>`, [
    { number: N, body },
  ])

export function rewriteModern(change: (text: string) => string): Buffer {
  return latin1(change(modernPdf(simpleObjects()).toString('latin1')))
}
