/** Pictures of every screen in both languages, as a person sees them now. */
import type { Page } from '@playwright/test'
import { join } from 'node:path'
import { go, PLACES } from '../desk/support/staff.ts'

/** @returns the names of the pictures */
export async function takePictures(page: Page, folder: string, language: 'zh' | 'en'): Promise<string[]> {
  const names: string[] = []
  // A search that is still typed would show an empty queue; the requests still owed are the usual picture.
  await page.locator('[data-search]').fill('')
  for (const place of PLACES) {
    await go(page, place)
    if (place === 'queue') await page.locator('[role=row]').nth(2).click()
    // Skeletons are a state of their own; a picture shows what came.
    await page.waitForFunction(() => document.querySelectorAll('[data-skeleton]').length === 0)
    const name = `${place}-${language}.png`
    await page.screenshot({ path: join(folder, name) })
    names.push(name)
  }
  return names
}
