import { describe, expect, test } from 'vitest'
import { parseRange } from '../../../electron/main/file-response.ts'

describe('a range of a file of 100 bytes', () => {
  test.each([
    ['bytes=0-9', { from: 0, to: 9 }],
    ['bytes=90-', { from: 90, to: 99 }],
    ['bytes=90-500', { from: 90, to: 99 }],
    ['bytes=-10', { from: 90, to: 99 }],
    ['bytes=-500', { from: 0, to: 99 }],
    ['bytes=99-99', { from: 99, to: 99 }],
  ])('%s is served', (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected)
  })

  test.each(['bytes=100-', 'bytes=9-3', 'bytes=-0', 'bytes=-', 'bytes=0-1,5-6', 'items=0-1', 'bytes=a-b', ''])(
    '%j cannot be met',
    (header) => {
      expect(parseRange(header, 100)).toBeNull()
    },
  )

  test('of an empty file cannot be met', () => {
    expect(parseRange('bytes=0-', 0)).toBeNull()
    expect(parseRange('bytes=-5', 0)).toBeNull()
  })
})
