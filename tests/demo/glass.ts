/**
 * A scanner's glass: SANE's real `pnm` backend reads whatever picture lies at one place, so laying a page on the glass
 * is replacing that file.
 */
import { chmod, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

const pages = fileURLToPath(new URL('../../assets/demo/', import.meta.url))

export interface Glass {
  folder: string
  /** Where the backend looks. */
  picture: string
  /** Names of the project's demo pages that begin so, in order. */
  stack(prefix: string): Promise<string[]>
  lay(name: string): Promise<void>
  dispose(): Promise<void>
}

export async function prepareGlass(): Promise<Glass> {
  const folder = await mkdtemp(join(tmpdir(), 'balis-glass-'))
  await chmod(folder, 0o755)
  const picture = join(folder, 'glass.ppm')
  return {
    folder,
    picture,
    stack: async (prefix) => (await readdir(pages)).filter((name) => name.startsWith(prefix)).sort(),
    async lay(name) {
      const { data, info } = await sharp(join(pages, name))
        .removeAlpha()
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true })
      await writeFile(`${picture}.next`, Buffer.concat([Buffer.from(`P6\n${info.width} ${info.height}\n255\n`), data]))
      await chmod(`${picture}.next`, 0o644)
      await rename(`${picture}.next`, picture)
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
}
