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
/** Coordinates beyond this are mistakes; the largest sheets have 14,400 units. */
const FARTHEST = 1e7
/** The smallest page there may be (ISO 32000-1, annex C); less is a mistake. */
const SMALLEST = 3

/**
 * All pages in order. Circles are cut. A page whose object is lost keeps its place as an empty page, so that the
 * others keep their numbers; where the tree leads to lost pages only, every page object found counts instead.
 */
export function listPages(file: PdfFile): PdfPage[] {
  const pages: PdfPage[] = []
  const nodes = new Set<number>()
  let lost = 0
  let strays = 0
  // A list of what is still to be visited, not recursion: trees can be as deep as the file is long.
  const waiting: { value: PdfValue; inherited: PdfDict }[] = [
    { value: file.root.get('Pages') ?? null, inherited: new Map() },
  ]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, inherited } = next
    const object = value instanceof PdfRef ? value.object : 0
    const dict = file.dict(value)
    if (!dict) {
      // A number or a word among the kids never was a page, unless pages are missing.
      if (!object) {
        strays++
        continue
      }
      file.distrust()
      lost++
      pages.push({ object: 0, dict: LOST_PAGE, inherited })
    } else if (isNode(file, dict)) {
      if (object && nodes.has(object)) continue
      nodes.add(object)
      const own = withOwn(file, inherited, dict)
      for (const kid of kidsOf(file, dict).toReversed()) waiting.push({ value: kid, inherited: own })
    } else pages.push({ object, dict, inherited: withOwn(file, inherited, dict) })
    if (pages.length > MAXIMUM_PAGES) throw new DocumentError('too_large', { pages: MAXIMUM_PAGES })
  }
  const promised = file.number(file.dict(file.root.get('Pages'))?.get('Count')) ?? 0
  if (pages.length > promised && promised > 0 && pages.length > lost) return withoutStrangers(file, pages, promised)
  if (pages.length > lost && (lost > 0 || pages.length < promised)) {
    const all = withUnlisted(file, pages, promised)
    const gone = Math.min(strays, promised - all.length)
    for (let i = 0; i < gone; i++) all.push({ object: 0, dict: LOST_PAGE, inherited: new Map() })
    return all
  }
  if (pages.length > lost) return pages
  const loose = loosePages(file)
  return loose.length > 0 ? loose : pages
}

/** Stands for a page that is named but not there; its missing content makes it known as damaged. */
const LOST_PAGE: PdfDict = new Map([['Contents', null]])

/** Whatever it calls itself, a dictionary with kids and without content is a node. */
function isNode(file: PdfFile, dict: PdfDict): boolean {
  const type = file.name(dict.get('Type'))
  if (dict.has('Contents')) return dict.has('Kids') && type !== 'Page'
  return dict.has('Kids') || type === 'Pages'
}

/** A single kid need not stand in a list. */
function kidsOf(file: PdfFile, dict: PdfDict): PdfValue[] {
  const kids = dict.get('Kids') ?? null
  return file.dict(kids) ? [kids] : file.array(kids)
}

/** What a node or page says itself counts where it can be understood, else what stands above it. */
function withOwn(file: PdfFile, inherited: PdfDict, dict: PdfDict): PdfDict {
  const keys = INHERITABLE.filter((key) => dict.has(key) && isSensible(file, key, dict.get(key)!))
  if (keys.length === 0) return inherited
  const own = new Map(inherited)
  for (const key of keys) own.set(key, dict.get(key)!)
  return own
}

function isSensible(file: PdfFile, key: string, value: PdfValue): boolean {
  if (key === 'Resources') return file.dict(value) !== null
  return key === 'Rotate' ? file.number(value) !== null : box(file, value) !== null
}

/**
 * Pages that no list names any more are put where their numbers belong as long as the tree promises more, and then take
 * the places of those that are lost.
 */
function withUnlisted(file: PdfFile, listed: readonly PdfPage[], promised: number): PdfPage[] {
  const known = new Set(listed.map(({ object }) => object))
  const pages = [...listed]
  for (const page of loosePages(file)) {
    if (known.has(page.object)) continue
    if (pages.length < promised) {
      const after = pages.findIndex(({ object }) => object > page.object)
      pages.splice(after < 0 ? pages.length : after, 0, page)
      continue
    }
    const lost = pages.findIndex(({ dict }) => dict === LOST_PAGE)
    if (lost < 0) break
    pages[lost] = page
  }
  return pages
}

/** Entries of which every page has some of its own. */
const OF_PAGES = ['Contents', 'MediaBox', 'Parent', 'Resources']

/** More pages than the tree promises: what is lost or is something else goes, then what is there for the second time. */
function withoutStrangers(file: PdfFile, listed: readonly PdfPage[], promised: number): PdfPage[] {
  let left = listed.length - promised
  const own = listed.filter(({ dict }) => {
    const type = file.name(dict.get('Type'))
    const paged = type === null ? OF_PAGES.some((key) => dict.has(key)) : dict.has('Contents') || dict.has('MediaBox')
    const stranger = dict === LOST_PAGE || (type !== 'Page' && !paged)
    return !(stranger && left-- > 0)
  })
  const seen = new Set<number>()
  return own.filter(({ object }) => {
    const again = object !== 0 && seen.has(object)
    seen.add(object)
    return !(again && left-- > 0)
  })
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
  if (numbers.length < 4 || numbers.slice(0, 4).some((part) => part === null || !(Math.abs(part) < FARTHEST)))
    return null
  const [a, b, c, d] = numbers as Box
  const ordered: Box = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
  return isVisible(ordered) ? ordered : null
}

const isVisible = ([x0, y0, x1, y1]: Box): boolean => x1 - x0 >= SMALLEST && y1 - y0 >= SMALLEST

function within(inner: Box | null, outer: readonly number[]): Box {
  const [x0, y0, x1, y1] = outer as Box
  if (!inner) return [x0, y0, x1, y1]
  const cut: Box = [Math.max(inner[0], x0), Math.max(inner[1], y0), Math.min(inner[2], x1), Math.min(inner[3], y1)]
  return isVisible(cut) ? cut : [x0, y0, x1, y1]
}
