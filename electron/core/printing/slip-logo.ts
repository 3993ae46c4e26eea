/** The library's mark, kept as bare grey pixels: nothing in core decodes a picture from outside for it. */
import { readFile } from 'node:fs/promises'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import type { SlipLogo } from './templates/style.ts'

const OWNER = 'setting:slipLogo'
let cached: { blob: string; logo: SlipLogo } | undefined

/** @returns null when there is none, or its pixels are gone */
export async function slipLogo(core: Core): Promise<SlipLogo | null> {
  const set = core.settings.get().slipLogo
  if (!set) return null
  if (cached?.blob === set.blob) return cached.logo
  const grey = await readFile(core.blobs.path(set.blob)).catch(() => null)
  if (grey?.length !== set.width * set.height) return null
  const logo = { width: set.width, height: set.height, grey }
  cached = { blob: set.blob, logo }
  return logo
}

/** @throws DeskError bad_call when the pixels are not as many as the sides say */
export async function setSlipLogo(
  core: Core,
  logo: { width: number; height: number; grey: string } | null,
): Promise<void> {
  if (!logo) {
    core.db.write(() => {
      core.blobs.release(OWNER)
      core.settings.set({ slipLogo: null })
    })
    return
  }
  const { width, height } = logo
  const grey = Buffer.from(logo.grey, 'base64')
  if (grey.length !== width * height) throw new DeskError('bad_call')
  const { sha256 } = await core.blobs.put(grey, 'application/octet-stream')
  core.db.write(() => {
    core.blobs.release(OWNER)
    core.blobs.retain(sha256, OWNER)
    core.settings.set({ slipLogo: { blob: sha256, width, height } })
  })
}
