/** The database's key, in the system's key store or in a file: made once, private, never made anew over a database that needs it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openKey } from '../../../electron/core/keys.ts'
import { keyOfRecovery, recoveryKeyOf } from '../../../electron/core/recovery-key.ts'

/** A system's key store: what it keeps, and whether it keeps at all. */
const store = vi.hoisted(() => ({ kept: new Map<string, string>(), answers: true, forgets: false }))
vi.mock('@napi-rs/keyring', () => ({
  Entry: class {
    private readonly name: string
    constructor(service: string, account: string) {
      this.name = `${service}/${account}`
    }
    getPassword() {
      if (!store.answers) throw new Error('no store')
      return store.kept.get(this.name) ?? null
    }
    setPassword(password: string) {
      if (!store.answers) throw new Error('no store')
      if (!store.forgets) store.kept.set(this.name, password)
    }
  },
}))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'balis-key-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  Object.assign(store, { kept: new Map(), answers: true, forgets: false })
  vi.unstubAllEnvs()
})

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

test('where the system has a key store the key lies in it and in no file; a store that is away later is no reason for a new key', () => {
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nowhere')
  const { key, store: where } = openKey(folder, false)
  expect([where, [...store.kept.values()]]).toEqual(['system', [key]])
  expect(openKey(folder, false)).toEqual({ key, store: 'system' })
  for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), 'utf8')).not.toContain(key)
  writeFileSync(join(folder, 'desk.db'), 'encrypted once')
  store.answers = false
  expect(() => openKey(folder, false)).toThrow('key_missing')
  store.answers = true
  expect(openKey(folder, false).key).toBe(key)
})

test.each([
  ['does not answer', { answers: false }],
  ['forgets at once', { forgets: true }],
])('a key store that %s is not relied on: the key lies in its file, and that is said', (_what, how) => {
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nowhere')
  Object.assign(store, how)
  expect(openKey(folder, false).store).toBe('file')
  expect(existsSync(join(folder, 'desk.key'))).toBe(true)
})
