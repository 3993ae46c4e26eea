/** The shipped demonstration pages, also as files that SANE's `pnm` backend and folder watchers can take. */
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

/** Paths of the demonstration pages (JPEG, 300 dpi, colour) in reading order; `article` is the first part of their names. */
export async function demoPages(assets: string, article?: string): Promise<string[]> {
  const names = await readdir(assets)
  return names
    .filter((name) => name.endsWith('.jpg') && (article === undefined || name.startsWith(`${article}-`)))
    .sort()
    .map((name) => join(assets, name))
}

/**
 * Writes pages as binary greymaps (PGM, P5), which is what the `pnm` backend scans.
 * Returns the paths in the order of the pages.
 */
export async function demoPagesAsPnm(pages: readonly string[], folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const written: string[] = []
  for (const [i, page] of pages.entries()) {
    const path = join(folder, `page-${String(i + 1).padStart(3, '0')}.pgm`)
    const { data, info } = await sharp(page).greyscale().raw().toBuffer({ resolveWithObject: true })
    // written by hand: sharp's prebuilt libvips has no PNM writer
    await writeFile(path, Buffer.concat([Buffer.from(`P5\n${info.width} ${info.height}\n255\n`), data]))
    written.push(path)
  }
  return written
}
