/** Where a scanned code goes: to the screen that asked for codes last, else to the desk's own opener. */
import { useEffect, useRef } from 'react'

type Taker = (text: string) => void
const takers: { current: Taker }[] = []

/** Gives a scanned text to whoever takes codes now. @returns false when nobody does */
export function giveScan(text: string): boolean {
  const taker = takers.at(-1)
  taker?.current(text)
  return taker !== undefined
}

/** Takes scanned codes while this component is shown (the newest taker wins). */
export function useScan(taker: Taker, enabled = true): void {
  const latest = useRef(taker)
  latest.current = taker
  useEffect(() => {
    if (!enabled) return
    const entry = { current: (text: string) => latest.current(text) }
    takers.push(entry)
    return () => void takers.splice(takers.indexOf(entry), 1)
  }, [enabled])
}
