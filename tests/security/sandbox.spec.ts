/** The window is what it claims to be: proved in the real window, as an ordinary user, with the sandbox on. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { childPids } from '../desk/support/core-process.ts'
import { type LaunchedDesk, launchDesk } from '../desk/support/launch.ts'

let desk: LaunchedDesk
test.beforeAll(async () => {
  desk = await launchDesk()
})
test.afterAll(() => desk?.close())

test('the renderer process is confined by the system: own namespaces, a system call filter, no way to more rights', async () => {
  test.skip(process.platform !== 'linux', 'read out of /proc')
  const main = desk.app.process().pid ?? 0
  const renderer = await desk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  )
  const status = (pid: number) => readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (pid: number, name: string) => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status(pid))?.[1]

  expect(renderer).toBeGreaterThan(0)
  expect(field(renderer!, 'Seccomp')).toBe('2')
  expect(field(renderer!, 'NoNewPrivs')).toBe('1')
  expect(field(main, 'Uid')).not.toBe('0')
  // Inside the sandbox the process counts itself in a namespace of its own.
  expect(/^NSpid:.*$/m.exec(status(renderer!))?.[0].split(/\s+/).length).toBeGreaterThan(2)
  for (const pid of [main, ...childPids(main)]) {
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain('--no-sandbox')
  }
})

test('the page has nothing of Node or Electron', async () => {
  const seen = await desk.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer', 'setImmediate'].filter(
      (name) => name in globalThis,
    ),
  )
  expect(seen).toEqual([])
})

test('the bridge offers four functions and none takes a channel name', async () => {
  const bridge = await desk.page.evaluate(() =>
    Object.keys((globalThis as unknown as { desk: object }).desk).toSorted(),
  )
  expect(bridge).toEqual(['askMain', 'connectCore', 'onMain', 'takeFiles'])
})

test('the window is made with isolation and without Node', async () => {
  const preferences = await desk.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): object }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  })
})
