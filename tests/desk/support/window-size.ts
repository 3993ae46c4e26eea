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
