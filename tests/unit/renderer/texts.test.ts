/** Every text of the interface stands in both languages. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '../../../electron/contract/errors.ts'

const renderer = fileURLToPath(new URL('../../../renderer', import.meta.url))
const texts = (language: string) =>
  flatten(JSON.parse(readFileSync(join(renderer, 'i18n', `${language}.json`), 'utf8')))
const zh = texts('zh-CN')
const en = texts('en')

/** `{a: {b: 'text'}}` as `a.b`. */
function flatten(tree: object, above = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[above + key, value] as const] : [...flatten(value as object, `${above}${key}.`)],
    ),
  )
}

/** English has plural forms that Chinese has not. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')
const keysOf = (language: Map<string, string>) => new Set([...language.keys()].map(withoutPlural))

/** Literal keys of `t('…')` in the page. */
function usedKeys(): { key: string; file: string }[] {
  return readdirSync(renderer, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .flatMap((entry) => {
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
      return [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => ({ key: match[1] ?? '', file: entry.name }))
    })
}

describe('texts', () => {
  test('stand in Chinese and in English under the same keys', () => {
    expect([...keysOf(zh)].toSorted()).toEqual([...keysOf(en)].toSorted())
  })

  test('are never empty', () => {
    const empty = [...zh, ...en].filter(([, text]) => text.trim() === '').map(([key]) => key)
    expect(empty).toEqual([])
  })

  test('name the same values in both languages', () => {
    const names = (text: string) =>
      [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]))].toSorted()
    const odd = [...zh].filter(([key, text]) => {
      const english = en.get(key) ?? en.get(`${withoutPlural(key)}_other`)
      return english !== undefined && names(english).join() !== names(text).join()
    })
    expect(odd.map(([key]) => key)).toEqual([])
  })

  test('exist for every key the page asks for by name', () => {
    const known = keysOf(zh)
    const missing = usedKeys().filter(({ key }) => !known.has(key))
    expect(missing).toEqual([])
  })

  test('exist for every error that may cross to the page', () => {
    const known = keysOf(zh)
    expect(
      ERROR_CODES.filter(
        (code) => ![...known].some((key) => key === `error.${code}` || key.startsWith(`error.${code}.`)),
      ),
    ).toEqual([])
  })
})
