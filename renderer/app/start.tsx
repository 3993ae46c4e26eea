import '../ui/theme.css'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { askFirst } from './first.ts'
import { helloNow } from './hooks.ts'
import { startI18n } from './i18n.ts'
import { startKeymap } from './keymap.ts'
import { applyLook, wishesNow } from './look.ts'
import { Mishap } from './Mishap.tsx'
import { joinWindows } from './second-window.ts'

/** Where core answers within this time the first picture is the whole one, ms; else the frame comes first. */
const WHOLE_MS = 150

/** Draws the whole interface into an element; the host must be connected before. */
export async function start(element: HTMLElement): Promise<void> {
  startI18n('zh-CN')
  joinWindows()
  startKeymap(window)
  await Promise.race([askFirst(), new Promise((resolve) => setTimeout(resolve, WHOLE_MS))])
  applyLook(helloNow()?.settings, wishesNow())
  createRoot(element).render(
    <Mishap>
      <App />
    </Mishap>,
  )
}
