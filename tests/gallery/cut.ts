/** Words that a picture shows only in part, and nothing under the mouse has the whole. */
import type { Page } from '@playwright/test'

/** @returns one line for each text that stands partly outside what can be seen of it, and has no tooltip */
export async function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!
      const text = node.nodeValue?.trim() ?? ''
      if (text === '' || element.closest('[title]:not([title=""]), .sr-only, [aria-hidden=true]')) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const box = range.getBoundingClientRect()
      if (box.width === 0 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      let left = 0
      let right = window.innerWidth
      let outside = false
      for (let above: HTMLElement | null = element; above; above = above.parentElement) {
        const style = getComputedStyle(above)
        const clip = above.getBoundingClientRect()
        if (clip.width <= 1 || clip.height <= 1) outside = true
        if (style.overflowX !== 'visible') {
          left = Math.max(left, clip.left)
          right = Math.min(right, clip.right)
        }
        if (style.overflowY !== 'visible' && (box.bottom <= clip.top || box.top >= clip.bottom)) outside = true
        if (style.position === 'fixed') break
      }
      if (outside) continue
      if (box.right > right + 1.5 || box.left < left - 1.5)
        found.add(`cut “${text}” by ${Math.ceil(Math.max(box.right - right, left - box.left))} px`)
    }
    return [...found]
  })
}
