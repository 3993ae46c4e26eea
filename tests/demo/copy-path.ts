/** The copy desk's part of the demo: from an accepted request to a stamped PDF that waits for the network. */
import type { Page } from '@playwright/test'
import { command, expect, findRequest, go } from '../desk/support/staff.ts'
import type { Glass } from './glass.ts'

/** Pages in the strip, as the screen counts them. */
const pagesShown = (page: Page, count: number) =>
  expect(page.locator(`[data-pages="${count}"]`)).toBeVisible({ timeout: 30_000 })

export async function acceptRequest(page: Page, id: string): Promise<void> {
  await findRequest(page, id)
  await page.locator('[data-action="accept"]').click()
  await expect(page.locator('[data-action="accept"]')).toHaveCount(0)
}

/** Opens the request on the scan desk and lays one page after the other on the glass. */
export async function scanPages(page: Page, id: string, glass: Glass, names: readonly string[]): Promise<void> {
  await findRequest(page, id)
  await page.locator('[data-action="scan"]').first().click()
  for (const [index, name] of names.entries()) {
    await glass.lay(name)
    await command(page, 'copy.scan')
    await pagesShown(page, index + 1)
  }
}

/** A page goes in upside down and is turned; one scanned twice is deleted, brought back and deleted again. */
export async function mendPages(page: Page, glass: Glass, last: string, count: number): Promise<void> {
  await glass.lay(last)
  await command(page, 'copy.scan')
  await pagesShown(page, count + 1)
  await command(page, 'copy.rotate')
  await command(page, 'copy.rotate')
  await command(page, 'copy.delete')
  await pagesShown(page, count)
  await command(page, 'copy.restore')
  await pagesShown(page, count + 1)
  await page.locator('[data-pages] button').nth(count).click()
  await command(page, 'copy.delete')
  await pagesShown(page, count)
}

/** Makes the PDF and looks at it: the preview is the file that will be sent. */
export async function makeDocument(page: Page): Promise<void> {
  await command(page, 'copy.send')
  await expect(page.locator('[data-pdf="ready"]')).toBeVisible({ timeout: 60_000 })
  // Opened is not drawn: what is looked at is the first page with its ink on it.
  await page.locator('[data-pdf="ready"] canvas[data-drawn="true"]').first().waitFor({ timeout: 60_000 })
}

export async function sendDocument(page: Page): Promise<void> {
  await command(page, 'copy.send')
  await expect(page.locator('[data-pages]')).toHaveCount(0)
  await go(page, 'queue')
}
