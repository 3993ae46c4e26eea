/** How the page looks by this desk's settings and the system's wishes: marks on the root that theme.css goes by. */
import type { Settings } from '../../electron/contract/core.contract.ts'
import { setLanguage } from './i18n.ts'

/** What the system wishes. */
export interface Wishes {
  dark: boolean
  /** More contrast. */
  strong: boolean
  /** No movement. */
  still: boolean
}

export const WISH = {
  dark: '(prefers-color-scheme: dark)',
  strong: '(prefers-contrast: more)',
  still: '(prefers-reduced-motion: reduce)',
} as const satisfies Record<keyof Wishes, string>

export const wishesNow = (): Wishes => ({
  dark: matchMedia(WISH.dark).matches,
  strong: matchMedia(WISH.strong).matches,
  still: matchMedia(WISH.still).matches,
})

/** Marks the root; before the first picture too, since every style is counted anew for a mark that changes. */
export function applyLook(settings: Settings | undefined, { dark, strong, still }: Wishes): void {
  if (!settings) return mark('theme', dark ? 'dark' : 'light')
  setLanguage(settings.language)
  mark('theme', settings.theme === 'system' ? (dark ? 'dark' : 'light') : settings.theme)
  mark('density', settings.density)
  mark('contrast', strong || settings.contrast === 'more' ? 'more' : 'usual')
  mark('motion', still || settings.motion === 'none' ? 'none' : 'usual')
}

function mark(name: string, value: string): void {
  const { dataset } = document.documentElement
  if (dataset[name] !== value) dataset[name] = value
}
