/** A page gets no permission of the browser's, except to put text on the clipboard. */
import { session } from 'electron'

const ALLOWED: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

export function denyPermissions(): void {
  const page = session.defaultSession
  page.setPermissionRequestHandler((_contents, permission, answer) => answer(ALLOWED.has(permission)))
  page.setPermissionCheckHandler((_contents, permission) => ALLOWED.has(permission))
  page.setDevicePermissionHandler(() => false)
}
