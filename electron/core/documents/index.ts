/**
 * The document engine: scanned pages and received PDFs in, one small stamped PDF out. It knows no database, no
 * requests and no interface; everything that reads bytes from outside runs in worker processes.
 */
import { tmpdir } from 'node:os'
import type { WorkerForker } from '../host/workers.ts'
import type { BuildOptions } from './build.ts'
import { PageMaker } from './page-maker.ts'
import { DEFAULT_LIMITS, DocumentPool, type PoolLimits, type RunOptions } from './pool.ts'
import type { PageFacts } from '../../domain/page-facts.ts'
import type { Arrival, LookRequest, PreviewRequest, Previews, TableRead } from './tasks.ts'
import type { PrintedRequest } from './printed.ts'
import type { DocumentJob, DocumentReport, DocumentVerdict, FileProbe } from './types.ts'

export { DocumentError, DOCUMENT_ERROR_CODES, type DocumentErrorCode } from './errors.ts'
export { fontPath } from './stamp/font.ts'
export type { Arrival, LookRequest, PreviewRequest, Previews } from './tasks.ts'
export * from './types.ts'

export interface EngineOptions {
  readonly fork: WorkerForker
  readonly limits?: Partial<PoolLimits>
  /** Folder for files that live as long as one task; the system's temporary folder where absent. */
  readonly scratch?: string
  /** Empty folder for pages that were made already, where paths always stand for the same bytes; none are kept without. */
  readonly keepPagesIn?: string
  /** How long a table may take to be read, ms. */
  readonly tableMs?: number
}

export interface DocumentEngine {
  /** What a file is and whether it can be taken; problems stand in the result. */
  probe(path: string, options?: { signal?: AbortSignal }): Promise<FileProbe>
  /** Small pictures of one page of an image file. */
  previews(request: PreviewRequest, options?: { signal?: AbortSignal }): Promise<Previews>
  /** Both at once, before everything else that waits: somebody is looking for the page. */
  arrive(request: PreviewRequest, options?: { signal?: AbortSignal }): Promise<Arrival>
  /** A PNG of the same pixels, where the page came as bare ones; see packTiff. */
  pack(path: string, out: string): Promise<boolean>
  /** What can be found out about one page of an image file. */
  look(request: LookRequest, options?: Pick<RunOptions, 'signal' | 'lane'>): Promise<PageFacts>
  /** Makes the scanned pages of a job while nobody waits for them, so that `build` finds them made. */
  prepare(job: Pick<DocumentJob, 'pages' | 'profile' | 'bilevel' | 'ocr'>): Promise<void>
  /** A PDF of what was printed as pixels. */
  printed(request: PrintedRequest): Promise<{ readonly pages: number }>
  /** The rows of a spreadsheet or CSV file. */
  table(path: string): Promise<TableRead>
  /** Does a delivered file still agree with its footers? */
  verify(path: string, options?: { signal?: AbortSignal }): Promise<DocumentVerdict>
  build(job: DocumentJob, options?: Omit<BuildOptions, 'pool' | 'maker'>): Promise<DocumentReport>
  /** Ends all workers; what runs ends as cancelled. */
  close(): Promise<void>
}

const PROBE_TIMEOUT_MS = 60_000
/** With the reading of page numbers on a slow machine. */
const LOOK_TIMEOUT_MS = 180_000
/** 200,000 rows take some seconds; one that was damaged on purpose may take as long as it is let. */
const TABLE_TIMEOUT_MS = 30_000
/** A book in raster, a second a page. */
const PRINTED_TIMEOUT_MS = 600_000

/** Image library, codes and writer: read when pages are there, and not held by a desk that stands idle. */
const making = () => import('./build.ts')

/** Every method throws DocumentError only. */
export function createDocumentEngine(options: EngineOptions): DocumentEngine {
  const { fork, limits, scratch = tmpdir(), keepPagesIn, tableMs = TABLE_TIMEOUT_MS } = options
  const pool = new DocumentPool(fork, { ...DEFAULT_LIMITS, ...limits }, scratch)
  const maker = new PageMaker(pool, keepPagesIn ?? null)
  return {
    probe: (path, options) =>
      pool.run('probe', { path }, { ...options, timeoutMs: PROBE_TIMEOUT_MS, params: { file: path } }),
    previews: (request, options) =>
      pool.run('previews', request, { ...options, timeoutMs: PROBE_TIMEOUT_MS, params: { file: request.path } }),
    arrive: (request, options) =>
      pool.run('arrive', request, {
        ...options,
        lane: 'urgent',
        timeoutMs: PROBE_TIMEOUT_MS,
        params: { file: request.path },
      }),
    pack: (path, out) => pool.run('pack', { path, out }, { timeoutMs: PROBE_TIMEOUT_MS, params: { file: path } }),
    look: (request, options) =>
      pool.run('look', request, { ...options, timeoutMs: LOOK_TIMEOUT_MS, params: { file: request.path } }),
    printed: (request) => pool.run('printed', request, { timeoutMs: PRINTED_TIMEOUT_MS }),
    table: (path) => pool.run('table', { path }, { lane: 'urgent', timeoutMs: tableMs, params: { file: path } }),
    verify: (path, options) =>
      pool.run('verify', { path }, { ...options, timeoutMs: PROBE_TIMEOUT_MS, params: { file: path } }),
    prepare: async (job) => (await making()).preparePages(job, maker),
    build: async (job, options) => (await making()).buildDocument(job, { ...options, pool, maker }),
    close: () => pool.close(),
  }
}
