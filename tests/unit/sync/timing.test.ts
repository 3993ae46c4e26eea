/** When the desk calls: by itself each minute, soon after work, later and later while nobody answers. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DEBOUNCE_MS, POLL_MS, Timing } from '../../../electron/core/sync/timing.ts'

let runs = 0
let timing: Timing
beforeEach(() => {
  vi.useFakeTimers()
  runs = 0
  timing = new Timing(
    () => runs++,
    () => 0.5,
  )
  timing.start()
  vi.advanceTimersByTime(0)
  expect(runs).toBe(1)
})
afterEach(() => {
  timing.stop()
  vi.useRealTimers()
})

test('without any hint the feed is looked at once a minute', () => {
  timing.succeeded()
  vi.advanceTimersByTime(POLL_MS - 1)
  expect(runs).toBe(1)
  vi.advanceTimersByTime(1)
  expect(runs).toBe(2)
})

test('a burst of actions makes one cycle, a fifth of a second later', () => {
  timing.succeeded()
  for (let i = 0; i < 50; i++) timing.nudge()
  vi.advanceTimersByTime(DEBOUNCE_MS)
  expect(runs).toBe(2)
  vi.advanceTimersByTime(DEBOUNCE_MS)
  expect(runs).toBe(2)
})

test('a hold that ends before the next look is not made to wait for it', () => {
  timing.succeeded(8000)
  vi.advanceTimersByTime(8000)
  expect(runs).toBe(2)
})

test('the centre that asks to come later is not called before, however short the own waiting would be', () => {
  timing.failed(90_000)
  timing.nudge()
  vi.advanceTimersByTime(89_999)
  expect(runs).toBe(1)
  vi.advanceTimersByTime(1)
  expect(runs).toBe(2)
})

test('a person who asks, and a network that comes back, do not wait', () => {
  for (let i = 0; i < 12; i++) timing.failed(300_000)
  timing.goodMoment()
  vi.advanceTimersByTime(0)
  expect(runs).toBe(2)
})

test('nothing runs any more after the end', () => {
  timing.nudge()
  timing.stop()
  vi.advanceTimersByTime(POLL_MS * 10)
  timing.nudge()
  vi.advanceTimersByTime(POLL_MS * 10)
  expect(runs).toBe(1)
})
