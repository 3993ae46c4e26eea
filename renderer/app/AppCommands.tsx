import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { core, main, type CoreOut } from '../host.ts'
import { SignInDialog } from '../features/welcome/SignInDialog.tsx'
import { attempt } from './act.ts'
import { useCommand } from './commands.ts'
import { useIdleLock } from './idleLock.ts'
import { setPedal } from './keymap.ts'
import { go, useRoute } from './routes.ts'
import { closeSecond, isSecond, openSecond, useSecond } from './second-window.ts'
import { toast, undoLast } from './toasts.ts'
import { openOverlay, useOverlay } from './windows.ts'

const STEPS = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2]
export const useZoom = create<{ factor: number }>(() => ({ factor: 1 }))

/** Sets the size of everything, 1 = 100 %. */
export function setZoom(factor: number): void {
  useZoom.setState({ factor })
  void attempt(() => main('view.zoom', { factor }))
}

function nextStep(by: 1 | -1): void {
  const { factor } = useZoom.getState()
  const found = by > 0 ? STEPS.find((step) => step > factor + 0.001) : STEPS.findLast((step) => step < factor - 0.001)
  if (found !== undefined) setZoom(found)
}

/** The commands that work everywhere. Draws nothing but the switch of users. */
export function AppCommands({ hello }: { hello: CoreOut<'app.hello'> | undefined }) {
  const { t } = useTranslation()
  const overlay = useOverlay((state) => state.open)
  const secondOpen = useSecond((state) => state.open)
  const copy = useRoute((route) => route.open.copy)
  const enrolled = Boolean(hello?.desk)
  const settings = hello?.settings
  const set = (change: Parameters<typeof core<'settings.set'>>[1]) => void attempt(() => core('settings.set', change))

  useCommand('go.queue', () => go('queue'), enrolled)
  useCommand('go.pull', () => go('pull'), enrolled)
  useCommand('go.copy', () => go('copy'), enrolled)
  useCommand('go.tray', () => go('tray'), enrolled)
  useCommand('go.loan', () => go('loan'), enrolled)
  useCommand('go.courier', () => go('courier'), enrolled)
  useCommand('go.prints', () => go('prints'), enrolled)
  useCommand('go.refused', () => go('refused'), enrolled)
  useCommand('go.asking', () => go('asking'), enrolled)
  useCommand('go.numbers', () => go('numbers'), enrolled)
  useCommand('go.settings', () => go('settings'), enrolled)
  useCommand('go.parts', () => go('parts'), enrolled)
  useCommand('app.palette', () => openOverlay(overlay === 'palette' ? null : 'palette'), enrolled)
  useCommand('app.search', () => document.querySelector<HTMLInputElement>('[data-search]')?.select(), enrolled)
  useEffect(() => {
    // As it was left; a shell that does not answer shows 100 %.
    void main('app.info', {}).then(
      ({ zoom }) => useZoom.setState({ factor: zoom }),
      () => {},
    )
  }, [])
  useEffect(() => setPedal(settings?.pedalKey ?? ''), [settings?.pedalKey])
  useCommand('app.undo', () => {
    if (!undoLast()) toast({ tone: 'plain', text: () => t('undo.nothing'), ms: 2500 })
  })
  useCommand('app.help', () => openOverlay('help'))
  useCommand('app.syncNow', () => void attempt(() => core('sync.now', {})), enrolled)
  useCommand('app.switchUser', () => openOverlay('signIn'), enrolled)
  useCommand('app.lock', () => void attempt(() => core('desk.lock', {})), enrolled)
  useCommand('app.secondWindow', () => void attempt(secondOpen ? closeSecond : () => openSecond('copy', copy ?? null)), enrolled && !isSecond()) // prettier-ignore
  useCommand('app.whatsNew', () => openOverlay('whatsNew'), enrolled)
  useCommand('app.setUp', () => openOverlay('setUp'), enrolled)
  useCommand('app.practice', () => openOverlay('practice'), enrolled && Boolean(hello?.rehearsal))
  useIdleLock(enrolled ? (settings?.lockMinutes ?? 0) : 0)
  useCommand('app.toggleTheme', () => set({ theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark' }), Boolean(settings)) // prettier-ignore
  useCommand(
    'app.toggleLanguage',
    () => set({ language: settings?.language === 'en' ? 'zh-CN' : 'en' }),
    Boolean(settings),
  )
  useCommand('app.zoomIn', () => nextStep(1))
  useCommand('app.zoomOut', () => nextStep(-1))
  useCommand('app.zoomReset', () => setZoom(1))

  return overlay === 'signIn' ? <SignInDialog onClose={() => openOverlay(null)} /> : null
}
