/** Pages have no network at all: core talks to the centre, scanners and printers. */
import { session } from 'electron'
import { APP_SCHEME } from '../places.ts'

const LOCAL: ReadonlySet<string> = new Set([`${APP_SCHEME}:`, 'devtools:', 'blob:', 'data:'])

export function denyNetwork(): void {
  session.defaultSession.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !LOCAL.has(new URL(details.url).protocol) })
  })
}
