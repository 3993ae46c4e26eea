import { cx } from './cx.ts'
import { said } from './said.ts'

/** 文 for a copy, 书 for a loan. Drawn with what it stands in, which hears of another language. */
export function ServiceMark({ service }: { service: 'copy' | 'loan' }) {
  return (
    <span
      role="img"
      aria-label={said(`service.${service}`)}
      title={said(`service.${service}`)}
      className={cx(
        'inline-grid h-5 w-[22px] flex-none place-items-center rounded-sm text-sm font-semibold',
        service === 'loan' ? 'bg-amber-soft text-amber' : 'bg-(--mark,var(--accent-soft)) text-accent',
      )}
    >
      {said(`service.${service}Short`)}
    </span>
  )
}
