/** What is known of a request's PDF. Apart from its making, so that the queue needs no image library to tell it. */
import { createHash } from 'node:crypto'
import { documentOptions, madeDocument } from '../../../db/queries/documents.ts'
import { listPages, type PageRow } from '../../../db/queries/pages.ts'
import type { DocumentOptions, DocumentState } from '../../contract/core.contract.ts'
import type { Core } from '../context.ts'

/** Options chosen for the request, else the desk's own. */
export function optionsFor(core: Core, requestId: string): DocumentOptions {
  // Options kept by an older desk lack what came later.
  return { ...core.settings.get().document, ...documentOptions(core.db, requestId) }
}

/** The PDF made last, null when there is none. */
export function documentState(core: Core, requestId: string): DocumentState | null {
  const made = madeDocument(core.db, requestId)
  if (!made) return null
  const { sha256, madeFrom, ...rest } = made
  const stale = madeFrom !== fingerprint(listPages(core.db, requestId), optionsFor(core, requestId))
  return { ...rest, sha256, blob: sha256, stale }
}

/** Names the pages and options a PDF was made from: another name, and it is stale. */
export function fingerprint(pages: readonly PageRow[], options: DocumentOptions): string {
  const parts = pages.map((page) => [page.id, page.original, page.pdf_page, page.rotate, page.adjust])
  return createHash('sha256')
    .update(JSON.stringify([parts, options]))
    .digest('hex')
}
