import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobRow } from '../../../db/queries/blobs.ts'
import type { Core } from '../context.ts'
import type { DocumentEngine } from '../documents/index.ts'

const BARE = 'image/tiff'
const PACKED = 'image/png'

/**
 * Stores a page's file as it came. A scanner's bare pixels are packed first: they would fill the disk twice as fast, and no
 * window can draw them.
 */
export async function keepOriginal(
  core: Core,
  engine: DocumentEngine,
  { path, mime, source }: { readonly path: string; readonly mime: string; readonly source: string },
): Promise<BlobRow> {
  if (source !== 'scanner' || mime !== BARE) return core.blobs.put({ path }, mime)
  const out = join(core.options.dataDir, 'making', `${randomUUID()}.png`)
  try {
    // Whatever kept it from being packed, the page is safe as it came.
    const packed = await engine.pack(path, out).catch(() => false)
    return await (packed ? core.blobs.put({ path: out }, PACKED) : core.blobs.put({ path }, mime))
  } finally {
    await rm(out, { force: true })
  }
}
