import type { Page } from '@playwright/test'
import { go } from './staff.ts'

const LANGUAGES = { 'zh-CN': '中文', en: 'English' } as const
const THEMES = { light: 1, dark: 2 } as const
export type Language = keyof typeof LANGUAGES
export type Theme = keyof typeof THEMES

/** Sets language and theme as a person does, and waits until the window has both. */
export async function look(page: Page, language: Language, theme: Theme): Promise<void> {
  await go(page, 'settings')
  await page.locator('[data-section="look"]').click()
  await page.getByRole('radiogroup').nth(1).getByRole('radio').nth(THEMES[theme]).click()
  await page.getByRole('radio', { name: LANGUAGES[language] }).click()
  await page.locator(`html[data-theme="${theme}"][lang="${language}"]`).waitFor()
}

/** The same page in the other theme and back, without leaving it: colours are all that changes. */
export async function inBothThemes(page: Page, see: (theme: Theme) => Promise<void>): Promise<void> {
  const set = (theme: string) => page.evaluate((name) => void (document.documentElement.dataset['theme'] = name), theme)
  const before = await page.evaluate(() => document.documentElement.dataset['theme'] ?? 'light')
  for (const theme of ['light', 'dark'] as const) {
    await set(theme)
    await see(theme)
  }
  await set(before)
}
