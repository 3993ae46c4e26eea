import type { ReactNode } from 'react'

/** A place's head: its name, a line of figures, its own few buttons. */
export function PlaceHead({ title, sub, children }: { title: string; sub?: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex h-[46px] min-w-0 flex-none items-center gap-2.5 border-b border-line bg-panel px-3.5">
      <h1 className="flex-none text-lg font-semibold">{title}</h1>
      {sub && <div className="ell min-w-0 text-sm text-ink-3">{sub}</div>}
      <span className="flex-1" />
      {children}
    </div>
  )
}

/** A name and its value, one under the other. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <div className="lbl">{label}</div>
      <div className="break-words">{children}</div>
    </div>
  )
}

/** A sheet of paper on the desk: hairline, no shadow. */
export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={`rounded-lg border border-line bg-panel ${className ?? ''}`}>{children}</div>
}

/** Things one under the other on such a sheet, a line each. */
export function RowList({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul
      aria-label={label}
      className="divide-y divide-line rounded-lg border border-line bg-panel [&>li]:flex [&>li]:h-10 [&>li]:items-center [&>li]:gap-3 [&>li]:px-3"
    >
      {children}
    </ul>
  )
}
