import { STANDARD_QUALITY, type Quality } from './raster/page.ts'
import type { DocumentProfile } from './types.ts'

/** One way to make the pages: how they are treated and how finely their parts are kept. */
export interface Step {
  readonly profile: DocumentProfile
  readonly quality: Quality
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
  const clean: Step[] = [STANDARD_QUALITY, COARSER, FLOOR].map((quality) => ({ profile: 'clean', quality }))
  const own = (...qualities: Quality[]): Step[] => qualities.map((quality) => ({ profile, quality }))
  switch (profile) {
    case 'clean':
      return clean
    case 'paper':
    case 'grey':
    case 'colour':
      return [...own(STANDARD_QUALITY, COARSER), ...clean]
    case 'original':
      return [
        { profile, quality: STANDARD_QUALITY },
        { profile: 'colour', quality: FINE },
        { profile: 'colour', quality: STANDARD_QUALITY },
        { profile: 'colour', quality: COARSER },
        ...clean,
      ]
  }
}
