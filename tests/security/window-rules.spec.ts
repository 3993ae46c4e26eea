/** One window, one page, one sender. */
import { expect, test } from '@playwright/test'
import { type LaunchedDesk, launchDesk } from '../desk/support/launch.ts'
import { go } from '../desk/support/staff.ts'

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

test('a database that opens is put back by nobody from the page', async () => {
  await expect(desk.page.locator('[id^="row-HG"]').first()).toBeVisible({ timeout: 60_000 })
  const reply = await desk.page.evaluate(async () => {
    const { askMain } = (globalThis as unknown as { desk: { askMain(message: unknown): Promise<unknown> } }).desk
    return askMain({ protocol: 1, kind: 'call', id: 7, method: 'core.recover', params: { backup: 'latest' } })
  })
  expect(reply).toMatchObject({ reply: { ok: false, code: 'not_allowed' } })
})

test('a hostile script floods both bridges with thousands of calls: each is answered by a code, core lives, work goes on', async () => {
  test.setTimeout(180_000)
  const { page } = desk
  const core = await desk.corePid()
  const tally = await page.evaluate(async () => {
    type Reply = { id: number; reply: { ok: boolean; code?: string } }
    const { askMain, connectCore } = (
      globalThis as unknown as { desk: { askMain(message: unknown): Promise<Reply>; connectCore(): void } }
    ).desk
    const port = await new Promise<MessagePort>((resolve) => {
      addEventListener('message', ({ ports }) => ports[0] && resolve(ports[0]), { once: true })
      connectCore()
    })
    let deep: unknown = 'x'
    for (let n = 0; n < 500; n++) deep = [deep]
    const long = 'x'.repeat(8_000_000)
    const polluted = JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    ) as object
    const attacks: [method: string, params: unknown, code: string, protocol?: number][] = [
      ['__proto__', {}, 'unknown_method'],
      ['constructor', {}, 'unknown_method'],
      ['toString', {}, 'unknown_method'],
      ['desk:connect-core', {}, 'unknown_method'],
      ['status.get', polluted, 'bad_call'],
      ['settings.set', { shortcuts: deep }, 'bad_call'],
      ['settings.set', { purgeDays: 1e9 }, 'bad_call'],
      ['settings.set', { purgeDays: 3650 }, 'not_allowed'],
      ['recovery.show', {}, 'not_allowed'],
      ['op.act', { objectId: ['x'], kind: 'accept', args: {} }, 'bad_call'],
      ['desk.signInPin', { staff: '__proto__', pin: '4071' }, 'pin_locked'],
      ['pages.import', { path: '/etc/passwd' }, 'bad_call'],
      ['status.get', {}, 'protocol_mismatch', 99],
    ]
    const wrong: string[] = []
    const waiting = new Map<number, string>()
    const done = new Promise<void>((resolve) => {
      port.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
        const expected = waiting.get(data.id)
        if (expected === undefined) return
        waiting.delete(data.id)
        if (data.reply.code !== expected) wrong.push(`${expected}: ${JSON.stringify(data.reply).slice(0, 200)}`)
        if (waiting.size === 0) resolve()
      })
    })
    port.start()
    let id = 1_000_000_000
    const send = ([method, params, code, protocol = 1]: (typeof attacks)[number]) => {
      waiting.set(++id, code)
      port.postMessage({ protocol, kind: 'call', id, method, params })
    }
    for (let n = 0; n < 3900; n++) send(attacks[n % attacks.length]!)
    for (let n = 0; n < 4; n++) send(['op.act', { objectId: long, kind: 'note', args: { text: long } }, 'bad_call'])
    // What is no call at all has nobody to answer.
    for (const junk of [null, 7, 'status.get', [], new ArrayBuffer(1_000_000), { kind: 'reply', id: 1 }])
      port.postMessage(junk)
    const main = await Promise.all(
      Array.from({ length: 2000 }, (_, n) =>
        askMain({ protocol: 1, kind: 'call', id: n + 1, method: n % 2 ? '__proto__' : 'view.zoom', params: polluted }),
      ),
    )
    await done
    // Each new port takes the place of the one before, so that this comes last.
    for (let n = 0; n < 200; n++) connectCore()
    const codes = [...new Set(main.map(({ reply }) => reply.code))]
    return { wrong: wrong.slice(0, 5), unanswered: waiting.size, codes: codes.toSorted() }
  })
  expect(tally).toEqual({ wrong: [], unanswered: 0, codes: ['bad_call', 'unknown_method'] })
  expect(await desk.corePid()).toBe(core)
  // The same window works on: another place, and back to the queue with its rows.
  await go(page, 'settings')
  await go(page, 'queue')
  await expect(page.locator('[id^="row-HG"]').first()).toBeVisible({ timeout: 30_000 })
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

test('a page that crashes is drawn again and says so; core does not notice', async () => {
  const core = await desk.corePid()
  const gone = desk.page.waitForEvent('crash')
  await desk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await gone
  // The page object of the test went with the page; the window is asked itself.
  const shown = () =>
    desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        `[document.querySelectorAll('[id^="row-HG"]').length > 0, document.querySelector('[data-toast]')?.textContent ?? '']`,
      ),
    ) as Promise<[boolean, string]>
  await expect
    .poll(() => shown().catch(() => [false, '']), { timeout: 60_000 })
    .toEqual([true, expect.stringContaining('已重新打开')])
  expect(await desk.corePid()).toBe(core)
})
