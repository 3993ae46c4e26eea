import { Check, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type NoteTone = 'plain' | 'ok' | 'warn' | 'bad'
const TONE: Record<NoteTone, string> = {
  plain: 'bg-accent-soft text-accent',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-amber-soft text-amber',
  bad: 'bg-seal-soft text-seal',
}
const ICON = { plain: Info, ok: Check, warn: TriangleAlert, bad: TriangleAlert }

/** A sentence that says how things stand and what to do. */
export function Note({ tone, children, action }: { tone: NoteTone; children: ReactNode; action?: ReactNode }) {
  const Icon = ICON[tone]
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cx('flex items-start gap-2 rounded-md px-2.5 py-2', TONE[tone])}
    >
      <Icon aria-hidden="true" size={16} className="mt-px flex-none" />
      <div className="min-w-0 flex-1 text-[12.5px]">{children}</div>
      {action}
    </div>
  )
}
