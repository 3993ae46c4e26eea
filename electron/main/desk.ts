/** What the shell is made of, put together. */
import { join } from 'node:path'
import { app, powerMonitor } from 'electron'
import { CHANNEL } from '../contract/channels.ts'
import type { BlobPlace } from '../contract/host-link.ts'
import { type CentreHost, createCentreHost, freePort } from './centre-host.ts'
import { type CoreHost, createCoreHost } from './core-host.ts'
import { createGrantedFiles, type GrantedFiles } from './granted-files.ts'
import type { LaunchOptions } from './launch-options.ts'
import type { DataFolder } from './modules/data-folder.ts'
import type { ShellPolicy } from './modules/machine-settings.ts'
import { openShellState, type ShellStore } from './shell-state.ts'
import { packageKind } from './places.ts'
import type { StartGuard } from './start-guard.ts'
import { allWindows, tellPage } from './windows.ts'

export interface Desk {
  /** Where core keeps database and blobs. */
  readonly dataDir: string
  readonly rehearsal: boolean
  /** The administrator has decided whether this desk rehearses. */
  readonly rehearsalFixed: boolean
  readonly language: string
  readonly shell: ShellStore
  readonly core: CoreHost
  readonly files: GrantedFiles
  /** The page asks something: its script runs. */
  pageRuns(): void
  /** Starts core and what it needs; before Electron is ready, so that both get ready at once. */
  start(): void
  blob(id: string): Promise<BlobPlace | null>
}

export function createDesk(
  { path: dataDir, usable }: DataFolder,
  options: LaunchOptions,
  guard: StartGuard,
  policy: ShellPolicy,
): Desk {
  const shell = openShellState(usable ? dataDir : app.getPath('userData'))
  const rehearsal = options.rehearsal ?? policy.rehearsal ?? shell.get().rehearsal
  const language = options.language ?? app.getPreferredSystemLanguages()[0] ?? 'zh-CN'
  // Before the engine is ready: its own date fields speak this.
  app.commandLine.appendSwitch('lang', shell.get().language ?? (/^en/i.test(language) ? 'en-GB' : 'zh-CN'))
  // What is played must never mix with what is real.
  const coreFolder = rehearsal && !options.centreUrl ? join(dataDir, 'rehearsal') : dataDir
  const kind = packageKind()
  let centre: CentreHost | undefined

  const core = createCoreHost({
    init: () => {
      const centreUrl = options.centreUrl ?? centre?.url
      return {
        dataDir: coreFolder,
        ...(coreFolder === dataDir ? {} : { within: dataDir }),
        rehearsal,
        locale: language,
        machineFile: policy.machineFile,
        ...(centreUrl ? { centreUrl } : {}),
        ...(kind ? { packageKind: kind } : {}),
        ...(guard.goneBackFrom ? { goneBackFrom: guard.goneBackFrom } : {}),
      }
    },
    onState(state, refusal) {
      if (state === 'failed' && !refusal) guard.failed()
      for (const window of allWindows()) tellPage(window, { topic: 'core', state, refusal })
      noteWhenUp()
    },
    onStartAgain: joinAgain,
  })
  const files = createGrantedFiles((file) => core.notify({ topic: 'file', file }), join(coreFolder, 'pasted'))

  let pageIsThere = false
  const noteWhenUp = () => {
    if (pageIsThere && core.state === 'running') guard.up()
  }

  /** A core that was started again knows nothing of windows and files. */
  function joinAgain(): void {
    for (const file of files.all()) core.notify({ topic: 'file', file })
    for (const { webContents } of allWindows()) webContents.postMessage(CHANNEL.corePort, null, [core.openPort()])
  }

  async function startCentre(): Promise<void> {
    if (!rehearsal || options.centreUrl || !usable) return
    const port = await freePort(shell.get().centrePort)
    shell.set({ centrePort: port })
    centre = createCentreHost({ dataDir, port, onListening: (url) => core.notify({ topic: 'centre', url }) })
    centre.start()
  }

  return {
    dataDir: coreFolder,
    rehearsal,
    rehearsalFixed: policy.rehearsal !== undefined,
    language,
    shell,
    core,
    files,
    blob: (id) => core.blob(id),
    pageRuns() {
      pageIsThere = true
      guard.pageRuns()
      noteWhenUp()
    },
    start() {
      void startCentre().then(() => core.start())
      void app.whenReady().then(() => powerMonitor.on('resume', () => core.notify({ topic: 'awake' })))
      endInOrder(core, () => {
        centre?.end()
        if (core.state !== 'failed') guard.endedInOrder()
      })
    },
  }
}

/** Core closes its database before the app is gone. */
function endInOrder(core: CoreHost, after: () => void): void {
  let ended = false
  app.on('before-quit', () => allWindows().forEach((window) => window.hide()))
  app.on('will-quit', (event) => {
    if (ended) return
    event.preventDefault()
    void core.end().finally(() => {
      ended = true
      after()
      // Not within this event: Electron takes no second wish to quit while it asks about the first.
      setImmediate(() => app.quit())
    })
  })
}
