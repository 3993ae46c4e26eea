/** What a person does at the desk, in the words of the interface: places, commands, codes under the hand scanner. */
import { expect as playwrightExpect, type Locator, type Page } from '@playwright/test'

/** A busy machine is slow, not wrong: claims wait, they do not time. */
export const expect = playwrightExpect.configure({ timeout: 40_000 })

export interface EnrolCodes {
  readonly url: string
  rehearse(path: string, body: object): Promise<unknown>
}

/** The rehearsal's supervisor and the password every rehearsal account has. */
export const STAFF = { id: 'ruc-lin', password: 'balis-rehearsal' }

/** First run: enrols this desk with a code from the centre and signs in. */
export async function enrolAndSignIn(
  page: Page,
  centre: EnrolCodes,
  deskName = '1 号台',
  library = 'RUC',
): Promise<void> {
  const { code } = (await centre.rehearse('enrol-code', { library })) as { code: string }
  const form = page.locator('main form')
  await expect(form.getByRole('textbox')).toHaveCount(3)
  for (const [index, text] of [centre.url, code, deskName].entries()) {
    // The window may draw itself anew while it learns its settings; what was typed must stand there afterwards.
    await expect(async () => {
      await form.getByRole('textbox').nth(index).fill(text)
      await expect(form.getByRole('textbox').nth(index)).toHaveValue(text)
    }).toPass()
  }
  await expect(form.locator('[type=submit]')).toBeEnabled()
  await page.keyboard.press('Enter')
  await signIn(page, { ...STAFF, id: STAFF.id.replace('ruc', library.toLowerCase()) })
  // The first run goes on with the devices, which these tests bring along.
  await page.locator('[data-action="setup-later"]').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

export async function signIn(page: Page, staff = STAFF): Promise<void> {
  await page.locator(`[data-staff="${staff.id}"]`).click()
  await page.locator('input[type=password]').fill(staff.password)
  await page.keyboard.press('Enter')
  await page.locator('input[type=password]').waitFor({ state: 'detached' })
}

/** Runs a command of the table by its button where the screen shows one, so that a resting button fails the test. */
export async function command(page: Page, id: string): Promise<void> {
  const button = page.locator(`[data-command="${id}"]`).first()
  await expect(button).toBeEnabled({ timeout: 20_000 })
  await button.click()
}

/** Runs a command of the table by its id in the palette. */
export async function byPalette(page: Page, id: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(id)
  await expect(page.locator('#palette-list [role=option]')).toHaveCount(1)
  await page.keyboard.press('Enter')
}

/** A command's dialog, once the palette that it was chosen in has gone. */
export async function dialogOf(page: Page, id: string): Promise<void> {
  await byPalette(page, id)
  await expect(page.locator('#palette-list')).toHaveCount(0)
  await expect(page.getByRole('dialog')).toHaveCount(1)
}

const PLACE_KEYS = {
  queue: 'Control+1',
  pull: 'Control+2',
  copy: 'Control+3',
  tray: 'Control+u',
  loan: 'Control+4',
  courier: 'Control+5',
  prints: 'Control+6',
  asking: 'Control+9',
  numbers: 'Control+8',
  refused: 'Control+7',
  settings: 'Control+,',
} as const
export type PlaceName = keyof typeof PLACE_KEYS
export const PLACES = Object.keys(PLACE_KEYS) as PlaceName[]

export async function go(page: Page, place: PlaceName): Promise<void> {
  await page.keyboard.press(PLACE_KEYS[place])
  await expect(page.locator(`nav [aria-current="page"][data-place="${place}"]`)).toBeVisible()
  // A place is read when it is first gone to; it takes its keys once it has been drawn, below the strip of the lessons.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('main > :not(:first-child)')].some((one) => one.getClientRects().length > 0),
  )
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
}

/** A hand scanner: keys faster than any typist, then Enter. */
export async function scanCode(page: Page, code: string): Promise<void> {
  await page.locator('body').click({ position: { x: 4, y: 4 } })
  await page.keyboard.type(code, { delay: 4 })
  await page.keyboard.press('Enter')
}

/**
 * A pile under the hand scanner: every code's keys at once as the system delivers them, without waiting for the window
 * in between, and without the mouse. However slow the machine is, the keys of a code stay together.
 */
export async function scanPile(page: Page, codes: readonly string[]): Promise<void> {
  const keys = await page.context().newCDPSession(page)
  const press = (key: string, text: string, windowsVirtualKeyCode: number) => [
    keys.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text, windowsVirtualKeyCode }),
    keys.send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode }),
  ]
  for (const code of codes)
    await Promise.all([...[...code].flatMap((sign) => press(sign, sign, 0)), ...press('Enter', '\r', 13)])
  await keys.detach()
}

/** The last scan's answer, as it stands large on the screen. */
export async function scanAnswers(page: Page, tone: 'ok' | 'warn' | 'bad' | 'plain'): Promise<string> {
  const banner = page.locator(`[data-scan-result="${tone}"]`)
  await banner.waitFor({ timeout: 15_000 })
  return (await banner.getByRole('status').textContent()) ?? ''
}

/** A request's row in the whole queue: the calendar says how far down its deadline stands, and what is out of sight is not there. */
export async function showRow(page: Page, id: string): Promise<Locator> {
  const row = page.locator(`#row-${id}`)
  const list = page.locator('main [role=grid]').first()
  if ((await row.count()) === 0) await list.evaluate((grid) => grid.scrollTo(0, 0))
  await expect(async () => {
    if ((await row.count()) === 0) await list.evaluate((grid) => grid.scrollBy(0, grid.clientHeight / 2))
    await playwrightExpect(row).toBeAttached({ timeout: 1000 })
  }).toPass()
  await row.scrollIntoViewIfNeeded()
  return row
}

/** Finds a request by the search field and opens it in the panel beside the queue. */
export async function findRequest(page: Page, id: string): Promise<void> {
  await go(page, 'queue')
  await page.keyboard.press('/')
  await page.keyboard.type(id)
  const row = page.locator(`#row-${id}`)
  await row.waitFor()
  // The rows of the last letter may still be on their way; the request is open when the panel names it.
  await expect(async () => {
    await row.click()
    await playwrightExpect(page.locator('aside').getByText(id).first()).toBeVisible({ timeout: 3000 })
  }).toPass()
}
