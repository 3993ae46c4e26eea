import { useEffect } from 'react'

/** How often it is looked whether the place still stands on the screen, ms: lists and panels come and go. */
const LOOK_MS = 400

/** Rings the first visible element that fits, as long as this is shown; theme.css draws the ring. */
export function useHighlight(selector: string): void {
  useEffect(() => {
    if (selector === '') return
    let ringed: Element | undefined
    const look = () => {
      const found = [...document.querySelectorAll(selector)].find((one) => one.getClientRects().length > 0)
      if (found === ringed) return
      ringed?.removeAttribute('data-ringed')
      found?.setAttribute('data-ringed', '')
      ringed = found
    }
    look()
    const timer = setInterval(look, LOOK_MS)
    return () => {
      clearInterval(timer)
      ringed?.removeAttribute('data-ringed')
    }
  }, [selector])
}
