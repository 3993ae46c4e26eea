/** No menu bar: the page has its own. macOS needs one for copy, paste and quit to have keys. */
import { Menu } from 'electron'

export function setMenu(): void {
  const mac = process.platform === 'darwin'
  Menu.setApplicationMenu(
    mac ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null,
  )
}
