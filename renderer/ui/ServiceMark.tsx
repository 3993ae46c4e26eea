import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'

/** 文 for a copy, 书 for a loan. */
export function ServiceMark({ service }: { service: 'copy' | 'loan' }) {
  const { t } = useTranslation()
  return (
    <span
      role="img"
      aria-label={t(`service.${service}`)}
      title={t(`service.${service}`)}
      className={cx(
        'inline-grid h-5 w-[22px] flex-none place-items-center rounded-sm text-sm font-semibold',
        service === 'loan' ? 'bg-amber-soft text-amber' : 'bg-(--mark,var(--accent-soft)) text-accent',
      )}
    >
      {t(`service.${service}Short`)}
    </span>
  )
}
