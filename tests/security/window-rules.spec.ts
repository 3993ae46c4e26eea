/** One window, one page, one sender. */
import { expect, test } from '@playwright/test'
import { type LaunchedDesk, launchDesk } from '../desk/support/launch.ts'

let desk: LaunchedDesk
test.beforeAll(async () => {
  desk = await launchDesk()
})
test.afterAll(() => desk?.close())

const windows = () => desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

test('window.open opens nothing', async () => {
  expect(await desk.page.evaluate(() => window.open('https://example.org/') === null)).toBe(true)
  expect(await desk.page.evaluate(() => window.open('app://desk/') === null)).toBe(true)
  expect(await windows()).toBe(1)
})

for (const address of ['https://example.org/', 'file:///etc/passwd', 'data:text/html,<h1>x</h1>', 'app://other/']) {
  test(`the page cannot be led to ${address}`, async () => {
    await desk.page.evaluate((to) => {
      const link = document.createElement('a')
      link.href = to
      document.body.append(link)
      link.click()
      link.remove()
    }, address)
    // A refused navigation leaves no trace to wait for; a round trip through both processes comes after it.
    await desk.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))
    expect(desk.page.url()).toMatch(/^app:\/\/desk\//)
  })
}

for (const permission of ['notifications', 'geolocation', 'camera', 'microphone', 'clipboard-read']) {
  test(`the permission ${permission} is denied`, async () => {
    const state = await desk.page.evaluate(
      async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      permission,
    )
    expect(state).toBe('denied')
  })
}

for (const path of [
  '../main.cjs',
  '..%2fmain.cjs',
  '%2e%2e/main.cjs',
  'blob/..%2f..%2fshell.json',
  'blob/%2fetc%2fpasswd',
  'blob/none',
  // Of a kind that is served, and really there: beside the page's folder, and the root of the tree.
  ...[1, 2, 3, 4].flatMap((up) => [
    `${'..%2f'.repeat(up)}package.json`,
    `${'..%5c'.repeat(up)}package.json`,
    `${'%252e%252e%252f'.repeat(up)}package.json`,
    `assets/${'..%2f'.repeat(up + 1)}package.json`,
  ]),
  '/etc/hosts.json',
  'index.html%00.png',
  '%c0%ae%c0%ae%2fpackage.json',
  '%',
]) {
  test(`app://desk/${path} gives nothing`, async () => {
    const status = await desk.page.evaluate((to) => fetch(`app://desk/${to}`).then((response) => response.status), path)
    expect(status).toBe(404)
  })
}

test('no other address is read by the page: neither a file nor another name of the scheme', async () => {
  const said = await desk.page.evaluate(() =>
    Promise.all(
      ['file:///etc/passwd', 'app://desk.evil/', 'app://other/index.html'].map((to) =>
        fetch(to).then(
          ({ status }) => status,
          () => 'refused',
        ),
      ),
    ),
  )
  for (const answer of said) expect([404, 'refused']).toContain(answer)
})

test('asked for in earnest, microphone, place and notifications are refused, the camera too where no hand-off is shown', async () => {
  const said = await desk.page.evaluate(async () => {
    const media = (wish: MediaStreamConstraints) =>
      navigator.mediaDevices.getUserMedia(wish).then(
        () => 'given',
        (error: unknown) => (error as DOMException).name,
      )
    return [
      await media({ video: true }),
      await media({ audio: true }),
      await Notification.requestPermission(),
      await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          ({ code }) => resolve(code),
        ),
      ),
    ]
  })
  // A machine without a camera has none to give, before anybody is asked.
  for (const answer of said.slice(0, 2)) expect(['NotAllowedError', 'NotFoundError']).toContain(answer)
  expect(said.slice(2)).toEqual(['denied', 1])
})

test('app://desk answers only to reading', async () => {
  const status = await desk.page.evaluate(() =>
    fetch('app://desk/', { method: 'POST' }).then((response) => response.status),
  )
  expect(status).toBe(404)
})

test('junk over the bridge gets an error code, and the app lives on', async () => {
  const codes = await desk.page.evaluate(async () => {
    const { askMain } = (
      globalThis as unknown as { desk: { askMain(message: unknown): Promise<{ reply: { code: string } }> } }
    ).desk
    const call = { protocol: 1, kind: 'call', id: 1 }
    const messages = [
      null,
      'app.relaunch',
      { ...call, method: 'constructor', params: {} },
      { ...call, method: 'desk:connect-core', params: {} },
      { ...call, method: 'view.zoom', params: { factor: 1e9 } },
      { ...call, method: 'files.save', params: { blob: '../../shell.json', name: 'x', path: '/etc/passwd' } },
    ]
    return Promise.all(messages.map(async (message) => (await askMain(message)).reply.code))
  })
  expect(codes).toEqual(['bad_call', 'bad_call', 'unknown_method', 'unknown_method', 'bad_call', 'bad_call'])
  expect(await windows()).toBe(1)
})

test('ipc from another sender than our page is refused', async () => {
  const answer = await desk.app.evaluate(async ({ BrowserWindow, app }) => {
    const preload = `${app.getAppPath()}/out/app/preload.cjs`
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await stranger.loadURL('app://desk/')
    const said = await stranger.webContents.executeJavaScript(
      `desk.askMain({protocol: 1, kind: 'call', id: 1, method: 'app.info', params: {}}).then(() => 'answered', () => 'refused')`,
    )
    stranger.destroy()
    return said as string
  })
  expect(answer).toBe('refused')
})

test('a second start with the same data folder ends at once', async () => {
  await expect(launchDesk({ data: desk.data })).rejects.toThrow()
  expect(await windows()).toBe(1)
})
