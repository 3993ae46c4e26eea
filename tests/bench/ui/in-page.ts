/** What is timed inside the window's page. Each function is sent there as text, so it uses nothing from outside itself. */

/** How long nothing must change before what was asked for counts as drawn, ms. */
export const QUIET_MS = 250

/**
 * Types a text into the search field at once. @returns ms from the key to the frame after the last change of the rows: what
 * comes later for the same question (group sizes, counts) counts as well
 */
export function searchToPaint({ text, quiet }: { text: string; quiet: number }): Promise<number> {
  const field = document.querySelector<HTMLInputElement>('input[data-search]')!
  const place = document.querySelector('main')!
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
    put.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    function end() {
      seen.disconnect()
      resolve(drawn === 0 ? Number.NaN : drawn - from)
    }
  })
}

/** Clicks a row that is in view. @returns ms from the click to the frame in which the panel beside it stands */
export function openToPaint({ nth, quiet }: { nth: number; quiet: number }): Promise<number> {
  const rows = document.querySelectorAll<HTMLElement>('main [role=grid] [aria-rowindex]')
  const row = rows[nth % rows.length]!
  const panel = document.querySelector('main aside')!
  return new Promise((resolve) => {
    let drawn = 0
    let timer = setTimeout(end, quiet * 4)
    const seen = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(end, quiet)
      requestAnimationFrame(() => requestAnimationFrame(() => (drawn = performance.now())))
    })
    seen.observe(panel, { childList: true, subtree: true, characterData: true })
    const from = performance.now()
    row.click()
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
