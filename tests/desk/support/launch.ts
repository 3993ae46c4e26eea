/**
 * Opens the real window for a test, the demo or a measurement.
 *
 *   const desk = await launchDesk({ data })            // rehearsal: own centre, scanner and printer
 *   const desk = await launchDesk({ data, centre: 'http://127.0.0.1:4711' })   // a centre the test runs
 *   await desk.page.getByRole(...)                     // Playwright
 *   await desk.killCore()                              // SIGKILL; main starts core again
 *   await desk.close()
 *
 * The sandbox is on: where the runner is root, the app runs as an ordinary user, `data` becomes that user's, and there is
 * a virtual screen where there is none. Compiles what changed first. In `data` left out, a fresh folder is made and
 * removed by `close`. BALIS_DESK_PACKAGED names the program of an installed package to drive instead of the compiled tree,
 * BALIS_DESK_ROOT the root of another Debian in which that path lies.
 */
import { type ElectronApplication, _electron, expect, type Page } from '@playwright/test'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { compile } from '../../../build/compile/index.mjs'
import { hasDisplay, startVirtualDisplay } from '../../../build/launch/display.mjs'
import { electronBinary, electronEnvironment, readFolders } from '../../../build/launch/electron.mjs'
import { inOtherRoot } from '../../../build/launch/other-root.mjs'
import { asOrdinaryUser, giveToOrdinaryUser } from '../../../build/launch/ordinary-user.mjs'
import { root } from '../../../build/setup/places.mjs'
import { appInfo, corePid } from './core-process.ts'

export interface LaunchOptions {
  /** The data folder; its owner becomes the ordinary user. */
  readonly data?: string
  /** The person's home, kept; a fresh one that goes with the desk where absent. */
  readonly home?: string
  /** A centre that runs elsewhere; without it the app starts its own and rehearses. */
  readonly centre?: string
  /** Own scanner and printer also with `centre`. */
  readonly rehearsal?: boolean
  /** zh-CN unless said otherwise, whatever the machine speaks. */
  readonly language?: 'zh-CN' | 'en'
  readonly args?: readonly string[]
  /** Another app's folder instead of the desk's: what a measurement compares with. */
  readonly app?: string
  readonly env?: Readonly<Record<string, string>>
  /** Other folders that the app must read, such as pages for a scanner. */
  readonly reads?: readonly string[]
}

export interface LaunchedDesk {
  readonly app: ElectronApplication
  readonly page: Page
  readonly data: string
  /** Everything the app printed so far. */
  output(): string
  /** Kills core with SIGKILL. @returns the pid it had */
  killCore(): Promise<number>
  /** Waits until another core than that one runs; what is pressed from now on it hears. */
  coreAfter(killed: number): Promise<void>
  /** The pid of the running core. @throws when there is none */
  corePid(): Promise<number>
  /** A PNG of the window's page. */
  screenshot(path: string): Promise<void>
  /** Ends the app as a person would, and removes what was made for it. */
  close(): Promise<void>
}

const CLOSE_MS = 20_000
const CORE_MS = 60_000

let display: Promise<{ env: Record<string, string> }> | undefined
let launcher: string | undefined

export async function launchDesk(options: LaunchOptions = {}): Promise<LaunchedDesk> {
  const packaged = process.env.BALIS_DESK_PACKAGED
  // Tasks compile once, before anything is measured.
  if (!packaged && !process.env.BALIS_DESK_COMPILED) await compile()
  if (!hasDisplay()) display ??= startVirtualDisplay()
  const screen = await display

  const home = mkdtempSync(join(tmpdir(), 'balis-window-'))
  const data = options.data ?? join(home, 'data')
  mkdirSync(data, { recursive: true })
  giveToOrdinaryUser(home)
  giveToOrdinaryUser(data)
  const args = ['--data', data, '--language', options.language ?? 'zh-CN']
  if (!packaged) args.unshift(options.app ?? root)
  if (options.centre) args.push('--centre', options.centre)
  if (options.rehearsal) args.push('--rehearsal')
  args.push(...(options.args ?? []))

  const executable = makeLauncher(packaged ?? electronBinary(), [data, home, ...(options.reads ?? [])])
  const env = electronEnvironment(options.home ?? home, { ...screen?.env, ...options.env }) as Record<string, string>
  // An app that is packed is started as it is; an Electron that is given an app is Playwright's own to find.
  const what = packaged ? { executablePath: executable } : {}
  const app = await _electron.launch({ ...what, args, env, cwd: root, chromiumSandbox: true, timeout: 60_000 })
  let said = ''
  const collect = (chunk: Buffer) => void (said = (said + chunk.toString()).slice(-200_000))
  app.process().stdout?.on('data', collect)
  app.process().stderr?.on('data', collect)
  const page = await app.firstWindow()
  await page.waitForLoadState('domcontentloaded')

  return {
    app,
    page,
    data,
    output: () => said,
    corePid: () => corePid(app),
    async killCore() {
      const pid = await corePid(app)
      process.kill(pid, 'SIGKILL')
      return pid
    },
    async coreAfter(killed) {
      await expect.poll(() => corePid(app).catch(() => killed), { timeout: CORE_MS }).not.toBe(killed)
      await expect.poll(() => appInfo(page), { timeout: CORE_MS }).toMatchObject({ core: 'running' })
    },
    screenshot: async (path) => void (await page.screenshot({ path })),
    async close() {
      // An app that does not end is a failed test, not a hung run.
      const patience = setTimeout(() => app.process().kill('SIGKILL'), CLOSE_MS)
      await app.close()
      clearTimeout(patience)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/**
 * A small script in the program's place becomes the ordinary user first. Playwright looks for `electron` in a folder named
 * in the environment, and asks for it once.
 */
function makeLauncher(program: string, reads: readonly string[]): string {
  launcher ??= mkdtempSync(join(tmpdir(), 'balis-launcher-'))
  process.env.ELECTRON_OVERRIDE_DIST_PATH = launcher
  const other = process.env.BALIS_DESK_ROOT
  const [command, args] = other
    ? inOtherRoot(other, program, [...reads])
    : asOrdinaryUser(program, [], [...readFolders(), dirname(program), ...reads])
  const line = [command, ...args].map((part: string) => `'${part.replaceAll("'", `'\\''`)}'`).join(' ')
  const script = join(launcher, 'electron')
  writeFileSync(script, `#!/bin/sh\nexec ${line} "$@"\n`)
  chmodSync(script, 0o755)
  return script
}

process.once('exit', () => {
  if (launcher) rmSync(launcher, { recursive: true, force: true })
})
