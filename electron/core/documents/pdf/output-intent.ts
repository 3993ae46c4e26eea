import sharp from 'sharp'
import { ref } from './syntax.ts'
import type { ObjectFile } from './object-file.ts'

/** The colour space that device colours are meant in: sRGB, with the profile itself in the file. */
export async function writeOutputIntent(file: ObjectFile): Promise<string> {
  const profile = file.allocate()
  await file.compressed(profile, '/N 3', await srgbProfile())
  return (
    '/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)' +
    `/Info(sRGB IEC61966-2.1)/DestOutputProfile ${ref(profile)}>>]`
  )
}

/** The profile as the image library carries it. */
async function srgbProfile(): Promise<Uint8Array> {
  const pixel = { width: 1, height: 1, channels: 3, background: 'white' } as const
  const jpeg = await sharp({ create: pixel }).withIccProfile('srgb').jpeg().toBuffer()
  const { icc } = await sharp(jpeg).metadata()
  if (!icc) throw new Error('no sRGB profile')
  return icc
}
