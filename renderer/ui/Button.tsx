import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, Ref } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './Kbd.tsx'

export type ButtonKind = 'primary' | 'normal' | 'quiet' | 'danger'

const KIND: Record<ButtonKind, string> = {
  primary: 'border-accent bg-accent text-accent-ink font-semibold hover:not-disabled:bg-accent-hover',
  normal: 'border-line-2 bg-panel text-ink hover:not-disabled:bg-hover',
  quiet: 'border-transparent bg-transparent text-ink-2 hover:not-disabled:bg-hover hover:not-disabled:text-ink',
  danger: 'border-line-2 bg-panel text-seal hover:not-disabled:bg-seal-soft',
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind
  size?: 'normal' | 'big' | 'small'
  icon?: LucideIcon | undefined
  /** Chord shown on the button, e.g. `F2` or `Ctrl+Enter`. */
  kbd?: string | undefined
  ref?: Ref<HTMLButtonElement>
}

/** One look for every button; `primary` at most once on a screen. */
export function Button({
  kind = 'normal',
  size = 'normal',
  icon: Icon,
  kbd,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-keyshortcuts={kbd?.replace('Ctrl', 'Control')}
      {...rest}
      className={cx(
        'inline-flex flex-none items-center justify-center gap-[7px] rounded-md border whitespace-nowrap transition-colors duration-75',
        'disabled:cursor-default disabled:font-normal disabled:text-ink-3',
        kind !== 'quiet' && 'disabled:border-line disabled:bg-panel-2',
        size === 'big' ? 'h-10 px-[18px] text-md' : size === 'small' ? 'h-6 px-2 text-sm' : 'h-[30px] px-3',
        KIND[kind],
        className,
      )}
    >
      {Icon && <Icon aria-hidden="true" size={size === 'small' ? 13 : 15} strokeWidth={1.8} className="flex-none" />}
      {children}
      {kbd && <Kbd keys={kbd} onAccent={kind === 'primary' && !rest.disabled} />}
    </button>
  )
}

/** A square button with only an icon; the label is read aloud and shown as a tooltip. */
export function IconButton({
  icon: Icon,
  label,
  kbd,
  className,
  ...rest
}: Omit<ButtonProps, 'children' | 'size' | 'kind'> & { icon: LucideIcon; label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={kbd ? `${label}  ${kbd}` : label}
      {...rest}
      className={cx(
        'inline-grid size-[30px] flex-none place-items-center rounded-md text-ink-2 hover:not-disabled:bg-hover hover:not-disabled:text-ink disabled:text-line-2',
        className,
      )}
    >
      <Icon aria-hidden="true" size={16} strokeWidth={1.8} />
    </button>
  )
}
