/**
 * `npm run package -- --upgrade`: three real packages in the real window. Version n with actions waiting and an open scan finds
 * n+1 on a static server, brings it, installs it and goes on: nothing is lost, nothing is done twice. n+2 does not start: n+1
 * works again, by itself, and says so.
 *
 * Installed by the machine's own dpkg in a root of our own; only pkexec is a stand-in, which asks nobody for a password.
 */
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { hasDisplay, startVirtualDisplay } from '../../build/launch/display.mjs'
import { electronEnvironment } from '../../build/launch/electron.mjs'
import { asOrdinaryUser, giveToOrdinaryUser } from '../../build/launch/ordinary-user.mjs'
import { root } from '../../build/setup/places.mjs'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { startCentreProcess } from '../demo/centre-process.ts'
import { Evidence } from '../demo/evidence.ts'
import { acceptRequest } from '../demo/copy-path.ts'
import { launchDesk, type LaunchedDesk } from '../desk/support/launch.ts'
import { command, expect, findRequest, go } from '../desk/support/staff.ts'
import { GUIDE_LANGUAGES, keepPicture } from '../gallery/guide.ts'
import { look } from '../desk/support/look.ts'
import { makeMachine, NAME, startFeed } from './packages.ts'

const SCANNED = 'HG00003901'
const ACCEPTED = ['HG00003900', 'HG00003899', 'HG00003898']

if (!hasDisplay()) Object.assign(process.env, (await startVirtualDisplay()).env)
const out = join(root, 'out', 'upgrade')
await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const work = await mkdtemp(join(tmpdir(), 'balis-upgrade-'))
await chmod(work, 0o755)
const [data, home] = [join(work, 'data'), join(work, 'home')]
for (const folder of [data, home]) {
  await mkdir(folder)
  giveToOrdinaryUser(folder)
}
const evidence = new Evidence(out)
const { step } = { step: evidence.step.bind(evidence) }
const closing: (() => Promise<unknown>)[] = [() => rm(work, { recursive: true, force: true })]
let seen: LaunchedDesk | undefined

try {
  const centre = await step('A central service starts', () => startCentreProcess(join(work, 'centre'), 40))
  closing.push(() => centre.stop())
  const feed = await startFeed(work)
  closing.push(() => feed.close())
  const machine = makeMachine(work)
  const first = await step('Version 0.1.0 is packed, with the feed’s address and public key', () => feed.make('0.1.0'))
  machine.install(first)
  process.env.BALIS_DESK_PACKAGED = machine.program
  const env = { PATH: `${machine.tools}:${process.env.PATH}` }
  const open = () => launchDesk({ data, home, centre: centre.url, rehearsal: true, reads: [work], env })

  let desk = (seen = await step('It is installed and opens', open))
  await isVersion(desk.page, '0.1.0')
  const pages = await step('A request is scanned and left open on the scan desk', () => scan(desk.page))
  await step('Without the network three requests are accepted', async () => {
    await centre.stop()
    for (const id of ACCEPTED) await acceptRequest(desk.page, id)
  })
  const waits = await waiting(desk.page)

  await step('Version 0.1.1 is packed and stands on the server', async () =>
    feed.publish(await feed.make('0.1.1'), '0.1.1'),
  )
  await step('The desk finds it, brings it, and installs it when asked to', () => update(desk, '0.1.1'))
  desk = seen = await step('It opens as the new version', open)
  await isVersion(desk.page, '0.1.1')
  await step('Nothing is lost: the actions wait, the scan is open', async () => {
    await expect.poll(() => waiting(desk.page)).toBe(waits)
    await findRequest(desk.page, SCANNED)
    await desk.page.locator('[data-action="scan"]').first().click()
    await expect(desk.page.locator(`[data-pages="${pages}"]`)).toBeVisible()
  })
  await desk.screenshot(join(out, 'after-update.png'))

  await step('Version 0.1.2, which does not start, is packed and installed', async () => {
    feed.publish(await feed.make('0.1.2', { broken: true }), '0.1.2')
    await update(desk, '0.1.2')
  })
  await step('Started once, it is tried twice and given up', () => startUntilGivenUp(machine.program, centre.url, env))
  desk = seen = await step('The version before works again', open)
  await isVersion(desk.page, '0.1.1')
  await expect(desk.page.locator('[data-note="update"]')).toContainText('0.1.2')
  await desk.screenshot(join(out, 'gone-back.png'))
  await step('With the network back everything waiting has happened, once', async () => {
    await centre.start()
    await expect.poll(() => waiting(desk.page)).toMatch(/(^|\D)0(\D|$)/)
    for (const id of ACCEPTED) {
      const { row } = (await centre.rehearse('row', { type: 'request', id })) as { row: RequestRow }
      expect(row.history.filter(({ event }) => event === 'accept')).toHaveLength(1)
    }
  })
  await desk.close()
  // Closed once: a desk that is gone answers no second time.
  seen = undefined
  await evidence.write(true)
} catch (error) {
  await seen?.screenshot(join(out, 'failed.png')).catch(() => {})
  console.error(seen?.output().slice(-4000))
  console.error(error)
  process.exitCode = 1
} finally {
  await seen?.close().catch(() => {})
  for (const close of closing.reverse()) await close().catch(() => {})
}
// The screen, where one was made, lives as long as this program.
process.exit()

/** The foot of the window says what core calls itself. */
async function isVersion(page: Page, version: string): Promise<void> {
  await expect(page.locator('footer')).toContainText(`v${version}`)
}

async function waiting(page: Page): Promise<string> {
  return (await page.locator('[data-truth="waiting"]').textContent()) ?? ''
}

/** @returns how many pages the scanner gave */
async function scan(page: Page): Promise<string> {
  await findRequest(page, SCANNED)
  await page.locator('[data-action="scan"]').first().click()
  await command(page, 'copy.scan')
  await expect(page.locator('[data-pages]:not([data-pages="0"])')).toBeVisible()
  // The scanner is done when nothing would be interrupted any more.
  await go(page, 'settings')
  await page.locator('[data-section="update"]').click()
  await go(page, 'copy')
  await expect(page.locator('[data-command="copy.scan"]').first()).toBeEnabled()
  return (await page.locator('[data-pages]').getAttribute('data-pages')) ?? ''
}

/** Looks for the version under Settings, installs it, and waits until the program has ended for it. */
async function update({ app, page }: LaunchedDesk, version: string): Promise<void> {
  await go(page, 'settings')
  await page.locator('[data-section="update"]').click()
  await page.locator('[data-update="check"]').click()
  const install = page.locator('[data-update="install"]')
  await expect(page.getByText(version).first()).toBeVisible()
  await expect(install).toBeEnabled({ timeout: 120_000 })
  // For the administrator guide.
  for (const language of version === '0.1.1' ? (['en', 'zh'] as const) : []) {
    await look(page, GUIDE_LANGUAGES[language], 'light')
    await page.locator('[data-section="update"]').click()
    await expect(install).toBeVisible()
    await keepPicture(page, 'updates', language, out)
  }
  // The next start is the test's own, so that it can look at it.
  await app.evaluate(({ app: running }) => void (running.relaunch = () => {}))
  const ended = new Promise<void>((resolve) => app.once('close', () => resolve()))
  await install.click()
  await ended
}

/** As a click on the icon: nothing holds on to it but its output. */
async function startUntilGivenUp(program: string, centre: string, extra: Record<string, string>): Promise<void> {
  const [what, args] = asOrdinaryUser(program, ['--data', data, '--centre', centre, '--rehearsal'], [work])
  const env = electronEnvironment(home, extra) as NodeJS.ProcessEnv
  const child = spawn(what, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes(`${NAME} 0.1.2 does not start; 0.1.1 is used`)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said.slice(-2000)}`)))
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  await ended
}
