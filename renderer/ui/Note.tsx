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
      className={cx('flex flex-wrap items-start gap-x-2 gap-y-1 rounded-md px-2.5 py-2', TONE[tone])}
    >
      <Icon aria-hidden="true" size={16} className="mt-px flex-none" />
      {/* Beside a button the sentence keeps its width; where there is none for both, the button goes below. */}
      <div className={cx('flex-1 text-[12.5px]', action ? 'min-w-[min(15rem,calc(100%-24px))]' : 'min-w-0')}>
        {children}
      </div>
      {action && <div className="ml-auto flex flex-none">{action}</div>}
    </div>
  )
}
