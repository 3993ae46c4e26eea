import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds on the page as it stands, one line per rule and place. Waits for what moves once: a colour on its way from one theme to the other is nobody's colour. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(async () => {
    // What was changed a moment ago begins to move with the next picture.
    for (let n = 0; n < 2; n++) await new Promise((resolve) => requestAnimationFrame(resolve))
    const once = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(once.map((one) => one.finished))
  })
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
  )
}
