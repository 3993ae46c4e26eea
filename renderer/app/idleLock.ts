import { useEffect } from 'react'
import { core } from '../host.ts'

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
const LOOK_MS = 5000

/**
 * Calls `lock` when nobody has touched any of the desk's windows for so many minutes.
 * @param page where somebody's hands are seen
 * @returns how to end it
 */
export function watchIdle(minutes: number, page: EventTarget, lock: () => void): () => void {
  let last = Date.now()
  let told = 0
  const windows = new BroadcastChannel('touched')
  windows.addEventListener('message', () => void (last = Date.now()))
  const touched = () => {
    last = Date.now()
    if (last - told < LOOK_MS) return
    told = last
    windows.postMessage(null)
  }
  for (const sign of SIGNS) page.addEventListener(sign, touched, { passive: true, capture: true })
  // By the clock, not by counting ticks: a machine that slept has been idle.
  const looking = setInterval(() => {
    if (Date.now() - last < minutes * 60_000) return
    last = Date.now()
    lock()
  }, LOOK_MS)
  return () => {
    clearInterval(looking)
    windows.close()
    for (const sign of SIGNS) page.removeEventListener(sign, touched, { capture: true })
  }
}

/** Locks the desk when nobody has touched any of its windows for so many minutes; 0 = never. */
export function useIdleLock(minutes: number): void {
  useEffect(() => {
    if (minutes <= 0) return
    // Core is away or already locked: the next look tries again.
    return watchIdle(minutes, window, () => void core('desk.lock', {}).catch(() => {}))
  }, [minutes])
}
