import { listPages } from '../../../db/queries/pages.ts'
import { type BundleRow, findBundle, listBundles } from '../../../db/queries/tray.ts'
import type { TrayBundle, TrayReason } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core, Handlers } from '../context.ts'
import type { DocumentEngine } from '../documents/index.ts'
import type { GrantedFiles } from '../workbench/granted-files.ts'
import { startTrayImport } from '../workbench/import-job.ts'
import { candidatesFor } from '../workbench/tray-candidates.ts'
import { assign, discard, merge, putPages, split, takeBack } from '../workbench/tray.ts'
import { viewOf } from '../workbench/page-view.ts'

type Methods =
  | 'tray.list'
  | 'tray.candidates'
  | 'tray.assign'
  | 'tray.split'
  | 'tray.merge'
  | 'tray.delete'
  | 'tray.restore'
  | 'tray.put'
  | 'tray.import'

/** Bundles listed at most; a person works on the oldest first. */
const MOST = 300
const done = { ok: true } as const

/** The unclaimed tray. */
export function trayHandlers(core: Core, engine: DocumentEngine, files: GrantedFiles): Handlers<Methods> {
  function view(bundle: BundleRow): TrayBundle {
    const pages = listPages(core.db, bundle.id)
    return {
      id: bundle.id,
      name: bundle.name,
      source: bundle.source,
      reason: bundle.reason as TrayReason,
      hint: bundle.hint,
      createdAt: bundle.created_at,
      pageCount: pages.length,
      bytes: pages.reduce((sum, page) => sum + page.bytes, 0),
      cover: viewOf(pages[0]!, 0),
    }
  }

  return {
    'tray.list': ({ state }) => listBundles(core.db, state, MOST).map(view),
    'tray.candidates': ({ bundleId, text }) => {
      const bundle = findBundle(core.db, bundleId)
      if (!bundle) throw new DeskError('not_found', { id: bundleId })
      return candidatesFor(core, bundle, text)
    },
    'tray.assign': ({ bundleIds, to }) => assign(core, bundleIds, to),
    'tray.split': ({ bundleId, pageId }) => ({ bundleId: split(core, bundleId, pageId) }),
    'tray.merge': ({ bundleIds }) => (merge(core, bundleIds), done),
    'tray.delete': ({ bundleIds }) => (discard(core, bundleIds), done),
    'tray.restore': ({ bundleIds }) => (takeBack(core, bundleIds), done),
    'tray.put': ({ pageIds }) => ({ bundleId: putPages(core, pageIds) }),
    'tray.import': ({ fileIds }) => ({ jobId: startTrayImport(core, engine, files.take(fileIds)) }),
  }
}
