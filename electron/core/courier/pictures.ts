/** Pictures of a hand-over: photographs of the bags, and the driver's signature drawn from its strokes. */
import { addPicture, picturesOf, type HandoverPicture } from '../../../db/queries/photos.ts'
import { DeskError } from '../../contract/errors.ts'
import type { OpArgsOf } from '../../contract/ops.contract.ts'
import type { Core } from '../context.ts'
import { greyPng } from '../printing/templates/grey-png.ts'

type Strokes = OpArgsOf<'handedOver'>['signature']['strokes']
/** Pixels; the box on the screen is about as wide to its height. `pen` is half its line's width. */
const SIGNATURE = { width: 900, height: 300, pen: 2 }

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
  await keep(core, manifestId, greyPng(drawn(strokes)), 'signature')
}

/** Black lines on white with a round pen, in the proportions of the signing box. */
export function drawn(strokes: Strokes): { width: number; height: number; grey: Uint8Array } {
  const { width, height, pen } = SIGNATURE
  const grey = new Uint8Array(width * height).fill(255)
  const dot = (x: number, y: number) => {
    for (let dy = -pen; dy <= pen; dy++)
      for (let dx = -pen; dx <= pen; dx++) {
        const [column, row] = [Math.round(x + dx), Math.round(y + dy)]
        const inside = column >= 0 && column < width && row >= 0 && row < height
        if (inside && dx * dx + dy * dy <= pen * pen) grey[row * width + column] = 0
      }
  }
  for (const stroke of strokes)
    for (let n = 0; n + 3 < stroke.length; n += 2) {
      const [fromX, fromY, toX, toY] = [stroke[n]! * width, stroke[n + 1]! * height, stroke[n + 2]! * width, stroke[n + 3]! * height] // prettier-ignore
      const steps = Math.max(1, Math.ceil(Math.hypot(toX - fromX, toY - fromY)))
      for (let step = 0; step <= steps; step++)
        dot(fromX + ((toX - fromX) * step) / steps, fromY + ((toY - fromY) * step) / steps)
    }
  return { width, height, grey }
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
