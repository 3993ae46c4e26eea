import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { said } from './said.ts'

/** 文 for a copy, 书 for a loan. */
export function ServiceMark({ service }: { service: 'copy' | 'loan' }) {
  // Drawn anew with another language.
  useTranslation()
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
