/** How the window looks in a picture: language, theme, size. */
import type { Page } from '@playwright/test'
import type { LaunchedDesk } from '../desk/support/launch.ts'
import { go } from '../desk/support/staff.ts'

export const LANGUAGES = { zh: '中文', en: 'English' }
export const THEMES = { light: 1, dark: 2 }

export async function look(page: Page, language: keyof typeof LANGUAGES, theme: keyof typeof THEMES): Promise<void> {
  await go(page, 'settings')
  await page.locator('[data-section="look"]').click()
  await page.getByRole('radiogroup').nth(1).getByRole('radio').nth(THEMES[theme]).click()
  await page.getByRole('radio', { name: LANGUAGES[language] }).click()
  await page.locator(`html[data-theme="${theme}"]`).waitFor()
}

export const resize = ({ app }: LaunchedDesk, size: { width: number; height: number }): Promise<void> =>
  app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(to.width, to.height), size)
