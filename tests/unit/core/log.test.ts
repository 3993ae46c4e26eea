/** The log: turned over before it grows, kept for a month, closed to others, silent about secrets; and what is slow stands in it. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DeskError } from '../../../electron/contract/errors.ts'
import { guard, SLOW_MS } from '../../../electron/core/guard.ts'
import { logFiles, openLog, turnOver } from '../../../electron/core/log.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'log-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('four old files are kept beside the one that is written, the oldest goes', () => {
  const path = join(folder, 'core.log')
  for (let n = 1; n <= 7; n++) {
    writeFileSync(path, `${n}${'x'.repeat(100)}`)
    expect(turnOver(path, 50)).toBe(true)
  }
  expect([1, 2, 3, 4].map((n) => readFileSync(`${path}.${n}`, 'utf8')[0])).toEqual(['7', '6', '5', '4'])
  expect(existsSync(`${path}.5`)).toBe(false)
  writeFileSync(path, 'small')
  expect(turnOver(path, 50)).toBe(false)
})

test('a log older than a month goes by itself', () => {
  const path = join(folder, 'core.log')
  writeFileSync(`${path}.2`, 'old')
  utimesSync(`${path}.2`, 1, 1)
  turnOver(path)
  expect(existsSync(`${path}.2`)).toBe(false)
})

test('secrets are left out, and only the owner may read', () => {
  const log = openLog(folder)
  log.info({ token: 'T-1', pin: '4071', nested: { password: 'P-1', refresh: 'R-1' } }, 'signed in')
  log.close()
  const [path] = logFiles(folder)
  const text = readFileSync(path!, 'utf8')
  expect(text).toContain('signed in')
  for (const secret of ['T-1', '4071', 'P-1', 'R-1']) expect(text).not.toContain(secret)
  if (process.platform !== 'win32') expect(statSync(path!).mode & 0o077).toBe(0)
})

test('a line after the end goes nowhere and harms nobody', () => {
  const log = openLog(folder)
  log.error({}, 'before')
  log.close()
  expect(() => log.error({}, 'after')).not.toThrow()
  expect(
    logFiles(folder)
      .map((path) => readFileSync(path, 'utf8'))
      .join(''),
  ).not.toContain('after')
})

test('a call that takes long is logged by its name, a quick one is not', async () => {
  const lines: object[] = []
  const log = { info: () => {}, warn: (what: object) => void lines.push(what), error: () => {} }
  const handlers = guard({ quick: () => 1, slow: async () => sleep(SLOW_MS + 60) }, () => false, log)
  handlers.quick()
  await handlers.slow()
  expect(lines).toEqual([{ method: 'slow', ms: expect.any(Number) as number }])
})

test('what a damaged disk throws gets the code a person understands', async () => {
  const corrupt = () => {
    throw Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' })
  }
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const handlers = guard({ now: corrupt, later: async () => corrupt() }, () => false, log)
  expect(() => handlers.now()).toThrow(DeskError)
  await expect(handlers.later()).rejects.toMatchObject({ code: 'database_damaged' })
})
