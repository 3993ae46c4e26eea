/** Files and pictures pasted from the clipboard (a screenshot, a picture out of a chat, files out of a file manager). */
import { useEffect, useRef } from 'react'

/** Calls `take` with what is pasted while this component is shown; text pasted into a field stays text. */
export function usePaste(take: (files: File[]) => void, enabled = true): void {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    if (!enabled) return
    const listen = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      latest.current(files)
    }
    window.addEventListener('paste', listen)
    return () => window.removeEventListener('paste', listen)
  }, [enabled])
}
