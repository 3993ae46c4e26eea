/** The app's window, and the hidden one that slips are printed through. */
import { app, BrowserWindow, nativeTheme, screen, session } from 'electron'
import { join } from 'node:path'
import { APP_ORIGIN, SHELL_FOLDER } from './places.ts'
import type { ShellStore } from './shell-state.ts'

const SIZE = { width: 1366, height: 768 }
const LEAST = { minWidth: 1180, minHeight: 640 }
/** Paper, by day and by night: what is seen before the page draws. */
const PAPER = { light: '#faf8f4', dark: '#1b1a18' }
const REMEMBER_MS = 400

let window: BrowserWindow | undefined

/** Opens the window, or brings it forward. */
export function showWindow(shell?: ShellStore): void {
  if (!window && shell) window = createWindow(shell)
  else if (window) {
    if (window.isMinimized()) window.restore()
    window.focus()
  }
}

/** The window, while there is one. */
export function currentWindow(): BrowserWindow | undefined {
  return window
}

function createWindow(shell: ShellStore): BrowserWindow {
  const { bounds, maximised, zoom, theme } = shell.get()
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
  created.on('closed', () => (window = undefined))
  rememberSize(created, shell)
  reloadWhenLost(created)
  void created.loadURL(`${APP_ORIGIN}/`)
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

function rememberSize(created: BrowserWindow, shell: ShellStore): void {
  let timer: NodeJS.Timeout | undefined
  const remember = () => {
    clearTimeout(timer)
    timer = setTimeout(save, REMEMBER_MS)
  }
  const save = () => {
    clearTimeout(timer)
    if (!created.isDestroyed()) shell.set({ bounds: created.getNormalBounds(), maximised: created.isMaximized() })
  }
  created.on('resize', remember)
  created.on('move', remember)
  created.on('close', save)
}

/** A page that crashed is loaded again; core and its data are not touched by it. */
function reloadWhenLost(created: BrowserWindow): void {
  created.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || created.isDestroyed()) return
    console.error(`the page ended: ${reason}`)
    created.webContents.reload()
  })
}
