import {
  countDeleted,
  deletePages,
  findPage,
  listPages,
  movePage,
  restorePages,
  rotatePages,
  type PageRow,
} from '../../../db/queries/pages.ts'
import type { PageView } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { checkPages } from '../../domain/page-ranges.ts'
import type { Core, Handlers } from '../context.ts'
import type { DocumentEngine } from '../documents/index.ts'
import type { GrantedFiles } from '../workbench/granted-files.ts'
import { startImport } from '../workbench/import-job.ts'

type Methods = 'pages.list' | 'pages.rotate' | 'pages.delete' | 'pages.restore' | 'pages.move' | 'pages.import'

const done = { ok: true } as const

/** The page strip: order, turning, deleting and bringing back, files from a dialog or a drop. */
export function pageHandlers(core: Core, engine: DocumentEngine, files: GrantedFiles): Handlers<Methods> {
  function pagesOf(ids: readonly string[]): PageRow[] {
    return ids.map((id) => {
      const page = findPage(core.db, id)
      if (!page) throw new DeskError('not_found', { id })
      return page
    })
  }

  function changed(pages: readonly PageRow[]): typeof done {
    for (const requestId of new Set(pages.map((page) => page.request_id))) {
      core.events.emit('pages', requestId)
      core.events.emit('document', requestId)
    }
    return done
  }

  return {
    'pages.list': ({ requestId }) => {
      const pages = listPages(core.db, requestId)
      const asked = core.views.request(requestId)?.row.fields.pages ?? ''
      return {
        pages: pages.map(viewOf),
        deleted: countDeleted(core.db, requestId),
        completeness: checkPages(asked, pages.length),
      }
    },
    'pages.rotate': ({ pageIds, by }) => {
      const pages = pagesOf(pageIds)
      rotatePages(core.db, pageIds, by)
      return changed(pages)
    },
    'pages.delete': ({ pageIds }) => {
      const pages = pagesOf(pageIds)
      deletePages(core.db, pageIds, core.now())
      return changed(pages)
    },
    'pages.restore': ({ requestId }) => {
      const restored = restorePages(core.db, requestId)
      core.events.emit('pages', requestId)
      return { restored }
    },
    'pages.move': ({ pageId, to }) => {
      const pages = pagesOf([pageId])
      movePage(core.db, pages[0]!, to)
      return changed(pages)
    },
    'pages.import': ({ requestId, fileIds, insertAt }) => ({
      jobId: startImport(core, engine, requestId, files.take(fileIds), insertAt),
    }),
  }
}

export function viewOf(page: PageRow, seq: number): PageView {
  return {
    id: page.id,
    seq,
    previewBlob: page.preview,
    thumbBlob: page.thumb,
    width: page.width,
    height: page.height,
    dpi: page.dpi,
    rotate: page.rotate,
    kind: page.kind,
    pdfPage: page.pdf_page,
    source: page.source,
    bytes: page.bytes,
  }
}
