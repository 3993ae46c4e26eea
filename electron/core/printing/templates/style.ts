import type { SlipTemplate } from '../../../contract/core.contract.ts'
import type { SlipLocale } from './data.ts'

/** The library's mark: grey pixels, row by row, 0 black. */
export interface SlipLogo {
  width: number
  height: number
  grey: Uint8Array
}

/** How a library wants its slips, apart from what stands on them. */
export interface SlipStyle {
  /** What is shown, in this order; null: all, as designed. */
  fields: readonly string[] | null
  /** 1 is the size as designed. */
  size: number
  logo: SlipLogo | null
  /** A line of the library's own above the foot. */
  footer: string
}

/** As designed. */
export const PLAIN: SlipStyle = { fields: null, size: 1, logo: null, footer: '' }

export function styleOf(template: SlipTemplate | undefined, logo: SlipLogo | null): SlipStyle {
  if (!template) return PLAIN
  const { fields, size, footer } = template
  return { fields, size, footer, logo: template.logo ? logo : null }
}

export function localeOf(template: SlipTemplate | undefined, desk: SlipLocale): SlipLocale {
  return template === undefined || template.language === 'desk' ? desk : template.language
}
