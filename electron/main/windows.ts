/** The app's windows: the first, and a second on another screen; and the hidden one that slips are printed through. */
import { app, BrowserWindow, nativeTheme, screen, session, type WebContents } from 'electron'
import { join } from 'node:path'
import { CHANNEL } from '../contract/channels.ts'
import { MAIN_PROTOCOL, type MainEvent } from '../contract/main.contract.ts'
import type { EventMessage } from '../contract/rpc.ts'
import { APP_ORIGIN, SHELL_FOLDER } from './places.ts'
import type { ShellStore } from './shell-state.ts'

const SIZE = { width: 1366, height: 768 }
const LEAST = { minWidth: 1180, minHeight: 640 }
/** Paper, by day and by night: what is seen before the page draws. */
const PAPER = { light: '#f5f4f0', dark: '#16171a' }
const REMEMBER_MS = 400

/** Where a window is, in words of the page. */
interface Spot {
  readonly place: string
  readonly open: string | null
}
/** A window's place on the screen, kept between starts. */
interface Frame {
  read(): { bounds?: Electron.Rectangle | undefined; maximised: boolean }
  write(frame: { bounds: Electron.Rectangle; maximised: boolean }): void
}

let first: BrowserWindow | undefined
let second: BrowserWindow | undefined
let ending = false
app.on('before-quit', () => (ending = true))

/** Opens the window (and the second, where it was left open), or brings it forward. */
export function showWindow(shell?: ShellStore): void {
  if (first) return comeForward(first)
  if (!shell) return
  const opened = createWindow(shell, '', {
    read: () => shell.get(),
    write: (frame) => shell.set(frame),
  })
  first = opened
  opened.on('closed', () => {
    first = undefined
    // The second belongs to it.
    app.quit()
  })
  if (shell.get().second.open) opened.once('show', () => showSecond(shell, { place: 'copy', open: null }))
}

/** Opens the second window at a place of the page, or takes it there and brings it forward. */
export function showSecond(shell: ShellStore, at: Spot): void {
  if (second) {
    tellPage(second, { topic: 'go', ...at })
    return comeForward(second)
  }
  const change = (to: Partial<ReturnType<ShellStore['get']>['second']>) =>
    shell.set({ second: { ...shell.get().second, ...to } })
  const opened = createWindow(shell, `#second/${at.place}/${at.open ?? ''}`, {
    read: () => ({ ...shell.get().second, bounds: shell.get().second.bounds ?? otherScreen() }),
    write: (frame) => change(frame),
  })
  second = opened
  change({ open: true })
  if (first) tellPage(first, { topic: 'second', open: true })
  opened.on('closed', () => {
    second = undefined
    if (ending || !first) return
    change({ open: false })
    tellPage(first, { topic: 'second', open: false })
  })
}

export function closeSecond(): void {
  second?.close()
}

export const isSecondOpen = (): boolean => second !== undefined

/** The windows there are, the first first. */
export function allWindows(): BrowserWindow[] {
  return [first, second].filter((window) => window !== undefined)
}

/** Our window that shows these contents. */
export function windowOf(contents: WebContents): BrowserWindow | undefined {
  return allWindows().find(({ webContents }) => webContents === contents)
}

export function tellPage({ webContents }: BrowserWindow, event: MainEvent): void {
  const message: EventMessage = { protocol: MAIN_PROTOCOL, kind: 'event', event }
  webContents.send(CHANNEL.event, message)
}

function comeForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.focus()
}

/** The middle of a screen that the first window is not on. */
function otherScreen(): Electron.Rectangle | undefined {
  const mine = first && screen.getDisplayMatching(first.getBounds()).id
  const other = screen.getAllDisplays().find(({ id }) => id !== mine)?.workArea
  if (!other) return undefined
  const width = Math.min(SIZE.width, other.width)
  const height = Math.min(SIZE.height, other.height)
  const middle = { x: other.x + (other.width - width) / 2, y: other.y + (other.height - height) / 2 }
  return { x: Math.round(middle.x), y: Math.round(middle.y), width, height }
}

/** @param spot the address's last part: what the page shows first */
function createWindow(shell: ShellStore, spot: string, frame: Frame): BrowserWindow {
  const { zoom, theme } = shell.get()
  const { bounds, maximised } = frame.read()
  nativeTheme.themeSource = theme
  const created = new BrowserWindow({
    ...SIZE,
    ...(bounds && isOnScreen(bounds) ? bounds : {}),
    ...LEAST,
    show: false,
    title: 'BALIS Desk',
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
    webPreferences: {
      preload: join(SHELL_FOLDER, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
      spellcheck: false,
      zoomFactor: zoom,
    },
  })
  if (maximised) created.maximize()
  created.once('ready-to-show', () => created.show())
  rememberSize(created, frame)
  reloadWhenLost(created)
  void created.loadURL(`${APP_ORIGIN}/${spot}`)
  return created
}

/** Nobody sees it, and it can do nothing but draw the file it is given: no script, no network, nothing kept. */
export function createPagesWindow(): BrowserWindow {
  const pages = session.fromPartition('print-pages')
  pages.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !/^(file|data):/.test(url) }))
  return new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      session: pages,
    },
  })
}

function isOnScreen(bounds: Electron.Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds)
  return (
    bounds.x < workArea.x + workArea.width - 100 &&
    bounds.x + bounds.width > workArea.x + 100 &&
    bounds.y < workArea.y + workArea.height - 40 &&
    bounds.y >= workArea.y - 40
  )
}

function rememberSize(created: BrowserWindow, frame: Frame): void {
  let timer: NodeJS.Timeout | undefined
  const remember = () => {
    clearTimeout(timer)
    timer = setTimeout(save, REMEMBER_MS)
  }
  const save = () => {
    clearTimeout(timer)
    if (!created.isDestroyed()) frame.write({ bounds: created.getNormalBounds(), maximised: created.isMaximized() })
  }
  created.on('resize', remember)
  created.on('move', remember)
  created.on('close', save)
}

const lostAt = new WeakMap<BrowserWindow, number>()
/** When the window's page ended by itself, ms UTC; null when it did not. */
export const pageLostAt = (window: BrowserWindow): number | null => lostAt.get(window) ?? null

/** A page that crashed is loaded again, and says so; core and its data are not touched by it. */
function reloadWhenLost(created: BrowserWindow): void {
  created.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || created.isDestroyed()) return
    console.error(`the page ended: ${reason}`)
    lostAt.set(created, Date.now())
    created.webContents.reload()
  })
}
