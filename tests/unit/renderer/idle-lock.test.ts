/** The automatic lock: after its minutes without anybody's hands, and not before. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchIdle } from '../../../renderer/app/idleLock.ts'

const MINUTE = 60_000
/** Windows of one desk tell each other through a channel; here at once, so that nothing waits for the system. */
class Channel extends EventTarget {
  static open = new Set<Channel>()
  constructor() {
    super()
    Channel.open.add(this)
  }
  postMessage() {
    for (const other of Channel.open) if (other !== this) other.dispatchEvent(new Event('message'))
  }
  close() {
    Channel.open.delete(this)
  }
}

const ends: (() => void)[] = []
function deskWindow(minutes: number) {
  const page = new EventTarget()
  const lock = vi.fn<() => void>()
  ends.push(watchIdle(minutes, page, lock))
  return { lock, touch: (sign: string) => page.dispatchEvent(new Event(sign)) }
}
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('BroadcastChannel', Channel)
})
afterEach(() => {
  for (const end of ends.splice(0)) end()
  expect(Channel.open.size).toBe(0)
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a desk that nobody touches is locked after its minutes, and again after as many more', () => {
  const { lock } = deskWindow(5)
  vi.advanceTimersByTime(5 * MINUTE - 1)
  expect(lock).not.toHaveBeenCalled()
  vi.advanceTimersByTime(6000)
  expect(lock).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(5 * MINUTE)
  expect(lock).toHaveBeenCalledTimes(2)
})

test.each(['keydown', 'pointerdown', 'pointermove', 'wheel'])('a %s puts it off', (sign) => {
  const { lock, touch } = deskWindow(5)
  for (let n = 0; n < 4; n++) {
    vi.advanceTimersByTime(4 * MINUTE)
    touch(sign)
  }
  expect(lock).not.toHaveBeenCalled()
})

test('work in one window keeps the other open', () => {
  const [first, second] = [deskWindow(5), deskWindow(5)]
  for (let n = 0; n < 4; n++) {
    vi.advanceTimersByTime(4 * MINUTE)
    second.touch('keydown')
  }
  expect(first.lock).not.toHaveBeenCalled()
})

test('a machine that slept has been idle', () => {
  const { lock } = deskWindow(5)
  // Timers stand still meanwhile, the clock does not.
  vi.setSystemTime(Date.now() + 60 * MINUTE)
  vi.advanceTimersByTime(6000)
  expect(lock).toHaveBeenCalledTimes(1)
})

test('ended, it locks nothing any more', () => {
  const { lock } = deskWindow(5)
  ends.pop()!()
  vi.advanceTimersByTime(60 * MINUTE)
  expect(lock).not.toHaveBeenCalled()
})
