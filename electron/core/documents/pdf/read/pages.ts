import { DocumentError } from '../../errors.ts'
import type { PageView } from '../../stamp/content.ts'
import type { PdfFile } from './pdf-file.ts'
import { isDict, PdfRef, type PdfDict, type PdfValue } from './values.ts'

/** A page with what it inherits from the nodes above it. */
export interface PdfPage {
  /** Object number; 0 for a page written directly into its parent's /Kids. */
  readonly object: number
  readonly dict: PdfDict
  readonly inherited: PdfDict
}

const INHERITABLE = ['Resources', 'MediaBox', 'CropBox', 'Rotate']
const MAXIMUM_PAGES = 100_000
const MAXIMUM_PARENTS = 32
/** US Letter: what viewers take where a page names no size. */
const DEFAULT_BOX = [0, 0, 612, 792]

/**
 * All pages in order. Circles are cut. A page whose object is lost keeps its place as an empty page, so that the
 * others keep their numbers; where the tree leads to lost pages only, every page object found counts instead.
 */
export function listPages(file: PdfFile): PdfPage[] {
  const pages: PdfPage[] = []
  const nodes = new Set<number>()
  let lost = 0
  // A list of what is still to be visited, not recursion: trees can be as deep as the file is long.
  const waiting: { value: PdfValue; inherited: PdfDict }[] = [
    { value: file.root.get('Pages') ?? null, inherited: new Map() },
  ]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, inherited } = next
    const object = value instanceof PdfRef ? value.object : 0
    const dict = file.dict(value)
    if (!dict) {
      // A number or a word among the kids never was a page.
      if (!object) continue
      file.distrust()
      lost++
      pages.push({ object: 0, dict: LOST_PAGE, inherited })
    } else if (dict.has('Kids') && file.name(dict.get('Type')) !== 'Page') {
      if (object && nodes.has(object)) continue
      nodes.add(object)
      const own = withOwn(inherited, dict)
      for (const kid of file.array(dict.get('Kids')).toReversed()) waiting.push({ value: kid, inherited: own })
    } else pages.push({ object, dict, inherited: withOwn(inherited, dict) })
    if (pages.length > MAXIMUM_PAGES) throw new DocumentError('too_large', { pages: MAXIMUM_PAGES })
  }
  const promised = file.number(file.dict(file.root.get('Pages'))?.get('Count')) ?? 0
  if (pages.length > lost) return pages.length < promised ? withUnlisted(file, pages) : pages
  const loose = loosePages(file)
  return loose.length > 0 ? loose : pages
}

/** Stands for a page that is named but not there; its missing content makes it known as damaged. */
const LOST_PAGE: PdfDict = new Map([['Contents', null]])

function withOwn(inherited: PdfDict, dict: PdfDict): PdfDict {
  if (!INHERITABLE.some((key) => dict.has(key))) return inherited
  const own = new Map(inherited)
  for (const key of INHERITABLE) if (dict.has(key)) own.set(key, dict.get(key)!)
  return own
}

/** Fewer pages than the tree promises: those that no list names any more are put where their numbers belong. */
function withUnlisted(file: PdfFile, listed: readonly PdfPage[]): PdfPage[] {
  const known = new Set(listed.map(({ object }) => object))
  const pages = [...listed]
  for (const page of loosePages(file)) {
    if (known.has(page.object)) continue
    const after = pages.findIndex(({ object }) => object > page.object)
    pages.splice(after < 0 ? pages.length : after, 0, page)
  }
  return pages
}

/** What a page takes from the nodes above it, the nearest first. */
function inheritedByParents(file: PdfFile, page: PdfDict): PdfDict {
  let inherited: PdfDict = new Map()
  let node: PdfDict | null = page
  for (let i = 0; node && i < MAXIMUM_PARENTS; i++) {
    inherited = new Map([...[...node].filter(([key]) => INHERITABLE.includes(key)), ...inherited])
    node = file.dict(node.get('Parent'))
  }
  return inherited
}

function loosePages(file: PdfFile): PdfPage[] {
  const pages: PdfPage[] = []
  for (const object of [...file.objectNumbers].sort((a, b) => a - b)) {
    const dict = file.object(object)
    if (!isDict(dict) || file.name(dict.get('Type')) !== 'Page') continue
    pages.push({ object, dict, inherited: inheritedByParents(file, dict) })
  }
  return pages
}

export interface PageGeometry {
  readonly mediaBox: readonly number[]
  readonly view: PageView
}

/** Boxes put in order, the crop box within the media box, and the rotation with `turn` added. */
export function pageGeometry(file: PdfFile, page: PdfPage, turn: number): PageGeometry {
  const mediaBox = box(file, page.inherited.get('MediaBox')) ?? DEFAULT_BOX
  const [x0, y0, x1, y1] = within(box(file, page.inherited.get('CropBox')), mediaBox)
  const own = Math.round((file.number(page.inherited.get('Rotate')) ?? 0) / 90) * 90
  const rotate = ((((own + turn) % 360) + 360) % 360) as PageView['rotate']
  const unit = file.number(page.dict.get('UserUnit')) ?? 1
  const view = { x: x0, y: y0, width: x1 - x0, height: y1 - y0, rotate, unit: unit > 0 && unit < 1e4 ? unit : 1 }
  return { mediaBox, view }
}

type Box = [number, number, number, number]

function box(file: PdfFile, value: PdfValue | undefined): Box | null {
  const numbers = file.array(value).map((part) => file.number(part))
  if (numbers.length < 4 || numbers.slice(0, 4).some((part) => part === null || !Number.isFinite(part))) return null
  const [a, b, c, d] = numbers as Box
  const ordered: Box = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
  return ordered[2] - ordered[0] > 0.01 && ordered[3] - ordered[1] > 0.01 ? ordered : null
}

function within(inner: Box | null, outer: readonly number[]): Box {
  const [x0, y0, x1, y1] = outer as Box
  if (!inner) return [x0, y0, x1, y1]
  const cut: Box = [Math.max(inner[0], x0), Math.max(inner[1], y0), Math.min(inner[2], x1), Math.min(inner[3], y1)]
  return cut[2] - cut[0] > 0.01 && cut[3] - cut[1] > 0.01 ? cut : [x0, y0, x1, y1]
}
