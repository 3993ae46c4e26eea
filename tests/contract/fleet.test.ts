/** A hundred desks set up by one file: what an administrator gives, what is locked, and a desk that enrols by itself. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { coreContract } from '../../electron/contract/core.contract.ts'
import { readMachine } from '../../electron/core/fleet/machine.ts'
import { createWorkerForker } from '../../electron/core/host/workers.ts'
import { openCore, type RunningCore } from '../../electron/core/index.ts'
import { until } from '../devices/programs.ts'
import { Stage } from '../support/desk.ts'

const stage = new Stage()
let folder: string
let desk: RunningCore | undefined
let desks = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-fleet-'))
  await stage.startCentre({ rows: 5 })
})
beforeEach(async () => {
  await desk?.close()
  desk = undefined
  desks++
})
afterAll(async () => {
  await desk?.close()
  await stage.end()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens the desk of this test on a machine with that file. */
async function open(file: object, autoSync = false, start: { centreUrl?: string } = {}): Promise<RunningCore> {
  await desk?.close()
  const path = join(folder, 'settings.json')
  writeFileSync(path, JSON.stringify({ version: 1, ...file }), { mode: 0o644 })
  const machine = readMachine(path)
  const options = { dataDir: join(folder, `desk-${desks}`), rehearsal: false, autoSync, locale: 'zh-CN', version: 'test', machine, ...start } // prettier-ignore
  return (desk = await openCore(options, createWorkerForker(null)))
}
const codeOf = async (library: string) => (await stage.lever<{ code: string }>('enrol-code', { library })).code

test('what the file gives stands under what is chosen at the desk, and over what the program would do', async () => {
  const settings = { lockMinutes: 5, theme: 'dark', network: { proxy: 'http://proxy.example:3128' } }
  const first = await open({ settings })
  expect(first.core.settings.get()).toMatchObject({ ...settings, network: { ...settings.network, uploadKBps: null } })
  await first.handlers['settings.set']({ theme: 'light' })
  const again = await open({ settings: { ...settings, theme: 'dark', density: 'compact' } })
  expect(again.core.settings.get()).toMatchObject({ theme: 'light', density: 'compact', lockMinutes: 5 })
})

test('the first screen has the address that the program was started with, unless a setting or the machine says another', async () => {
  const shown = async (file: object) => {
    const { handlers } = await open(file, false, { centreUrl: 'https://start.example' })
    return coreContract['app.hello'].out.parse(await handlers['app.hello']({ protocol: 1 })).settings.centreUrl
  }
  expect(await shown({})).toBe('https://start.example')
  expect(await shown({ centre: 'https://machine.example' })).toBe('https://machine.example')
})

test('what is locked holds whatever was chosen before, and is refused with its name; the window is told', async () => {
  const before = await open({})
  await before.handlers['settings.set']({ lockMinutes: 60, printerAddresses: ['ipp://10.0.0.1/'] })
  const { handlers, core } = await open({ settings: { lockMinutes: 5 }, locked: ['lockMinutes', 'purgeDays'] })
  expect(core.settings.get()).toMatchObject({ lockMinutes: 5, purgeDays: 90, printerAddresses: ['ipp://10.0.0.1/'] })
  await expect((async () => handlers['settings.set']({ lockMinutes: 30 }))()).rejects.toMatchObject({ code: 'setting_locked', params: { setting: 'lockMinutes' } }) // prettier-ignore
  // A form that gives back everything as it is changes nothing that is locked.
  await handlers['settings.set']({ ...core.settings.get(), theme: 'dark' })
  expect(core.settings.get()).toMatchObject({ lockMinutes: 5, theme: 'dark' })
  const hello = coreContract['app.hello'].out.parse(await handlers['app.hello']({ protocol: 1 }))
  expect(hello.managed).toEqual(['lockMinutes', 'purgeDays'])
  const after = await open({})
  expect(after.core.settings.get()).toMatchObject({ lockMinutes: 60 })
})

test('doctor names line and key of what is wrong in the file, and that a right one was taken', async () => {
  const checks = async ({ handlers }: RunningCore) =>
    (await handlers['doctor.run']({})).filter(({ check }) => check === 'machine')
  const wrong = await open({ settings: { lockMinutes: 'ten' }, certificateAuthority: join(folder, 'nowhere.pem') })
  expect(await checks(wrong)).toMatchObject([
    { ok: false, code: 'machine_settings_wrong', params: { line: 1, key: 'settings.lockMinutes' } },
    { ok: false, params: { key: 'certificateAuthority', message: expect.stringContaining('ENOENT') as string } },
  ])
  expect(await checks(await open({}))).toMatchObject([{ ok: true, code: 'machine_settings' }])
})

test('a desk enrols by itself with a code laid down, once; the file is gone and the name is its computer’s', async () => {
  const codeFile = join(folder, 'code.txt')
  writeFileSync(codeFile, `${await codeOf('RUC')}\n`)
  const file = { centre: stage.centre.url, library: 'RUC', enrol: { codeFile, deskName: '台 {computer}' } }
  const { core, identity, start } = await open(file, true)
  start()
  await until('the desk to be enrolled', () => identity.enrolled)
  expect(core.desk().library.id).toBe('RUC')
  expect(core.desk().name).toMatch(/^台 .+/)
  expect(core.desk().name).not.toContain('{')
  await until('the code to be gone', () => !existsSync(codeFile))
})

test('a code that is no good is tried once, a code for another library does not enrol', async () => {
  const codeFile = join(folder, 'bad.txt')
  writeFileSync(codeFile, 'NO-SUCH-CODE')
  const file = { centre: stage.centre.url, library: 'RUC', enrol: { codeFile } }
  const bad = await open(file, true)
  bad.start()
  await until('the bad code to be gone', () => !existsSync(codeFile))
  expect(bad.identity.enrolled).toBe(false)
  const url = stage.centre.url
  const wanted = { url, code: await codeOf('BUCT'), deskName: 'x' }
  await expect(bad.handlers['desk.enrol'](wanted)).rejects.toMatchObject({ code: 'other_library' })
  const elsewhere = { url: 'https://elsewhere.example', code: await codeOf('RUC'), deskName: 'x' }
  await expect(bad.handlers['desk.enrol'](elsewhere)).rejects.toMatchObject({ code: 'setting_locked' })
  await bad.handlers['desk.enrol']({ url: `${url}/`, code: elsewhere.code, deskName: 'x' })
  expect(bad.identity.enrolled).toBe(true)
})
