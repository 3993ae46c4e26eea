import type { ReactNode } from 'react'

/** A setting: its name and what it does on the left, the control on the right. */
export function Line({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1.5 border-b border-line pb-4 max-[860px]:grid-cols-1">
      <div className="min-w-0">
        <div className="font-medium">{title}</div>
        {hint && <div className="text-sm text-ink-2">{hint}</div>}
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  )
}
