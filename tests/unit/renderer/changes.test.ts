/** What an update brought is told once, in both languages, and nothing on a first day. */
import { expect, test } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }
import { CHANGES, isUpdate, keyOf } from '../../../renderer/features/guide/changes.ts'
import en from '../../../renderer/i18n/en.json' with { type: 'json' }
import zh from '../../../renderer/i18n/zh-CN.json' with { type: 'json' }

test('the newest version told of is this one', () => {
  expect(CHANGES[0].version).toBe(packageJson.version)
})

test.each([
  ['zh-CN', zh],
  ['en', en],
])('each version has as many points in %s as are listed', (_language, texts) => {
  const told = texts.changes as Record<string, unknown>
  for (const { version, points } of CHANGES)
    expect(Object.keys(told[keyOf(version)] as object)).toEqual(Array.from({ length: points }, (_, n) => `p${n + 1}`))
})

test('an update is told until it was read; a first day has nothing to compare with', () => {
  expect(isUpdate('0.0.9', '0.1.0')).toBe(true)
  expect(isUpdate('0.1.0', '0.1.0')).toBe(false)
  expect(isUpdate('', '0.1.0')).toBe(false)
})
