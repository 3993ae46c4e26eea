/** The loan desk's part of the demo: fetched, checked, packed, signed out, and taken back in. */
import type { Page } from '@playwright/test'
import { paperCode } from '../../electron/domain/codes.ts'
import { command, expect, findRequest, go, scanAnswers, scanCode } from '../desk/support/staff.ts'

export async function printPullSlip(page: Page, id: string): Promise<void> {
  await findRequest(page, id)
  await page.locator('[data-action="printPullSlip"]').first().click()
}

/** Slip, item and call number; a barcode that belongs to nothing is refused first. */
export async function checkItem(page: Page, id: string, barcode: string): Promise<void> {
  await go(page, 'loan')
  await scanCode(page, paperCode(id))
  await scanAnswers(page, 'plain')
  await scanCode(page, barcode)
  await scanAnswers(page, 'ok')
}

export async function printBookSlip(page: Page): Promise<void> {
  await command(page, 'loan.printSlip')
}

/** Packs by scanning, seals the bag, closes the manifest. */
export async function packAndClose(page: Page, barcode: string, seal: string): Promise<void> {
  await go(page, 'courier')
  await scanCode(page, 'NOSUCH0000')
  await scanAnswers(page, 'bad')
  await scanCode(page, barcode)
  await scanAnswers(page, 'ok')
  await page.locator('[data-action="openManifest"]').click()
  await page.keyboard.press('b')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').first().fill(seal)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await command(page, 'courier.closeManifest')
  await expect(page.locator('[data-signature]')).toBeVisible()
}

/** Draws a name into the box for it. */
export async function drawSignature(page: Page): Promise<void> {
  const box = (await page.locator('[data-signature]').boundingBox())!
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
  await page.mouse.move(...at(0.2, 0.6))
  await page.mouse.down()
  for (const [x, y] of [
    [0.3, 0.2],
    [0.38, 0.7],
    [0.48, 0.25],
    [0.56, 0.65],
    [0.7, 0.4],
    [0.82, 0.5],
  ] as const)
    await page.mouse.move(...at(x, y), { steps: 6 })
  await page.mouse.up()
}

/** The driver signs on the screen and takes the bags. */
export async function handOver(page: Page, driver: string): Promise<void> {
  await page.locator('aside').getByRole('textbox').first().fill(driver)
  await drawSignature(page)
  await command(page, 'courier.handOver')
  await expect(page.locator('[data-signature]')).toHaveCount(0)
}

export async function takeBack(page: Page, barcode: string): Promise<void> {
  await go(page, 'courier')
  await page.locator('[data-segment="returns"]').click()
  await scanCode(page, barcode)
  await scanAnswers(page, 'ok')
}
