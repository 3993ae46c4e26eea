/** Pictures of a hand-over: photographs of the bags, and the driver's signature drawn from its strokes. */
import sharp from 'sharp'
import { addPicture, picturesOf, type HandoverPicture } from '../../../db/queries/photos.ts'
import { DeskError } from '../../contract/errors.ts'
import type { OpArgsOf } from '../../contract/ops.contract.ts'
import type { Core } from '../context.ts'

type Strokes = OpArgsOf<'handedOver'>['signature']['strokes']
/** Pixels; the box on the screen is about as wide to its height. */
const SIZE = { width: 900, height: 300 }

/** @throws DeskError not_found, not_an_image */
export async function keepPhoto(core: Core, manifestId: string, base64: string): Promise<{ blob: string }> {
  if (!core.views.manifest(manifestId)) throw new DeskError('not_found', { id: manifestId })
  const bytes = Buffer.from(base64, 'base64')
  const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
  if (!jpeg) throw new DeskError('not_an_image')
  return { blob: await keep(core, manifestId, bytes, 'photo') }
}

/** The signature as a picture, for eyes and exports; the strokes themselves stand in the hand-over's operation. */
export async function keepSignature(core: Core, manifestId: string, strokes: Strokes): Promise<void> {
  const png = await sharp(Buffer.from(signatureSvg(strokes)))
    .png({ palette: true })
    .toBuffer()
  await keep(core, manifestId, png, 'signature')
}

/** Black lines on white, in the proportions of the signing box. */
export function signatureSvg(strokes: Strokes): string {
  const { width, height } = SIZE
  const lines = strokes.map((stroke) => {
    const points = stroke.map((value, n) => (value * (n % 2 ? height : width)).toFixed(1)).join(' ')
    return `<polyline points="${points}"/>`
  })
  const pen = 'fill="none" stroke="#000" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"'
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/><g ${pen}>${lines.join('')}</g></svg>` // prettier-ignore
}

async function keep(core: Core, manifestId: string, bytes: Buffer, kind: HandoverPicture['kind']): Promise<string> {
  const { sha256 } = await core.blobs.put(bytes, kind === 'photo' ? 'image/jpeg' : 'image/png')
  core.db.write(() => {
    core.blobs.retain(sha256, `handover:${manifestId}`)
    addPicture(core.db, manifestId, { blob: sha256, at: core.now(), kind })
  })
  return sha256
}

export const pictures = (core: Core, manifestId: string): HandoverPicture[] => picturesOf(core.db, manifestId)
