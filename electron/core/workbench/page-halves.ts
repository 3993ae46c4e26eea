/** A double page as two pages of the document: both stand on the same original. */
import { randomUUID } from 'node:crypto'
import {
  addPage,
  adjustOf,
  deletePages,
  everyPage,
  findPage,
  listPages,
  setAdjust,
  type PageRow,
} from '../../../db/queries/pages.ts'
import { splitPages } from '../../domain/page-adjust.ts'
import type { Core } from '../context.ts'

/**
 * Makes a page the first half of a spread and puts the second behind it; a page that is a half already gets its seam
 * moved. In the caller's transaction.
 * @param at seam as a fraction of the width @param edited by a person
 */
export function splitInTwo(core: Core, id: string, at: number, rightBound: boolean, edited: boolean): void {
  const { first, second } = halves(core, id)
  const [one, other] = splitPages(adjustOf(first), at, rightBound)
  setAdjust(core.db, first.id, one, edited)
  if (second) return setAdjust(core.db, second.id, { ...adjustOf(second), split: other.split }, edited)
  const cut = first.origin.lastIndexOf('/')
  const origin = `${first.origin.slice(0, cut)}~${randomUUID().slice(0, 8)}${first.origin.slice(cut)}`
  const place = listPages(core.db, first.request_id).findIndex((page) => page.id === first.id)
  const made = { ...first, id: randomUUID(), origin, half_of: first.id }
  addPage(core.db, made, place < 0 ? null : place + 1)
  setAdjust(core.db, made.id, other, edited)
  for (const sha256 of new Set([made.original, made.preview, made.thumb, ...(made.evened ? [made.evened] : [])]))
    core.blobs.retain(sha256, `page:${made.id}`)
}

/** Makes the two halves one page again; @returns false where the page is no half. In the caller's transaction. */
export function joinHalves(core: Core, id: string): boolean {
  const { first, second } = halves(core, id)
  const adjust = adjustOf(first)
  if (!second && adjust.split === null) return false
  setAdjust(core.db, first.id, { ...adjust, split: null }, true)
  if (second) deletePages(core.db, [second.id], core.now())
  return true
}

/** The pages that stand on one picture; the second is null where there is none. */
export function halves(core: Core, id: string): { first: PageRow; second: PageRow | null } {
  const page = findPage(core.db, id)!
  const first = page.half_of === null ? page : (findPage(core.db, page.half_of) ?? page)
  const second =
    everyPage(core.db, first.request_id).find((one) => one.half_of === first.id && one.deleted_at === null) ?? null
  return { first, second: second?.id === first.id ? null : second }
}
