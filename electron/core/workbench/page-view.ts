/** Pages as the window sees them. */
import { adjustOf, factsOf, type PageRow } from '../../../db/queries/pages.ts'
import type { PageMark, PageView } from '../../contract/core.contract.ts'
import { UNCHANGED, type Quarter } from '../../contract/core/page-adjust.ts'
import { turnAdjust } from '../../domain/page-adjust.ts'
import { type PageFacts, sameSheet } from '../../domain/page-facts.ts'

/** How many pages back a sheet may have been scanned before. */
const BACK = 2

export function viewOf(page: PageRow, seq: number, before: readonly PageRow[] = []): PageView {
  const adjust = adjustOf(page)
  const facts = factsOf(page)
  return {
    id: page.id,
    seq,
    previewBlob: adjust.even && page.evened ? page.evened : page.preview,
    thumbBlob: page.thumb,
    originalBlob: page.original,
    width: page.width,
    height: page.height,
    dpi: page.dpi,
    rotate: page.rotate,
    adjust,
    proposed: facts && proposalFor(facts, adjust.rotate),
    edited: page.edited === 1,
    marks: marksOf(page, before),
    slipOf: facts?.slip && facts.slip !== 'unsure' ? facts.slip.id : null,
    folio: facts?.folio ?? null,
    kind: page.kind,
    pdfPage: page.pdf_page,
    source: page.source,
    bytes: page.bytes,
  }
}

/** What was proposed, as it would be of the page as it is turned now. */
function proposalFor({ angleDeg, crop, even, rotate, seam }: PageFacts, turned: Quarter): PageView['proposed'] {
  const further = ((turned - rotate + 360) % 360) as Quarter
  if (further === 0) return { angleDeg, crop, even, rotate, seam }
  const split = seam === null ? null : ({ at: seam, side: 'left' } as const)
  const shown = turnAdjust({ ...UNCHANGED, crop, split: further === 180 ? split : null }, further)
  return { angleDeg, crop: shown.crop, even, rotate, seam: shown.split?.at ?? null }
}

/** All pages of a request, in order. */
export const viewsOf = (pages: readonly PageRow[]): PageView[] =>
  pages.map((page, i) => viewOf(page, i, pages.slice(Math.max(0, i - BACK), i)))

function marksOf(page: PageRow, before: readonly PageRow[]): PageMark[] {
  if (page.kind === 'pdf') return []
  const facts = factsOf(page)
  if (!facts) return ['looking']
  const marks: PageMark[] = []
  if (facts.blank) marks.push('blank')
  if (before.some((other) => isDouble(other, page))) marks.push('double')
  if (facts.rotate !== 0 && page.rotate === 0) marks.push('turned')
  if (facts.slip === 'unsure') marks.push('slipUnsure')
  else if (facts.slip && facts.slip.id !== page.request_id) marks.push('slip')
  if (facts.seam !== null && adjustOf(page).split === null) marks.push('spread')
  return marks
}

/** Known answers: a request's list is read after each page that comes in. */
const known = new Map<string, boolean>()
const MOST_KNOWN = 20_000

function isDouble(one: PageRow, other: PageRow): boolean {
  // Halves of one picture are different pages of it.
  if (one.half_of === other.id || other.half_of === one.id || (one.half_of && one.half_of === other.half_of))
    return false
  const [a, b] = [factsOf(one)?.signature ?? '', factsOf(other)?.signature ?? '']
  const key = `${one.id} ${other.id}`
  let same = known.get(key)
  if (same === undefined) {
    same = one.original === other.original || sameSheet(a, b)
    if (a !== '' && b !== '') known.set(key, same)
    if (known.size > MOST_KNOWN) known.clear()
  }
  return same
}
