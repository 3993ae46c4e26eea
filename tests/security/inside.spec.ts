/** A hostile script inside the window, with all the page has; and a page that dies of it. */
import { expect, test } from '@playwright/test'
import { type LaunchedDesk, launchDesk } from '../desk/support/launch.ts'
import { go } from '../desk/support/staff.ts'

let desk: LaunchedDesk
// Each claim goes on in the window of the one before; the last takes its page away.
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  desk = await launchDesk()
  await expect(desk.page.locator('[id^="row-"]').first()).toBeVisible({ timeout: 60_000 })
})
test.afterAll(() => desk?.close())

test('a database that opens is put back by nobody from the page', async () => {
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
  await expect(page.locator('[id^="row-"]').first()).toBeVisible({ timeout: 30_000 })
  const windows = () => desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  expect(await windows()).toBe(1)
})

test('a screen that cannot be drawn says that all is kept and is drawn anew; the rest of the window stands', async () => {
  const { page } = desk
  await go(page, 'settings')
  await page.evaluate(() => {
    const whole = globalThis.ResizeObserver
    // The list of the queue measures itself as it is drawn; once is enough.
    globalThis.ResizeObserver = function () {
      globalThis.ResizeObserver = whole
      throw new Error('this screen cannot be drawn')
    } as unknown as typeof ResizeObserver
  })
  await go(page, 'queue')
  const mishap = page.locator('main [role="alert"]')
  await expect(mishap).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('nav [data-place="settings"]')).toBeVisible()
  await mishap.getByRole('button').click()
  await expect(page.locator('[id^="row-"]').first()).toBeVisible({ timeout: 30_000 })
})

test('a page that crashes is drawn again and says so; core does not notice', async () => {
  test.setTimeout(120_000)
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
        `[document.querySelectorAll('[id^="row-"]').length > 0, document.querySelector('[data-toast]')?.textContent ?? '']`,
      ),
    ) as Promise<[boolean, string]>
  await expect
    .poll(() => shown().catch(() => [false, '']), { timeout: 60_000 })
    .toEqual([true, expect.stringContaining('已重新打开')])
  expect(await desk.corePid()).toBe(core)
})
