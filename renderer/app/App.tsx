import { lazy, Suspense, useEffect, useMemo, useRef } from 'react'
import i18next from 'i18next'
import { I18nProvider } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Arrivals } from '../features/intake/Arrivals.tsx'
import { useBulk } from '../features/request/bulk.ts'
import { useAsk } from '../features/request/dialogs.ts'
import { CoreTrouble } from '../features/welcome/CoreTrouble.tsx'
import { LockScreen } from '../features/welcome/LockScreen.tsx'
import { PracticeStrip } from '../features/practice/PracticeStrip.tsx'
import { SignInNote } from '../features/welcome/SignInNote.tsx'
import { UpdateNote } from '../features/update/UpdateNote.tsx'
import { main } from '../host.ts'
import { AppCommands } from './AppCommands.tsx'
import { useChosenKeys } from './commands.ts'
import { Bar } from './Bar.tsx'
import { Foot } from './Foot.tsx'
import { useHello, useMedia } from './hooks.ts'
import { setLanguage } from './i18n.ts'
import { applyLook, WISH } from './look.ts'
import { wedge } from './keymap.ts'
import { Mishap } from './Mishap.tsx'
import { Nav } from './Nav.tsx'
import { PlaceComing } from './PlaceComing.tsx'
import { openCode } from './openCode.ts'
import { placeNow, readPlacesSoon, useSoon } from './places.ts'
import { useRoute } from './routes.ts'
import { useScan } from './scan.ts'
import { enableSounds } from './sound.ts'
import { Toasts } from './Toasts.tsx'
import { toast } from './toasts.ts'
import { useOverlay } from './windows.ts'

const Overlays = lazy(() => import('./Overlays.tsx'))
const Welcome = lazy(() => import('../features/welcome/Welcome.tsx'))

/** A page drawn anew after longer than this was closed and opened since, ms. */
const JUST_LOST_MS = 30_000

/** The whole window. */
export function App() {
  const { i18n } = useTranslation()
  const { data: hello, error } = useHello()
  const dark = useMedia(WISH.dark)
  const strong = useMedia(WISH.strong)
  const still = useMedia(WISH.still)
  const place = useRoute((route) => route.place)
  const settings = hello?.settings

  // A core that does not open has no settings to tell: the shell remembers the language, and the theme by the system's.
  const told = useRef(false)
  useEffect(() => {
    void main('app.info', {})
      .then(({ locale, pageLostAt }) => {
        if (!told.current) setLanguage(locale.toLowerCase().startsWith('en') ? 'en' : 'zh-CN')
        const justLost = pageLostAt !== null && Date.now() - pageLostAt < JUST_LOST_MS
        if (justLost) toast({ tone: 'plain', text: () => i18next.t('mishap.drawnAnew'), ms: 12_000 })
      })
      .catch(() => {})
  }, [])
  useEffect(() => {
    applyLook(settings, { dark, strong, still })
    if (!settings) return
    told.current = true
    wedge.maxGapMs = settings.wedgeMaxGapMs
    enableSounds(settings.sounds)
    useChosenKeys.setState({ keys: settings.shortcuts })
  }, [settings, dark, strong, still])
  const ready = settings !== undefined
  useEffect(() => (ready ? readPlacesSoon() : undefined), [ready])
  const late = useOverlaysWanted()
  const theme = settings?.theme
  useEffect(() => {
    // The system's own parts (dialogs, title bar) follow; where they cannot, the page is right all the same.
    if (theme) void main('view.theme', { theme }).catch(() => {})
  }, [theme])
  useScan((text) => void openCode(text), !hello?.locked)
  const language = settings?.language
  useEffect(() => {
    // Only the engine's own date fields wait for the next start.
    if (language) void main('view.language', { language }).catch(() => {})
  }, [language])

  const locked = Boolean(hello?.locked)
  const here = useMemo(() => placeNow(place), [place])
  if (locked)
    return (
      <I18nProvider locale={i18n.language === 'en' ? 'en-GB' : 'zh-CN'}>
        <LockScreen />
        <CoreTrouble error={null} />
      </I18nProvider>
    )
  return (
    <I18nProvider locale={i18n.language === 'en' ? 'en-GB' : 'zh-CN'}>
      {hello && !hello.desk ? (
        <Suspense>
          <Welcome hello={hello} />
        </Suspense>
      ) : (
        <div className="grid h-screen grid-cols-[auto_minmax(0,1fr)] grid-rows-[48px_minmax(0,1fr)_26px] overflow-hidden">
          <Bar hello={hello} />
          <Nav />
          <main className="grid min-h-0 min-w-0 grid-rows-[auto_minmax(0,1fr)] overflow-hidden">
            <div className="min-w-0">{hello?.rehearsal && <PracticeStrip />}</div>
            <Mishap key={place} within>
              <Suspense fallback={<PlaceComing />}>{hello && here}</Suspense>
            </Mishap>
          </main>
          <Foot version={hello?.version ?? ''} />
        </div>
      )}
      <CoreTrouble error={hello ? null : error} />
      <AppCommands hello={hello} />
      <Arrivals enrolled={Boolean(hello?.desk)} />
      {hello?.desk && <UpdateNote />}
      {hello?.me && <SignInNote />}
      <Suspense>{late && <Overlays />}</Suspense>
      <Toasts />
    </I18nProvider>
  )
}

/** The overlays are there once the first screen stands, and at once when one of them is asked for. */
function useOverlaysWanted(): boolean {
  const soon = useSoon((state) => state.over)
  const overlay = useOverlay((state) => state.open !== null)
  const asked = useAsk((state) => state.open !== null)
  const bulk = useBulk((state) => state.outcome !== null || state.progress !== null)
  return soon || overlay || asked || bulk
}
