import { useEffect } from 'react'
import { core } from '../host.ts'

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
const LOOK_MS = 5000

/** Locks the desk when nobody has touched any of its windows for so many minutes; 0 = never. */
export function useIdleLock(minutes: number): void {
  useEffect(() => {
    if (minutes <= 0) return
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
    for (const sign of SIGNS) window.addEventListener(sign, touched, { passive: true, capture: true })
    // By the clock, not by counting ticks: a machine that slept has been idle.
    const looking = setInterval(() => {
      if (Date.now() - last < minutes * 60_000) return
      last = Date.now()
      // Core is away or already locked: the next look tries again.
      core('desk.lock', {}).catch(() => {})
    }, LOOK_MS)
    return () => {
      clearInterval(looking)
      windows.close()
      for (const sign of SIGNS) window.removeEventListener(sign, touched, { capture: true })
    }
  }, [minutes])
}
