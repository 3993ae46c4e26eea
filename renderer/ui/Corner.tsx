import type { ReactNode } from 'react'

interface Asked {
  name: string
  title: string
  hint?: string
  children: ReactNode
}

/** Asks something in a corner, without taking the keyboard. */
export function Corner({ name, title, hint, children }: Asked) {
  return (
    <div
      role="status"
      data-note={name}
      className="fixed right-4 bottom-10 z-40 grid w-[340px] animate-rise gap-2 rounded-lg border border-line bg-panel p-4 shadow-float"
    >
      <div className="font-semibold">{title}</div>
      {hint && <p className="line-clamp-4 text-sm break-words text-ink-2">{hint}</p>}
      <div className="flex justify-end gap-2">{children}</div>
    </div>
  )
}
