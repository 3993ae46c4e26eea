/** Photographs of the bags as they were handed over. */
import { addPhoto, photosOf } from '../../../db/queries/photos.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'

/** @throws DeskError not_found, not_an_image */
export async function keepPhoto(core: Core, manifestId: string, base64: string): Promise<{ blob: string }> {
  if (!core.views.manifest(manifestId)) throw new DeskError('not_found', { id: manifestId })
  const bytes = Buffer.from(base64, 'base64')
  const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
  if (!jpeg) throw new DeskError('not_an_image')
  const { sha256 } = await core.blobs.put(bytes, 'image/jpeg')
  core.db.write(() => {
    core.blobs.retain(sha256, `handover:${manifestId}`)
    addPhoto(core.db, manifestId, sha256, core.now())
  })
  return { blob: sha256 }
}

export const photos = (core: Core, manifestId: string) => photosOf(core.db, manifestId)
