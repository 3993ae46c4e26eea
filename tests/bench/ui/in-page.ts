/** What is timed inside the window's page. Each function is sent there as text, so it uses nothing from outside itself. */

/** How long nothing must change before what was asked for counts as drawn, ms. */
export const QUIET_MS = 250

/** What is done to the page: a text typed into the search field at once, or a row in view clicked. */
export type Deed = { search: string } | { open: number }

/**
 * Does one thing. @returns ms from then to the frame after the last change it brought about in the rows (search) or in the
 * panel beside them (open); what comes later for the same question (group sizes, counts) counts as well. NaN: nothing changed
 */
export function toPaint({ deed, quiet }: { deed: Deed; quiet: number }): Promise<number> {
  const place =
    'open' in deed
      ? document.querySelector('main aside')!
      : document.querySelector('main [role=grid]')!.closest('section')!
  const rows = document.querySelectorAll<HTMLElement>('main [role=grid] [aria-rowindex]')
  const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!
  return new Promise((resolve) => {
    let drawn = 0
    let timer = setTimeout(end, quiet * 4)
    const seen = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(end, quiet)
      requestAnimationFrame(() => requestAnimationFrame(() => (drawn = performance.now())))
    })
    seen.observe(place, { childList: true, subtree: true, characterData: true, attributes: true })
    const from = performance.now()
    if ('open' in deed) rows[deed.open % rows.length]!.click()
    else {
      const field = document.querySelector<HTMLInputElement>('input[data-search]')!
      put.call(field, deed.search)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    function end() {
      seen.disconnect()
      resolve(drawn === 0 ? Number.NaN : drawn - from)
    }
  })
}

/** Scrolls the queue a stretch in every frame. @returns ms between frames; a frame that is late is longer */
export function scrollFrames({ frames, step }: { frames: number; step: number }): Promise<number[]> {
  const grid = document.querySelector('main [role=grid]')!
  return new Promise((resolve) => {
    const times: number[] = []
    let before = 0
    let direction = 1
    const frame = (now: number) => {
      if (before > 0) times.push(now - before)
      before = now
      if (times.length >= frames) return resolve(times)
      if (grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1) direction = -1
      else if (grid.scrollTop <= 0) direction = 1
      grid.scrollTop += step * direction
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
}
