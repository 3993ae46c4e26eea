import { STANDARD_QUALITY, type Quality } from './raster/page.ts'
import { COARSER as COARSER_IMAGES, GENTLE, type ImageTreatment } from './received/treatment.ts'
import type { DocumentProfile } from './types.ts'

/** One way to make the pages: how they are treated and how finely their parts are kept. */
export interface Step {
  readonly profile: DocumentProfile
  readonly quality: Quality
  /** Of the images in received PDFs; null leaves all of them as they are. */
  readonly images: ImageTreatment | null
}

const FINE: Quality = { ...STANDARD_QUALITY, wholeDpi: 300, wholeQuality: 75 }
const COARSER: Quality = {
  inkDpi: 450,
  pictureDpi: 120,
  pictureQuality: 45,
  backgroundDpi: 75,
  backgroundQuality: 40,
  wholeDpi: 150,
  wholeQuality: 55,
}
/**
 * The floor: below 300 dpi the strokes of small Chinese characters break in black and white, and a photograph below
 * 90 dpi no longer shows what it is about.
 */
const FLOOR: Quality = {
  inkDpi: 300,
  pictureDpi: 90,
  pictureQuality: 35,
  backgroundDpi: 60,
  backgroundQuality: 30,
  wholeDpi: 150,
  wholeQuality: 40,
}

/** What to try in turn until a delivery fits its budget, the gentlest first; ink stays legible in all of them. */
export function budgetSteps(profile: DocumentProfile): readonly Step[] {
  const [fine, coarse, floor] = COARSER_IMAGES as [ImageTreatment, ImageTreatment, ImageTreatment]
  const step = (name: DocumentProfile, quality: Quality, images: ImageTreatment | null): Step => ({
    profile: name,
    quality,
    images,
  })
  const clean = [step('clean', STANDARD_QUALITY, fine), step('clean', COARSER, coarse), step('clean', FLOOR, floor)]
  switch (profile) {
    case 'clean':
      return [step('clean', STANDARD_QUALITY, GENTLE), ...clean]
    case 'paper':
    case 'grey':
    case 'colour':
      return [step(profile, STANDARD_QUALITY, GENTLE), step(profile, COARSER, fine), ...clean]
    case 'original':
      return [
        step(profile, STANDARD_QUALITY, null),
        step('colour', FINE, GENTLE),
        step('colour', STANDARD_QUALITY, fine),
        step('colour', COARSER, coarse),
        ...clean,
      ]
  }
}

/** The same where there is nothing but received PDFs, so that no step repeats the one before. */
export function receivedSteps(profile: DocumentProfile): readonly Step[] {
  const images = [...(profile === 'original' ? [null] : []), GENTLE, ...COARSER_IMAGES]
  return images.map((treatment) => ({ profile, quality: STANDARD_QUALITY, images: treatment }))
}
