import { expect, test } from 'vitest'
import { createRestartLimit } from '../../../electron/main/restart-limit.ts'

function limited() {
  let now = 0
  const limit = createRestartLimit({ times: 3, withinMs: 60_000 }, () => now)
  return { limit, at: (ms: number) => void (now = ms) }
}

test('three restarts in a minute are made, the fourth is not', () => {
  const { limit } = limited()
  expect([1, 2, 3, 4].map(() => limit.mayRestart())).toEqual([true, true, true, false])
})

test('a program that dies once a minute is restarted for ever', () => {
  const { limit, at } = limited()
  for (let minute = 0; minute < 100; minute++) {
    at(minute * 60_000)
    expect(limit.mayRestart()).toBe(true)
  }
})

test('refused restarts do not lengthen the wait', () => {
  const { limit, at } = limited()
  for (let i = 0; i < 3; i++) limit.mayRestart()
  at(59_999)
  expect(limit.mayRestart()).toBe(false)
  at(60_000)
  expect(limit.mayRestart()).toBe(true)
})

test('asking for it by hand begins anew', () => {
  const { limit } = limited()
  for (let i = 0; i < 4; i++) limit.mayRestart()
  limit.forget()
  expect(limit.mayRestart()).toBe(true)
})
