/**
 * A page gets no permission of the browser's, except to put text on the clipboard; and the camera, without the
 * microphone, only while the hand-off screen says it is shown.
 */
import { session } from 'electron'

const ALLOWED: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])
let camera = false

export function allowCamera(on: boolean): void {
  camera = on
}

export function denyPermissions(): void {
  const page = session.defaultSession
  page.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const filming = permission === 'media' && camera && kinds.length > 0 && kinds.every((kind) => kind === 'video')
    answer(ALLOWED.has(permission) || filming)
  })
  page.setPermissionCheckHandler((_contents, permission, _origin, details) => {
    const filming = permission === 'media' && camera && details.mediaType === 'video'
    return ALLOWED.has(permission) || filming
  })
  page.setDevicePermissionHandler(() => false)
}
