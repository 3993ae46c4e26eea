/** What is done to a page, as parameters beside its untouched original. */
import * as z from 'zod'

const Fraction = z.number().min(0).max(1)

/** Fractions of the upright, quarter-turned and finely turned page. */
export const CropBox = z.strictObject({ left: Fraction, top: Fraction, width: Fraction, height: Fraction })
export type CropBox = z.infer<typeof CropBox>

/** Which half of a spread this page is; `at` is the seam as a fraction of the width of the turned picture. */
export const Split = z.strictObject({ at: Fraction, side: z.enum(['left', 'right']) })
export type Split = z.infer<typeof Split>

export const Quarter = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])
export type Quarter = z.infer<typeof Quarter>

/** Steps in the order in which they count; each refers to the result of those before it. */
export const PageAdjust = z.strictObject({
  /** Degrees clockwise, after the file's own EXIF orientation. */
  rotate: Quarter,
  /** Fine turn about the centre in degrees clockwise; the size of the picture stays. */
  angleDeg: z.number().min(-45).max(45),
  crop: CropBox.nullable(),
  split: Split.nullable(),
  /** Shade of the spine and of uneven light is taken out. */
  even: z.boolean(),
})
export type PageAdjust = z.infer<typeof PageAdjust>

export const UNCHANGED: PageAdjust = { rotate: 0, angleDeg: 0, crop: null, split: null, even: false }
