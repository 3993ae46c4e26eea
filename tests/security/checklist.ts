/**
 * Electron's security checklist (electronjs.org/docs/latest/tutorial/security), point by point, and the test that holds the
 * desk to it. `window`: in the real window, run as an ordinary user with the sandbox on. `source`: by reading the sources,
 * where the thing must simply not be there. `release`: only a release built with the official Electron can show it.
 */
export interface Point {
  point: string
  how: 'window' | 'source' | 'release'
  /** File below tests/security, and the beginning of the test's name. */
  test: readonly [file: string, name: string]
}

export const CHECKLIST: readonly Point[] = [
  { point: '1 only load secure content', how: 'window', test: ['content-policy.spec.ts', 'the page has no network'] },
  { point: '2 no Node integration', how: 'window', test: ['sandbox.spec.ts', 'the page has nothing of Node'] },
  { point: '3 context isolation', how: 'window', test: ['sandbox.spec.ts', 'the window is made with isolation'] },
  { point: '4 process sandboxing', how: 'window', test: ['sandbox.spec.ts', 'the renderer process is confined'] },
  { point: '5 permission requests are handled', how: 'window', test: ['window-rules.spec.ts', 'the permission '] },
  { point: '6 webSecurity stays on', how: 'window', test: ['sandbox.spec.ts', 'the window is made with isolation'] },
  { point: '7 content security policy', how: 'window', test: ['content-policy.spec.ts', 'an injected script element'] },
  { point: '8 no insecure content', how: 'window', test: ['sandbox.spec.ts', 'the window is made with isolation'] },
  {
    point: '9 no experimental features',
    how: 'source',
    test: ['checklist.test.ts', 'nothing that the checklist forbids'],
  },
  { point: '10 no Blink features', how: 'source', test: ['checklist.test.ts', 'nothing that the checklist forbids'] },
  {
    point: '11 no popups for webviews',
    how: 'source',
    test: ['checklist.test.ts', 'nothing that the checklist forbids'],
  },
  { point: '12 webviews are refused', how: 'source', test: ['checklist.test.ts', 'every web contents refuses'] },
  { point: '13 navigation is limited', how: 'window', test: ['window-rules.spec.ts', 'the page cannot be led to'] },
  { point: '14 no new windows', how: 'window', test: ['window-rules.spec.ts', 'window.open opens nothing'] },
  { point: '15 no openExternal', how: 'source', test: ['checklist.test.ts', 'nothing that the checklist forbids'] },
  { point: '16 a current Electron', how: 'release', test: ['checklist.test.ts', 'a release is made with'] },
  {
    point: '17 senders of messages are checked',
    how: 'window',
    test: ['window-rules.spec.ts', 'ipc from another sender'],
  },
  { point: '18 own scheme instead of file://', how: 'window', test: ['window-rules.spec.ts', 'app://desk/'] },
]
