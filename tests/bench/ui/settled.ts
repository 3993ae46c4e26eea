import type { LaunchedDesk } from '../../desk/support/launch.ts'

/** The first sync is over when the queue has not grown for three seconds (it shows only what is still owed). */
export async function settled({ page }: Pick<LaunchedDesk, 'page'>, rows: number): Promise<void> {
  for (let before = -1; ;) {
    const now = Number(await page.locator('[aria-rowcount]').first().getAttribute('aria-rowcount'))
    if (now > rows / 10 && now === before) return
    before = now
    await page.waitForTimeout(3000)
  }
}
