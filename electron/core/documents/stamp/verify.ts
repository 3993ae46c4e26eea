import { CONTENT_NAME, FONT_NAME } from './content.ts'
import { digestOf, DrawnStreams, hashOfDigests } from '../pdf/page-hash.ts'
import { listPages, type PdfPage } from '../pdf/read/pages.ts'
import { PdfFile } from '../pdf/read/pdf-file.ts'
import { PdfStream, type PdfDict } from '../pdf/read/values.ts'
import { readPdfBytes } from '../received/inspect.ts'
import type { DocumentVerdict, PageVerdict } from '../types.ts'
import { readCheck, readPlaceMark } from './template.ts'

/** Images of our own pages, and the form that holds a received page's content; not the stamp's code. */
const OF_THE_PAGE = new RegExp(`^(I\\d+|${CONTENT_NAME})$`)

/**
 * Holds a delivered file against its own footers, with nothing but the file: does each page still draw what it drew
 * when it was stamped, and does it stand where its footer says? Throws DocumentError for a file that cannot be read.
 */
export async function verifyDocument(path: string): Promise<DocumentVerdict> {
  return PdfFile.use(await readPdfBytes(path), {}, (file) => {
    const streams = new DrawnStreams(file)
    const pages = listPages(file).map((page, i) => verifyPage(file, streams, page, i + 1))
    const stamped = pages.filter(({ printed }) => printed !== null)
    const complete = stamped.every(({ printed }, i) => {
      const { page, pages: count } = printed!
      return i === 0 || (page === stamped[i - 1]!.printed!.page + 1 && count === stamped[0]!.printed!.pages)
    })
    return { pages, holds: isAll(stamped) && complete && stamped.every(({ holds }) => holds) }
  })
}

/** Templates stamp every page, or the first or last one only. */
function isAll(stamped: readonly PageVerdict[]): boolean {
  const first = stamped[0]?.printed
  if (!first) return false
  if (stamped.length === 1) return first.page === 1 || first.page === first.pages
  return stamped.length === first.pages && first.page === 1
}

function verifyPage(file: PdfFile, streams: DrawnStreams, page: PdfPage, number: number): PageVerdict {
  const resources = file.dict(page.inherited.get('Resources'))
  const xObjects = file.dict(resources?.get('XObject')) ?? new Map<string, never>()
  const names = [...xObjects.keys()].filter((name) => OF_THE_PAGE.test(name)).sort(byNumber)
  const drawn = names.flatMap((name) => streams.from(xObjects.get(name)))
  const digests = drawn.map((reference) => {
    const stream = file.resolve(reference)
    return stream instanceof PdfStream ? digestOf(file.encoded(stream)) : ''
  })
  const hash = hashOfDigests(digests)
  const printed = printedOn(file, page, resources, hash)
  return { page: number, hash, printed, holds: printed !== null && hash.startsWith(printed.hash) }
}

const byNumber = (a: string, b: string): number => Number(a.slice(1)) - Number(b.slice(1))

/** What the stamp on a page says of it; null where there is none. */
function printedOn(file: PdfFile, page: PdfPage, resources: PdfDict | null, hash: string): PageVerdict['printed'] {
  const font = file.dict(file.dict(resources?.get('Font'))?.get(FONT_NAME))
  const map = file.resolve(font?.get('ToUnicode'))
  const contents = file.resolve(page.dict.get('Contents'))
  if (!(map instanceof PdfStream) || !(contents instanceof PdfStream)) return null
  const content = Buffer.from(file.decoded(contents)).toString('latin1')
  const place = readPlaceMark(content)
  if (!place) return null
  const words = wordsOf(content, charactersOf(Buffer.from(file.decoded(map)).toString('latin1')))
  const check = readCheck(words, hash)
  return check === null ? null : { ...place, hash: check }
}

/** The texts written in the stamp's font. */
function wordsOf(content: string, characters: ReadonlyMap<string, string>): string[] {
  const words: string[] = []
  let ours = false
  for (const [, name, glyphs] of content.matchAll(/\/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj/g)) {
    if (name !== undefined) ours = name === FONT_NAME
    else if (ours)
      words.push((glyphs!.match(/.{4}/g) ?? []).map((glyph) => characters.get(glyph.toUpperCase()) ?? '').join(''))
  }
  return words
}

/** The pairs of a ToUnicode map as we write it. */
function charactersOf(map: string): Map<string, string> {
  const pairs = [...map.matchAll(/^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm)]
  return new Map(
    pairs.map(([, glyph, units]) => [glyph!, Buffer.from(units!, 'hex').swap16().toString('utf16le')] as const),
  )
}
