import { useEffect, useState } from 'react'
import { CORE_PROTOCOL } from '../../electron/contract/first.contract.ts'
import { knownOf, readAhead, useCore } from './data.ts'

const HELLO = { protocol: CORE_PROTOCOL }

const OF_HELLO = ['settings', 'desk'] as const

/** Who and where we are, with the settings; current. */
export function useHello() {
  return useCore('app.hello', HELLO, OF_HELLO)
}

/** Asks for it before anything is drawn. */
export const helloAhead = (): Promise<void> => readAhead('app.hello', HELLO, OF_HELLO)

/** As far as it is known now. */
export const helloNow = () => knownOf('app.hello', HELLO)

/** The time now, moving every `everyMs`. */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** How often a window in which nothing moves is drawn all the same, ms. */
const BEAT_MS = 15_000

/**
 * A style for an empty point that changes now and then and is not seen. The engine gives the memory of pictures it no longer
 * needs (15 MB after a list was filled or scrolled) back to the system with the next picture; where nothing moves there
 * would be none for hours.
 */
export function useBeat(): { backgroundColor: string } {
  const [clear, setClear] = useState(true)
  useEffect(() => {
    const timer = setInterval(() => setClear((old) => !old), BEAT_MS)
    return () => clearInterval(timer)
  }, [])
  return { backgroundColor: clear ? '#0000' : '#00000001' }
}

/** True while a media query fits. */
export function useMedia(query: string): boolean {
  const [fits, setFits] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const change = () => setFits(list.matches)
    change()
    list.addEventListener('change', change)
    return () => list.removeEventListener('change', change)
  }, [query])
  return fits
}

/** True where there is room for a panel beside the work. */
export function useRoomy(): boolean {
  return useMedia('(min-width: 1080px)')
}

/**
 * What was last known, while the next is being asked for: what stands on screen changes once, not to nothing and back.
 * @param patienceMs after this it is given up
 */
export function useKept<Value>(value: Value | undefined, patienceMs = Number.POSITIVE_INFINITY): Value | undefined {
  const [kept, setKept] = useState(value)
  if (value !== undefined && value !== kept) setKept(value)
  const waits = value === undefined && kept !== undefined && Number.isFinite(patienceMs)
  useEffect(() => {
    if (!waits) return
    const timer = setTimeout(() => setKept(undefined), patienceMs)
    return () => clearTimeout(timer)
  }, [waits, patienceMs])
  return value ?? kept
}
