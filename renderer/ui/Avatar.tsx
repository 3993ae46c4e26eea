import { cx } from './cx.ts'

/** First letter of a name in a circle; hollow while a claim is not yet confirmed by the centre. */
export function Avatar({ name, hollow, title }: { name: string; hollow?: boolean; title?: string }) {
  return (
    <span
      role="img"
      aria-label={title ?? name}
      title={title ?? name}
      className={cx(
        'inline-grid size-6 flex-none place-items-center rounded-full text-2xs font-semibold text-accent',
        hollow ? 'border border-dashed border-accent-line' : 'bg-(--mark,var(--accent-soft))',
      )}
    >
      {[...name.trim()][0] ?? '·'}
    </span>
  )
}
