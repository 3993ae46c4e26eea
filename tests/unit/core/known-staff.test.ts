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
let staff: KnownStaff
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'known-staff-'))
  desk = openDesk(folder, 'ab'.repeat(32))
  now = Date.UTC(2026, 10, 20)
  staff = new KnownStaff(
    desk.db,
    () => now,
    () => 30,
  )
  await staff.remember(ME, 'token', now + 90 * DAY, 'correct horse')
})
afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

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
  const restarted = new KnownStaff(
    desk.db,
    () => now,
    () => 30,
  )
  expect(restarted.hasPin('lin')).toBe(false)
  await expect(restarted.byPin('lin', '4071')).rejects.toMatchObject({ code: 'pin_locked' })
  now += 16 * 60_000
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
  now -= 40 * DAY
  await expect(staff.byPassword('lin', 'correct horse')).rejects.toMatchObject({ code: 'offline_too_long' })
})

test('the centre’s own limit holds where it is shorter', async () => {
  await staff.remember(ME, 'token', now + DAY, 'correct horse')
  now += DAY + 1
  await expect(staff.byPassword('lin', 'correct horse')).rejects.toMatchObject({ code: 'offline_too_long' })
})

test('wrong passwords wait: after five, also the right one is refused for a quarter of an hour', async () => {
  for (let i = 0; i < 5; i++) await staff.byPassword('lin', 'wrong').catch(() => {})
  await expect(staff.byPassword('lin', 'correct horse')).rejects.toMatchObject({ code: 'pin_locked' })
  now += 16 * 60_000
  expect((await staff.byPassword('lin', 'correct horse')).me).toEqual(ME)
})
