/** The shell's own promises: it remembers, serves bytes in ranges, brings core back, and ends in order. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { lockFile } from '../../db/driver.ts'
import { appInfo } from './support/core-process.ts'
import { type LaunchedDesk, launchDesk } from './support/launch.ts'

let folder: string
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'balis-window-test-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the window opens at 1366 x 768, shows its page, and remembers another size', async () => {
  const size = (desk: LaunchedDesk) =>
    desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  const first = await launchDesk({ data: folder })
  expect(first.page.url()).toBe('app://desk/')
  await expect(first.page.locator('#root')).not.toBeEmpty()
  expect(await size(first)).toMatchObject({ width: 1366, height: 768 })
  await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1500, 900))
  await first.close()

  const second = await launchDesk({ data: folder })
  expect(await size(second)).toMatchObject({ width: 1500, height: 900 })
  await second.close()
})

test('the window cannot be made narrower than its layout holds', async () => {
  const desk = await launchDesk({ data: folder })
  const least = await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getMinimumSize())
  expect(least?.[0]).toBe(1180)
  await desk.close()
})

test('core killed with SIGKILL is started again and the page speaks to the new one', async () => {
  const desk = await launchDesk({ data: folder })
  await expect.poll(() => appInfo(desk.page)).toMatchObject({ core: 'running' })
  await desk.coreAfter(await desk.killCore())
  await desk.close()
})

test('core that dies again and again is given up after three restarts, and started when asked', async () => {
  const desk = await launchDesk({ data: folder })
  for (let i = 0; i < 4; i++) {
    await expect.poll(() => desk.corePid().catch(() => 0)).toBeGreaterThan(0)
    const killed = await desk.killCore()
    await expect.poll(() => desk.corePid().catch(() => 0)).not.toBe(killed)
  }
  await expect.poll(() => appInfo(desk.page)).toMatchObject({ core: 'failed' })
  await desk.page.evaluate(async () => {
    const { askMain } = (globalThis as unknown as { desk: { askMain(message: unknown): Promise<unknown> } }).desk
    return askMain({ protocol: 1, kind: 'call', id: 2, method: 'core.restart', params: {} })
  })
  await expect.poll(() => appInfo(desk.page)).toMatchObject({ core: 'running' })
  await desk.close()
})

test('the app ends in order: no process of it is left, and its state is written', async () => {
  const desk = await launchDesk({ data: folder })
  await expect.poll(() => desk.corePid().catch(() => 0)).toBeGreaterThan(0)
  const core = await desk.corePid()
  await desk.close()
  expect(() => process.kill(core, 0)).toThrow()
  expect(existsSync(join(folder, 'shell.json'))).toBe(true)
  expect(JSON.parse(readFileSync(join(folder, 'shell.json'), 'utf8'))).toMatchObject({ rehearsal: true })
})

test('a desk whose core was given up ends in order too', async () => {
  const played = join(folder, 'rehearsal')
  mkdirSync(played)
  const release = lockFile(join(played, 'desk.lock'))
  const desk = await launchDesk({ data: folder })
  await expect.poll(() => appInfo(desk.page)).toMatchObject({ core: 'failed' })
  const program = desk.app.process()
  await desk.close()
  release()
  expect([program.exitCode, program.signalCode]).toEqual([0, null])
})

test('a data folder that another program has open is said to be so, at once, and opened when it is free', async () => {
  const played = join(folder, 'rehearsal')
  mkdirSync(played)
  const release = lockFile(join(played, 'desk.lock'))
  const desk = await launchDesk({ data: folder })
  await expect.poll(() => appInfo(desk.page)).toMatchObject({ core: 'failed', refusal: { code: 'data_folder_in_use' } })
  const dialog = desk.page.getByRole('alertdialog')
  await expect(dialog).toContainText('数据')
  release()
  await dialog.getByRole('button').first().click()
  await expect.poll(() => appInfo(desk.page)).toMatchObject({ core: 'running', refusal: null })
  await expect(dialog).toBeHidden()
  await desk.close()
})

test('a folder of everybody holds no desk, not even a rehearsal: the window says so and nothing is put there', async () => {
  chmodSync(folder, 0o1777)
  const desk = await launchDesk({ data: folder })
  await expect(desk.page.getByRole('alertdialog')).toContainText('大家共用的文件夹', { timeout: 30_000 })
  expect(readdirSync(folder)).toEqual([])
  await desk.close()
})
