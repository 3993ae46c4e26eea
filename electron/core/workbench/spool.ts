/** The folders in which scanned pages lie until they are taken in; each says whose they are, so that a stop loses none. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ScanProfile } from '../../contract/core.contract.ts'
import type { PageWish } from '../../domain/page-facts.ts'
import type { Core } from '../context.ts'

export interface SpoolNote {
  /** The pages' request, or '' for a stack of many requests: then the segment says it. */
  requestId: string
  dpi: number
  wish: PageWish
  /** The segment of a stack that the last sheet belonged to. */
  segment?: number | null
}

const NOTE = 'request.json'

export const spoolRoot = (core: Core): string => join(core.options.dataDir, 'spool')

export async function openSpool(core: Core, id: string, note: SpoolNote): Promise<string> {
  const folder = join(spoolRoot(core), id)
  await mkdir(folder, { recursive: true })
  await keepNote(folder, note)
  return folder
}

/** The note is on the disk whole, or as it was before. */
export async function keepNote(folder: string, note: SpoolNote): Promise<void> {
  const part = join(folder, `.${randomUUID()}`)
  const file = await open(part, 'wx')
  try {
    await file.writeFile(JSON.stringify(note))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, join(folder, NOTE))
}

/** What a stop left: each spool with its note and its pages in the order they were scanned. */
export async function leftSpools(
  core: Core,
): Promise<{ id: string; folder: string; note: SpoolNote; pages: { path: string; seq: number }[] }[]> {
  const left = []
  for (const id of await readdir(spoolRoot(core)).catch(() => [] as string[])) {
    const folder = join(spoolRoot(core), id)
    const note = await readNote(join(folder, NOTE))
    if (note === null) continue
    const names = (await readdir(folder)).filter((name) => name !== NOTE && !name.startsWith('.')).sort()
    const pages = names.map((name, i) => ({ path: join(folder, name), seq: Number(/\d+/.exec(name)?.[0] ?? i + 1) }))
    left.push({ id, folder, note, pages })
  }
  return left
}

async function readNote(path: string): Promise<SpoolNote | null> {
  try {
    const { requestId, dpi, wish, segment } = JSON.parse(await readFile(path, 'utf8')) as Partial<SpoolNote>
    if (typeof requestId !== 'string') return null
    return { requestId, dpi: Number(dpi) || 300, wish: wish ?? { tidy: true, scanned: true }, segment: segment ?? null }
  } catch {
    return null
  }
}

/** Removes a spool without pages; one that still holds some is kept for the next start. */
export async function closeSpool(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [] as string[])
  if (names.every((name) => name === NOTE || name.startsWith('.'))) await rm(folder, { recursive: true, force: true })
}

/** What the analysis may do with pages of this profile by itself. */
export function wishOfProfile({ work, tidy }: ScanProfile): PageWish {
  return {
    scanned: true,
    tidy: tidy?.straighten ?? true,
    dropBlank: tidy?.dropBlank ?? false,
    folio: tidy?.folios ?? false,
    spread: work === 'spread',
    rightBound: tidy?.rightBound ?? false,
  }
}
