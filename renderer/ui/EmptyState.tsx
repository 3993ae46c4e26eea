import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** Nothing here: says what would be here and the one next step. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: LucideIcon
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="grid h-full place-content-center justify-items-center gap-2.5 p-8 text-center">
      <span className="mb-1 grid size-14 place-items-center rounded-full border border-line-2 text-ink-3">
        <Icon aria-hidden="true" size={24} strokeWidth={1.4} />
      </span>
      <div className="text-md font-semibold">{title}</div>
      {children && <div className="max-w-[44ch] text-balance text-ink-2">{children}</div>}
      {action && <div className="mt-1.5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
