/** Changing places with a PIN, and signing in without the centre: only for people it vouched for, and not for long. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDesk, type DeskDatabase } from '../../../db/open.ts'
import { KnownStaff } from '../../../electron/core/desk/known-staff.ts'

// Many derivations of keys: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000 })

const DAY = 86_400_000
const ME = { id: 'lin', name: '林老师', role: 'staff' } as const
let folder: string
let desk: DeskDatabase
let now: number
let steady: number
let staff: KnownStaff
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'known-staff-'))
  desk = openDesk(folder, 'ab'.repeat(32))
  now = Date.UTC(2026, 10, 20)
  steady = 1_000_000
  staff = start()
  await staff.remember(ME, 'token', now + 90 * DAY, 'correct horse')
})
afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As the program starts. */
const start = () =>
  new KnownStaff(
    desk.db,
    () => now,
    () => 30,
    () => steady,
  )
const wrongPin = (n: number) =>
  Array.from({ length: n }, () => staff.byPin('lin', '9182').catch((error: unknown) => error))

test('the right PIN seats its person; PINs that anybody would try are not taken', async () => {
  for (const weak of ['0000', '1234', '9876', '890123'])
    await expect(staff.setPin('lin', weak)).rejects.toMatchObject({ code: 'pin_weak' })
  await staff.setPin('lin', '4071')
  expect((await staff.byPin('lin', '4071')).me).toEqual(ME)
})

test('after five wrong PINs the right one is refused too, also after a restart, until the password was given', async () => {
  await staff.setPin('lin', '4071')
  for (let left = 4; left > 0; left--)
    await expect(staff.byPin('lin', '9182')).rejects.toMatchObject({ code: 'pin_wrong', params: { left } })
  await expect(staff.byPin('lin', '9182')).rejects.toMatchObject({ code: 'pin_locked' })
  await expect(staff.byPin('lin', '4071')).rejects.toMatchObject({ code: 'pin_locked' })
  const restarted = start()
  expect(restarted.hasPin('lin')).toBe(false)
  await expect(restarted.byPin('lin', '4071')).rejects.toMatchObject({ code: 'pin_locked' })
  steady += 16 * 60_000
  await restarted.byPassword('lin', 'correct horse')
  expect((await restarted.byPin('lin', '4071')).me).toEqual(ME)
})

test('many guesses at once count like guesses one after the other', async () => {
  await staff.setPin('lin', '4071')
  await Promise.all(wrongPin(8))
  await expect(staff.byPin('lin', '4071')).rejects.toMatchObject({ code: 'pin_locked' })
})

test('without the centre the password is believed for the set time, not longer, and never by a clock set back', async () => {
  expect((await staff.byPassword('lin', 'correct horse')).me).toEqual(ME)
  await expect(staff.byPassword('lin', 'wrong')).rejects.toMatchObject({ code: 'wrong_password' })
  await expect(staff.byPassword('stranger', 'x')).rejects.toMatchObject({ code: 'offline' })
  now += 30 * DAY
  await expect(staff.byPassword('lin', 'correct horse')).rejects.toMatchObject({ code: 'offline_too_long' })
  // Into the allowed days again, and before the last sign-in.
  for (let i = 0; i < 2; i++) {
    now -= 20 * DAY
    await expect(staff.byPassword('lin', 'correct horse')).rejects.toMatchObject({ code: 'offline_too_long' })
  }
})

test('the centre’s own limit holds where it is shorter', async () => {
  await staff.remember(ME, 'token', now + DAY, 'correct horse')
  now += DAY + 1
  await expect(staff.byPassword('lin', 'correct horse')).rejects.toMatchObject({ code: 'offline_too_long' })
})

test('wrong passwords wait: after five, also the right one is refused for a quarter of an hour', async () => {
  for (let i = 0; i < 5; i++) await staff.byPassword('lin', 'wrong').catch(() => {})
  await expect(staff.byPassword('lin', 'correct horse')).rejects.toMatchObject({ code: 'pin_locked' })
  // Neither a clock put forward nor a restart shortens it.
  now += DAY
  await expect(staff.byPassword('lin', 'correct horse')).rejects.toMatchObject({ code: 'pin_locked' })
  await expect(start().byPassword('lin', 'correct horse')).rejects.toMatchObject({ code: 'pin_locked' })
  steady += 16 * 60_000
  expect((await staff.byPassword('lin', 'correct horse')).me).toEqual(ME)
})

test('time that has been seen stays seen: a clock put back into the allowed days opens nothing', async () => {
  now += 31 * DAY
  staff.noteTime()
  now -= 20 * DAY
  await expect(start().byPassword('lin', 'correct horse')).rejects.toMatchObject({ code: 'offline_too_long' })
  await staff.setPin('lin', '4071')
  await expect(staff.byPin('lin', '4071')).rejects.toMatchObject({ code: 'offline_too_long' })
  // A clock that ran ahead is forgiven by the centre's word only.
  await staff.remember(ME, 'token', now + 90 * DAY, 'correct horse')
  expect((await staff.byPin('lin', '4071')).me).toEqual(ME)
})
