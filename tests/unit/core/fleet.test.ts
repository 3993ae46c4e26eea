/** A machine's settings file: what is right holds, what is wrong is named where it stands. */
import { describe, expect, it } from 'vitest'
import { SETTING_NAMES } from '../../../electron/contract/fleet.contract.ts'
import { machineSettingsPath, withNames } from '../../../electron/contract/machine-file.ts'
import { JsonError, readJson } from '../../../electron/core/fleet/positioned-json.ts'
import { readFleet } from '../../../electron/core/fleet/read.ts'

const FILE = `{
  "version": 1,
  "centre": "https://centre.balis.example",
  "library": "RUC",
  "dataFolder": "D:\\\\BALIS\\\\{user}",
  "settings": {
    "lockMinutes": 10,
    "printerAddresses": ["ipp://10.1.2.3/ipp/print"],
    "network": { "proxy": "http://proxy.ruc.example:3128" }
  },
  "locked": ["lockMinutes", "network"]
}
`

describe('a settings file', () => {
  it('that is right is taken as it stands', () => {
    const { file, problems } = readFleet(FILE)
    expect(problems).toEqual([])
    expect(file).toEqual(JSON.parse(FILE))
  })

  it.each([
    ['a missing comma', FILE.replace('"RUC",', '"RUC"'), 5, ''],
    ['a single backslash', FILE.replace('D:\\\\BALIS', 'D:\\BALIS'), 5, ''],
    ['a key that stands twice', FILE.replace('"library"', '"centre"'), 4, ''],
    ['nothing in it', '', 1, ''],
    ['an end that is missing', FILE.trimEnd().slice(0, -1), 12, ''],
    ['something after the end', `${FILE}}`, 13, ''],
  ])('with %s is named by its line, and nothing of it holds', (_, text, line) => {
    const { file, problems } = readFleet(text)
    expect(file).toEqual({ version: 1 })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ line, key: '' })
    expect(problems[0]!.message).toMatch(/^column \d+: /)
  })

  it.each([
    ['a value of the wrong kind', '"lockMinutes": 10', '"lockMinutes": "ten"', 7, 'settings.lockMinutes'],
    ['a value out of bounds', '"lockMinutes": 10', '"lockMinutes": 9999', 7, 'settings.lockMinutes'],
    ['an unknown setting', '"lockMinutes": 10', '"lokcMinutes": 10', 7, 'settings.lokcMinutes'],
    ['an unknown key', '"library"', '"libary"', 4, 'libary'],
    ['a lock of what is no setting', '"network"]', '"themes"]', 11, 'locked.1'],
    ['an address that is none', 'https://centre', 'centre', 3, 'centre'],
  ])('with %s keeps everything else', (_, what, instead, line, key) => {
    const { file, problems } = readFleet(FILE.replace(what, instead))
    expect(problems).toEqual([{ line, key, message: expect.any(String) }])
    expect(file.settings?.printerAddresses).toEqual(['ipp://10.1.2.3/ipp/print'])
    expect(file.locked).toContain('lockMinutes')
  })

  it('names the key that was perhaps meant', () => {
    const { problems } = readFleet(FILE.replace('"lockMinutes": 10', '"lokcMinutes": 10'))
    expect(problems[0]!.message).toContain('“lockMinutes”')
    const locked = readFleet(FILE.replace('"locked": ["lockMinutes"', '"locked": ["lockMinuts"'))
    expect(locked.problems[0]).toMatchObject({ key: 'locked.0', message: 'no setting, perhaps “lockMinutes”' })
  })

  it('of another version holds nothing', () => {
    const { file, problems } = readFleet(FILE.replace('"version": 1', '"version": 2'))
    expect(file).toEqual({ version: 1 })
    expect(problems[0]).toMatchObject({ line: 2, key: 'version' })
  })

  it('never gives what a desk keeps for itself', () => {
    for (const own of ['centreUrl', 'introduced', 'queueColumns', 'scanProfiles'])
      expect(SETTING_NAMES).not.toContain(own)
  })
})

describe('JSON with its lines', () => {
  it('is read as JSON is, and refused where JSON is', () => {
    for (const text of [
      '{}',
      '[1, -2.5e3, true, null, "a\\u0041\\n"]',
      '{"a": {"b": [[], {}]}}',
      '\uFEFF{"__proto__": 1}',
    ])
      expect(readJson(text).value).toEqual(JSON.parse(text.replace('\uFEFF', '')))
    for (const text of ['', '{', '[1,]', '{"a" 1}', "{'a': 1}", '01', '"\n"', 'nul', '{"a": 1,}'])
      expect(() => readJson(text), text).toThrow(JsonError)
  })
  it('knows where each value stands', () => {
    const { lineOf } = readJson('{\n "a": [\n  1,\n  {"b":\n 2}]\n}')
    expect([['a'], ['a', 0], ['a', 1], ['a', 1, 'b'], ['a', 9], ['z']].map((path) => lineOf(path))).toEqual([2, 3, 4, 5, 2, 1]) // prettier-ignore
  })
})

it('lies where only an administrator writes, and names stand for the account and the machine', () => {
  expect(machineSettingsPath('win32', { ProgramData: 'C:\\ProgramData' })).toBe(
    'C:\\ProgramData\\BALIS Desk\\settings.json',
  )
  expect(machineSettingsPath('darwin', {})).toBe('/Library/Application Support/BALIS Desk/settings.json')
  expect(machineSettingsPath('linux', {})).toBe('/etc/balis-desk/settings.json')
  expect(withNames('D:\\{user}\\{computer}', { user: 'lin', computer: 'desk-1' })).toBe('D:\\lin\\desk-1')
})
