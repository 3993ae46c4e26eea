import { countSteps, pageStep, undoPageStep } from '../../../db/queries/page-steps.ts'
import {
  adjustOf,
  assignPages,
  countDeleted,
  deletePages,
  factsOf,
  findPage,
  listPages,
  movePage,
  restorePages,
  setAdjust,
  type PageRow,
} from '../../../db/queries/pages.ts'
import { UNCHANGED, type PageAdjust } from '../../contract/core/page-adjust.ts'
import { DeskError } from '../../contract/errors.ts'
import { checkFolios } from '../../domain/folios.ts'
import { turnAdjust } from '../../domain/page-adjust.ts'
import { checkPages } from '../../domain/page-ranges.ts'
import type { Core, Handlers } from '../context.ts'
import type { DocumentEngine } from '../documents/index.ts'
import { proposed } from '../workbench/analyser.ts'
import type { GrantedFiles } from '../workbench/granted-files.ts'
import { startImport } from '../workbench/import-job.ts'
import { joinHalves, splitInTwo } from '../workbench/page-halves.ts'
import { viewsOf } from '../workbench/page-view.ts'
import { takesPages } from '../workbench/tray.ts'

type Methods =
  | 'pages.list'
  | 'pages.rotate'
  | 'pages.adjust'
  | 'pages.reset'
  | 'pages.split'
  | 'pages.join'
  | 'pages.delete'
  | 'pages.restore'
  | 'pages.undo'
  | 'pages.move'
  | 'pages.assign'
  | 'pages.import'

const done = { ok: true } as const

/** The page strip: order, adjustments, deleting and bringing back, undo, files from a dialog or a drop. */
export function pageHandlers(core: Core, engine: DocumentEngine, files: GrantedFiles): Handlers<Methods> {
  function pageOf(id: string): PageRow {
    const page = findPage(core.db, id)
    if (!page) throw new DeskError('not_found', { id })
    return page
  }

  function changed(requests: Iterable<string>): typeof done {
    for (const requestId of new Set(requests))
      for (const topic of ['pages', 'document'] as const) core.events.emit(topic, requestId)
    return done
  }

  /** Runs a change of these pages, undoable for each request they belong to. */
  function edit(ids: readonly string[], change: (pages: PageRow[]) => void): typeof done {
    const byRequest = Map.groupBy(ids.map(pageOf), (page) => page.request_id)
    core.db.write(() => {
      for (const [requestId, pages] of byRequest) pageStep(core.db, requestId, core.now(), () => change(pages))
    })
    return changed(byRequest.keys())
  }

  const adjustEach = (ids: readonly string[], next: (page: PageRow, now: PageAdjust) => PageAdjust): typeof done =>
    edit(ids, (pages) => {
      for (const page of pages) setAdjust(core.db, page.id, next(page, adjustOf(page)), true)
    })

  return {
    'pages.list': ({ requestId }) => {
      const pages = listPages(core.db, requestId)
      const asked = core.views.request(requestId)?.row.fields.pages ?? ''
      const folios = pages.map((page) => factsOf(page)?.folio ?? null)
      return {
        pages: viewsOf(pages),
        deleted: countDeleted(core.db, requestId),
        undo: countSteps(core.db, requestId),
        completeness: { ...checkPages(asked, pages.length), ...checkFolios(asked, folios) },
      }
    },
    'pages.rotate': ({ pageIds, by }) => adjustEach(pageIds, (_, now) => turnAdjust(now, by)),
    'pages.adjust': ({ pageIds, change }) =>
      adjustEach(pageIds, (page, now) => (page.kind === 'pdf' ? now : { ...now, ...change })),
    'pages.reset': ({ pageIds, to }) =>
      adjustEach(pageIds, (page, now) => {
        const facts = to === 'proposed' ? factsOf(page) : null
        return facts ? proposed(facts, now) : { ...UNCHANGED, split: now.rotate === 0 ? now.split : null }
      }),
    'pages.split': ({ pageIds, at, rightBound }) => {
      let split = 0
      edit(pageIds, (pages) => {
        for (const page of pages) {
          const seam = at ?? factsOf(page)?.seam ?? null
          if (page.kind === 'pdf' || seam === null) continue
          splitInTwo(core, page.id, seam, rightBound, true)
          split++
        }
      })
      return { split }
    },
    'pages.join': ({ pageId }) => edit([pageId], () => void joinHalves(core, pageId)),
    'pages.delete': ({ pageIds }) => edit(pageIds, () => deletePages(core.db, pageIds, core.now())),
    'pages.restore': ({ requestId }) => {
      const restored = pageStep(core.db, requestId, core.now(), () => restorePages(core.db, requestId))
      changed([requestId])
      return { restored }
    },
    'pages.undo': ({ requestId }) => {
      const touched = undoPageStep(core.db, requestId)
      changed(touched)
      return { undone: touched.length > 0 }
    },
    'pages.move': ({ pageId, to }) => edit([pageId], ([page]) => movePage(core.db, page!, to)),
    'pages.assign': ({ pageIds, requestId }) => {
      if (!core.views.request(requestId)) throw new DeskError('not_found', { id: requestId })
      if (!core.actorOrNull()) throw new DeskError('sign_in_needed')
      if (!takesPages(core, requestId)) throw new DeskError('action_refused', { code: 'state', id: requestId })
      core.db.write(() => {
        edit(pageIds, (pages) => assignPages(core.db, pages.map(({ id }) => id), requestId)) // prettier-ignore
        core.act({ objectId: requestId, kind: 'scanned', args: { pages: pageIds.length } })
      })
      return changed([requestId])
    },
    'pages.import': ({ requestId, fileIds, insertAt, password }) => {
      const paths = files.take(fileIds)
      // A locked file is asked for again, with its password.
      const onLocked = (index: number): void => files.add({ id: fileIds[index]!, path: paths[index]! })
      return {
        jobId: startImport(core, engine, requestId, paths, { insertAt, onLocked, ...(password ? { password } : {}) }),
      }
    },
  }
}
