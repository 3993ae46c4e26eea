/**
 * Looks at every scanned page after it has come in, in the worker processes, and does what its profile allows: sets it
 * straight, cuts it, evens its light, splits a double page, drops a blank one. All of it is parameters beside the
 * original. A page that a person has set in the meantime stays as it was set. What a stop interrupted is looked at again.
 */
import {
  adjustOf,
  deletePages,
  findPage,
  setAdjust,
  setEvened,
  setFacts,
  unseenPages,
  wishOf,
  type PageRow,
} from '../../../db/queries/pages.ts'
import { availableParallelism } from 'node:os'
import type { PageAdjust } from '../../contract/core/page-adjust.ts'
import type { PageFacts } from '../../domain/page-facts.ts'
import type { Core } from '../context.ts'
import { DocumentError } from '../documents/errors.ts'
import type { DocumentEngine } from '../documents/index.ts'
import { preparePages } from './document-job.ts'
import { halves, splitInTwo } from './page-halves.ts'
import { PREVIEW_PX } from './take-in.ts'

export interface Analyser {
  /** Looks at what is waiting; called by itself whenever pages change. */
  wake(): void
  /** What is known already about a page that is coming in, by its origin: it is not looked at twice. */
  know(origin: string, facts: PageFacts): void
  /** Ends when nothing is waiting. */
  settled(): Promise<void>
  close(): Promise<void>
}

const WORKERS = Math.max(1, availableParallelism())
/** A page that cannot be looked at is left as it is. */
const NOTHING: PageFacts = {
  angleDeg: 0,
  crop: null,
  even: false,
  seam: null,
  rotate: 0,
  blank: false,
  slip: null,
  folio: null,
  signature: '',
}

export function createAnalyser(core: Core, engine: DocumentEngine): Analyser {
  const running = new Map<string, Promise<void>>()
  const known = new Map<string, PageFacts>()
  /** Pages that were looked at and may be made for their document. */
  const unmade = new Set<string>()
  let making: Promise<void> | null = null
  let closed = false

  function look(page: PageRow): Promise<PageFacts> {
    const { spread = false, scanned = false, folio = false, tidy = false } = wishOf(page)
    return engine.look(
      {
        path: core.blobs.path(page.original),
        page: pageInFile(page),
        dpi: page.dpi,
        spread: spread || page.width > page.height,
        separators: scanned,
        reading: tidy,
        folio,
      },
      pagesCome() ? { lane: 'background' } : {},
    )
  }

  /**
   * While pages are coming, one worker stays free for them where there are several, and the others leave them the
   * processor. Once the feeder stands still, somebody waits for the last pages: all workers look at them.
   */
  const pagesCome = (): boolean =>
    core.jobs.list().some(({ kind, state }) => (kind === 'scan' || kind === 'import') && state === 'running')
  const atOnce = (): number => (pagesCome() ? Math.max(1, WORKERS - 1) : WORKERS)

  async function serve(id: string): Promise<void> {
    const page = findPage(core.db, id)
    if (!page || page.findings !== null) return
    let facts = NOTHING
    try {
      facts = known.get(page.origin) ?? (await look(page))
      known.delete(page.origin)
    } catch (error) {
      if (closed || (error instanceof DocumentError && error.code === 'cancelled')) return
      core.log.warn({ err: error, page: id }, 'a page could not be looked at')
    }
    const evened = facts.even && wishOf(page).tidy ? await evenPreview(page) : null
    const settled = core.db.write(() => {
      if (evened) keepEvened(page.id, evened)
      return settle(core, page.id, facts)
    })
    for (const one of settled) unmade.add(one)
    for (const topic of ['pages', 'document'] as const) core.events.emit(topic, page.request_id)
  }

  async function evenPreview(page: PageRow): Promise<string | null> {
    try {
      const request = { path: core.blobs.path(page.original), page: pageInFile(page), even: true, sizes: [PREVIEW_PX] }
      const { images } = await engine.previews(request)
      return (await core.blobs.put(images[0]!.data, images[0]!.mime)).sha256
    } catch (error) {
      core.log.warn({ err: error, page: page.id }, 'no preview in even light')
      return null
    }
  }

  function keepEvened(id: string, sha256: string): void {
    setEvened(core.db, id, sha256)
    core.blobs.retain(sha256, `page:${id}`)
  }

  /** A person wants even light where nobody had proposed it. */
  async function serveEven(id: string): Promise<void> {
    const page = findPage(core.db, id)
    const evened = page && (await evenPreview(page))
    if (!page || !evened) return
    core.db.write(() => keepEvened(id, evened))
    core.events.emit('pages', page.request_id)
  }

  function start(id: string, work: (id: string) => Promise<void>): void {
    const done = work(id)
      .catch((error: unknown) => core.log.error({ err: error, page: id }, 'looking at a page'))
      .finally(() => {
        running.delete(id)
        wake()
      })
    running.set(id, done)
  }

  function wake(): void {
    if (closed) return
    const most = atOnce()
    for (const id of unseenPages(core.db)) {
      if (running.size >= most) return
      if (!running.has(id)) start(id, serve)
    }
    for (const id of wantsEven()) {
      if (running.size >= most) return
      if (!running.has(id)) start(id, serveEven)
    }
    makeNext()
  }

  /** When every page has been looked at, the waiting ones are made one after the other, so that sending need not wait. */
  function makeNext(): void {
    const [id] = unmade
    if (closed || making || id === undefined || running.size > 0) return
    unmade.delete(id)
    const page = findPage(core.db, id)
    if (page?.deleted_at !== null) return makeNext()
    making = preparePages(core, engine, [page])
      .catch((error: unknown) => closed || core.log.warn({ err: error, page: id }, 'a page could not be made ahead'))
      .then(() => {
        making = null
        makeNext()
      })
  }

  const failedEven = new Set<string>()
  function wantsEven(): string[] {
    const ids = core.db
      .sql<{ id: string }>(
        `SELECT id FROM page WHERE evened IS NULL AND kind = 'image' AND deleted_at IS NULL
         AND adjust IS NOT NULL AND json_extract(adjust, '$.even') = 1`,
      )
      .all()
      .map((row) => row.id)
      .filter((id) => !failedEven.has(id))
    for (const id of ids) failedEven.add(id)
    return ids
  }

  const unsubscribe = core.events.subscribe(({ topic }) => {
    // the end of a scan lets more of them be looked at
    if (topic === 'pages' || (topic === 'jobs' && running.size > 0 && !pagesCome())) wake()
  })
  return {
    wake,
    know: (origin, facts) => void known.set(origin, facts),
    async settled() {
      wake()
      while (running.size > 0) await Promise.all(running.values())
    },
    async close() {
      closed = true
      unsubscribe()
      await Promise.all([...running.values(), making])
    },
  }
}

/** Which page of a multi-page TIFF. */
export const pageInFile = (page: Pick<PageRow, 'origin'>): number =>
  Number(page.origin.slice(page.origin.lastIndexOf('/') + 1))

/** What its findings would do to a page. */
export const proposed = ({ angleDeg, crop, even, rotate }: PageFacts, before: PageAdjust): PageAdjust => ({
  // A seam runs from top to bottom of the page as it was turned before.
  split: before.rotate === rotate ? before.split : null,
  rotate,
  angleDeg,
  crop,
  even,
})

/**
 * Keeps what was found out, and does with the page what it may. In the caller's transaction.
 * @returns the pages that stand on its picture now
 */
function settle(core: Core, id: string, facts: PageFacts): string[] {
  const page = findPage(core.db, id)!
  const wish = wishOf(page)
  setFacts(core.db, id, facts)
  const slipOfItsOwn =
    wish.scanned && facts.slip !== null && facts.slip !== 'unsure' && facts.slip.id === page.request_id
  if (slipOfItsOwn || (wish.dropBlank && facts.blank)) {
    deletePages(core.db, [id], core.now())
    return []
  }
  if (page.edited || !wish.tidy) return [id]
  setAdjust(core.db, id, proposed(facts, adjustOf(page)), false)
  if (wish.spread && facts.seam !== null) splitInTwo(core, id, facts.seam, wish.rightBound ?? false, false)
  const { first, second } = halves(core, id)
  return second ? [first.id, second.id] : [first.id]
}
