import '../ui/theme.css'
import { createRoot } from 'react-dom/client'
import { askFirstRows } from '../features/queue/first-rows.ts'
import { App } from './App.tsx'
import { watchCore } from './data.ts'
import { startI18n } from './i18n.ts'
import { startKeymap } from './keymap.ts'
import { Mishap } from './Mishap.tsx'
import { joinWindows } from './second-window.ts'

/** Draws the whole interface into an element; the host must be connected before. */
export function start(element: HTMLElement): void {
  startI18n('zh-CN')
  watchCore()
  joinWindows()
  startKeymap(window)
  askFirstRows()
  createRoot(element).render(
    <Mishap>
      <App />
    </Mishap>,
  )
}
