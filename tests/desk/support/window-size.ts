import type { Page } from '@playwright/test'
import type { LaunchedDesk } from './launch.ts'

/** Makes the page of the first window so large, CSS pixels times `zoom`. */
export const resizeWindow = ({ app }: LaunchedDesk, width: number, height: number, zoom: number): Promise<void> =>
  app.evaluate(
    ({ BrowserWindow }, size) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setContentSize(size.width, size.height)
      window?.webContents.setZoomFactor(size.zoom)
    },
    { width, height, zoom },
  )

/** How far the page could be scrolled sideways, CSS pixels; 0 where all of it fits. */
export const sidewaysOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/**
 * Controls that nobody can reach: outside the window or of what cuts them off, with nothing around them that scrolls.
 * @returns their names
 */
export const lostOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (style: CSSStyleDeclaration) => /auto|scroll/.test(`${style.overflowX} ${style.overflowY}`)
    const reached = (control: Element): boolean => {
      const box = control.getBoundingClientRect()
      let [left, top, right, bottom] = [0, 0, innerWidth, innerHeight]
      for (let one = control.parentElement; one; one = one.parentElement) {
        const style = getComputedStyle(one)
        if (scrolls(style)) return true
        if (style.overflowX !== 'visible') {
          const edge = one.getBoundingClientRect()
          ;[left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)]
          ;[top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)]
        }
        if (style.position === 'fixed') break
      }
      const seen = (a: number, b: number, from: number, to: number) =>
        Math.min(b, to) - Math.max(a, from) >= (b - a) / 2
      return seen(box.left, box.right, left, right) && seen(box.top, box.bottom, top, bottom)
    }
    return [...document.querySelectorAll('button, input, select, textarea, summary, [role=radio], [role=tab]')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 2)
      .filter((one) => !one.closest('.sr-only, [aria-hidden="true"]') && !reached(one))
      .map((one) => one.getAttribute('aria-label') ?? (one.textContent || one.outerHTML.slice(0, 80)))
  })
