/** A window shows our page and nothing else: no other address, no second window, no embedded page. */
import { app } from 'electron'
import { APP_ORIGIN } from '../places.ts'

/** Must run before the first window is made. */
export function denyNavigation(): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    const stayHere = (event: { url: string; preventDefault(): void }) => {
      if (event.url !== APP_ORIGIN && !event.url.startsWith(`${APP_ORIGIN}/`)) event.preventDefault()
    }
    contents.on('will-navigate', stayHere)
    contents.on('will-frame-navigate', stayHere)
    contents.on('will-redirect', stayHere)
  })
}
