import { test } from '@playwright/test'
import { launchDesk, type LaunchedDesk } from './launch.ts'

/** The rehearsal's desk with somebody signed in, once its queue has rows: for a `beforeAll`, which it gives the time. */
export async function launchWithRows(): Promise<LaunchedDesk> {
  test.setTimeout(120_000)
  const desk = await launchDesk()
  await desk.page.locator('[id^="row-"]').first().waitFor({ timeout: 60_000 })
  return desk
}
