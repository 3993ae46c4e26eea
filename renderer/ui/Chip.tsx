import type { ReactNode } from 'react'
import { cx } from './cx.ts'

const BASE = 'inline-flex h-6 flex-none items-center gap-[5px] rounded-xl border px-[9px] text-sm whitespace-nowrap'
const ON = 'border-accent-line bg-accent-soft text-accent'
const OFF = 'border-line-2 bg-panel text-ink-2'

/** A switch in the shape of a pill: a filter, a template, a choice among few. */
export function Chip({
  on,
  onChange,
  children,
  disabled,
  title,
}: {
  on: boolean
  onChange: (on: boolean) => void
  children: ReactNode
  disabled?: boolean
  title?: string
}) {
  return (
    <button
      type="button"
      aria-pressed={on}
      disabled={disabled}
      title={title}
      onClick={() => onChange(!on)}
      className={cx(BASE, on ? ON : OFF, !on && 'hover:not-disabled:bg-hover', 'disabled:text-ink-3')}
    >
      {children}
    </button>
  )
}

export type TagTone = 'plain' | 'accent' | 'amber' | 'seal' | 'ok'
const TONE: Record<TagTone, string> = {
  plain: OFF,
  accent: ON,
  amber: 'border-amber-line bg-amber-soft text-amber',
  seal: 'border-seal-line bg-seal-soft text-seal',
  ok: 'border-ok-line bg-ok-soft text-ok',
}

/** The same pill without a function: a state in one word. */
export function Tag({ tone = 'plain', children }: { tone?: TagTone; children: ReactNode }) {
  return <span className={cx(BASE, TONE[tone])}>{children}</span>
}
