/** Files chosen or dropped by a person become pages; a file that cannot be read is named and the others come in. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DeskError } from '../../contract/errors.ts'
import type { Core, JobContext } from '../context.ts'
import { toDeskError } from '../desk-errors.ts'
import type { DocumentEngine } from '../documents/index.ts'
import { takeIn } from './take-in.ts'
import { putIntoTray } from './tray.ts'

/** Files without a request: each one a bundle in the tray. @returns the job's id */
export function startTrayImport(core: Core, engine: DocumentEngine, paths: readonly string[]): string {
  return core.jobs.start('import', null, (job) =>
    eachFile(core, paths, job, (path, origin) => {
      const arrival = { origin, name: basename(path), source: 'file', reason: 'by_hand' } as const
      return putIntoTray(core, engine, arrival, { path, mime: '', dpi: null, origin, source: 'file' })
    }),
  )
}

export interface ImportOptions {
  readonly insertAt: number | null
  readonly password?: string
  /** Told which of the files wants a password. */
  readonly onLocked: (index: number) => void
}

/** @param paths as main gave them for the ids of the call @returns the job's id @throws DeskError not_found */
export function startImport(
  core: Core,
  engine: DocumentEngine,
  requestId: string,
  paths: readonly string[],
  { insertAt, password, onLocked }: ImportOptions,
): string {
  if (!core.views.request(requestId)) throw new DeskError('not_found', { id: requestId })
  return core.jobs.start('import', requestId, async (job) => {
    let taken = 0
    const failure = await eachFile(core, paths, job, async (path, origin) => {
      const file = { path, mime: '', dpi: null, origin, source: 'file', ...(password ? { password } : {}) }
      taken += await takeIn(core, engine, requestId, file, insertAt === null ? null : insertAt + taken)
    }).catch((error: unknown) => error)
    if (taken > 0) core.act({ objectId: requestId, kind: 'scanned', args: { pages: taken } })
    if (failure instanceof DeskError && /^(encrypted_pdf|pdf_password_wrong)$/.test(failure.code))
      onLocked(Number(failure.params.index))
    if (failure) throw failure
  })
}

/** Takes file after file; the first failure is thrown when all have been tried, with the file's name. */
async function eachFile(
  core: Core,
  paths: readonly string[],
  job: JobContext,
  take: (path: string, origin: string) => Promise<unknown>,
): Promise<void> {
  let failure: unknown
  for (const [index, path] of paths.entries()) {
    job.signal.throwIfAborted()
    try {
      // The same file may be wanted twice in one document, so its place in this job is part of its name.
      await take(path, `${await hashOf(path)}/${core.now()}/${index}`)
    } catch (error) {
      failure ??= toNamed(error, basename(path), index)
    }
    job.report({ done: index + 1, total: paths.length })
  }
  if (failure) throw failure
}

function toNamed(error: unknown, file: string, index: number): unknown {
  const known = toDeskError(error)
  return known instanceof DeskError
    ? new DeskError(known.code, { ...known.params, file, index }, { cause: error })
    : known
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
  } catch (error) {
    throw new DeskError('not_found', {}, { cause: error })
  }
  return hash.digest('hex')
}
