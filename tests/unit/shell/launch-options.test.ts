import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readLaunchOptions } from '../../../electron/main/launch-options.ts'

describe('what is said at the start', () => {
  test('the command line goes before the environment', () => {
    const options = readLaunchOptions(['electron', '.', '--data', 'here'], { BALIS_DESK_DATA: '/there' })
    expect(options.dataDir).toBe(resolve('here'))
    expect(readLaunchOptions([], { BALIS_DESK_DATA: '/there' }).dataDir).toBe(resolve('/there'))
  })

  test('both ways to write a value are understood', () => {
    expect(readLaunchOptions(['--language=en'], {}).language).toBe('en')
    expect(readLaunchOptions(['--language', 'en'], {}).language).toBe('en')
  })

  test('a centre of one’s own means no rehearsal, unless it is asked for', () => {
    const centre = ['--centre', 'https://centre.example']
    expect(readLaunchOptions(centre, {})).toMatchObject({ centreUrl: 'https://centre.example', rehearsal: false })
    expect(readLaunchOptions([...centre, '--rehearsal'], {}).rehearsal).toBe(true)
  })

  test('with nothing said, what the desk remembers decides', () => {
    expect(readLaunchOptions([], {})).toEqual({
      dataDir: undefined,
      centreUrl: undefined,
      rehearsal: undefined,
      language: undefined,
    })
  })
})
