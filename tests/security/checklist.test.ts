/** Electron's checklist: every point has its test, and what must not be in the sources is not there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { CHECKLIST } from './checklist.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sourcesBelow = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|mjs|html)$/.test(entry.name))
    .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), 'utf8') }))
const shell = [...sourcesBelow('electron/main'), ...sourcesBelow('electron/preload')]
const everything = [
  ...shell,
  ...sourcesBelow('electron/core'),
  ...sourcesBelow('renderer'),
  ...sourcesBelow('build/launch'),
]

test('each of the 18 points is held by a test that exists', () => {
  expect(CHECKLIST.map(({ point }) => Number(point.split(' ')[0]))).toEqual(Array.from({ length: 18 }, (_, n) => n + 1))
  for (const {
    point,
    test: [file, name],
  } of CHECKLIST) {
    const text = readFileSync(join(root, 'tests', 'security', file), 'utf8')
    const names = [...text.matchAll(/\btest\(\s*[`']([^`']*)/g)].map((match) => match[1] ?? '')
    expect(
      names.some((one) => one.startsWith(name) || one.replace(/\$\{.*$/, '').startsWith(name)),
      point,
    ).toBe(true)
  }
})

test('nothing that the checklist forbids stands in the sources', () => {
  const forbidden: [what: string, pattern: RegExp][] = [
    ['the sandbox left out', /--no-sandbox|sandbox:\s*false|disable-setuid-sandbox/],
    ['Node in a page', /nodeIntegration\w*:\s*true|contextIsolation:\s*false/],
    ['web security off', /webSecurity:\s*false|allowRunningInsecureContent:\s*true|disable-web-security/],
    ['experimental features', /experimentalFeatures:\s*true/],
    ['Blink features', /enableBlinkFeatures|enable-blink-features/],
    ['webviews and popups', /<webview|allowpopups|webviewTag:\s*true/],
    ['addresses opened outside', /openExternal\(/],
    ['certificate errors passed over', /ignore-certificate-errors|setCertificateVerifyProc|certificate-error/],
    ['the remote module', /@electron\/remote|enableRemoteModule/],
  ]
  // A comment may name what is not done.
  const code = everything.map(({ name, text }) => ({ name, text: text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '') }))
  for (const [what, pattern] of forbidden)
    expect(
      code.filter(({ text }) => pattern.test(text)).map(({ name }) => name),
      what,
    ).toEqual([])
})

test('every web contents refuses webviews, windows and navigation from the moment it is made', () => {
  const navigation = shell.find(({ name }) => name === 'navigation.ts')!.text
  expect(navigation).toContain(`app.on('web-contents-created'`)
  for (const rule of [
    'will-attach-webview',
    'setWindowOpenHandler',
    'will-navigate',
    'will-frame-navigate',
    'will-redirect',
  ])
    expect(navigation).toContain(rule)
  expect(readFileSync(join(root, 'electron', 'main', 'index.ts'), 'utf8')).toMatch(/denyNavigation\(\)[\s\S]*whenReady/)
})

test('the shell alone talks to windows: one place makes them, one takes their messages', () => {
  const using = (pattern: RegExp) => shell.filter(({ text }) => pattern.test(text)).map(({ name }) => name)
  expect(using(/new BrowserWindow\(/)).toEqual(['windows.ts'])
  expect(using(/\bipcMain\b/)).toEqual(['ipc-guard.ts'])
  expect(using(/exposeInMainWorld/)).toEqual(['index.ts'])
})

test('developer tools are of no release', () => {
  expect(shell.find(({ name }) => name === 'windows.ts')!.text).toMatch(/devTools:\s*!app\.isPackaged/)
})

test('a release is made with a supported Electron', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  // Three majors are supported at a time; what stands in the lockfile is what a release is packaged with.
  expect(Number(devDependencies['electron']!.split('.')[0])).toBeGreaterThanOrEqual(45)
})
