import type { ReactNode } from 'react'
import { cx } from './cx.ts'

interface Asked {
  name: string
  title: string
  hint?: string
  children: ReactNode
  /** Under the places, where it lies over nothing that is worked with. */
  narrow?: boolean
}

/** Asks something in a corner, without taking the keyboard. */
export function Corner({ name, title, hint, children, narrow }: Asked) {
  return (
    <div
      role="status"
      data-note={name}
      className={cx(
        'fixed z-40 grid animate-rise gap-2 rounded-lg border border-line bg-panel',
        narrow ? 'bottom-9 left-2 w-[172px] p-3' : 'right-4 bottom-10 w-[340px] p-4 shadow-float',
      )}
    >
      <div className="font-semibold">{title}</div>
      {hint && <p className="line-clamp-4 text-sm break-words text-ink-2">{hint}</p>}
      <div className="flex flex-wrap justify-end gap-2">{children}</div>
    </div>
  )
}
