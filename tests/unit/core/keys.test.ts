/** The database's key where no key store is asked: made once, private, never made anew over a database that needs it. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openKey } from '../../../electron/core/keys.ts'
import { keyOfRecovery, recoveryKeyOf } from '../../../electron/core/recovery-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'balis-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the key is made at the first start and is the same at the next', () => {
  const first = openKey(folder, true)
  expect(first.key).toMatch(/^[0-9a-f]{64}$/)
  expect(first.store).toBe('file')
  expect(openKey(folder, true)).toEqual(first)
})

test.skipIf(process.platform === 'win32')('only its owner can read the key file', () => {
  openKey(folder, true)
  expect(statSync(join(folder, 'desk.key')).mode & 0o777).toBe(0o600)
})

test('a database without its key is told, never given a new key', () => {
  writeFileSync(join(folder, 'desk.db'), 'encrypted once')
  expect(() => openKey(folder, true)).toThrow('key_missing')
})

test('a key file that holds something else is told, not used', () => {
  writeFileSync(join(folder, 'desk.key'), 'not a key')
  expect(() => openKey(folder, true)).toThrow('database_damaged')
})

test('the recovery key brings the key back, however it is typed; one wrong letter anywhere is noticed', () => {
  const { key } = openKey(folder, true)
  const shown = recoveryKeyOf(key)
  expect(shown).toMatch(/^([0-9A-HJKMNP-TV-Z]{7}-){7}[0-9A-HJKMNP-TV-Z]{7}$/)
  expect(keyOfRecovery(shown.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l'))).toBe(key)
  for (let at = 0; at < shown.length; at++) {
    if (shown[at] === '-') continue
    const wrong = shown.slice(0, at) + (shown[at] === 'Z' ? 'Y' : 'Z') + shown.slice(at + 1)
    expect(keyOfRecovery(wrong)).not.toBe(key)
    expect(keyOfRecovery(wrong)).toBeNull()
  }
  for (const other of ['', 'x', shown.slice(1), `${shown}0`, '读者']) expect(keyOfRecovery(other)).toBeNull()
})
