/** Where a scanned code goes: to the screen that asked for codes last, else to the desk's own opener. */
import { useLayoutEffect, useRef } from 'react'

type Taker = (text: string) => void
const takers: { current: Taker }[] = []

/** Gives a scanned text to whoever takes codes now. @returns false when nobody does */
export function giveScan(text: string): boolean {
  const taker = takers.at(-1)
  taker?.current(text)
  return taker !== undefined
}

/**
 * Takes scanned codes while this component is shown (the newest taker wins). It stops taking them with the very picture in
 * which it is gone: a code scanned a moment later is the next screen's, and would be lost with a dialog that was left.
 */
export function useScan(taker: Taker, enabled = true): void {
  const latest = useRef(taker)
  latest.current = taker
  useLayoutEffect(() => {
    if (!enabled) return
    const entry = { current: (text: string) => latest.current(text) }
    takers.push(entry)
    return () => void takers.splice(takers.indexOf(entry), 1)
  }, [enabled])
}
