import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../../ui/cx.ts'

/** The first run from beginning to end: who we are, then what this desk works with. */
export const STEPS = ['enrol', 'look', 'scanner', 'printer', 'folders'] as const
export type Step = (typeof STEPS)[number]

/** How far the first run is. */
export function Steps({ at }: { at: Step }) {
  const { t } = useTranslation()
  const here = STEPS.indexOf(at)
  return (
    <ol aria-label={t('setUp.steps')} className="flex flex-wrap items-center gap-x-5 gap-y-1.5">
      {STEPS.map((step, nth) => (
        <li
          key={step}
          aria-current={nth === here ? 'step' : undefined}
          className={cx('flex items-center gap-2', nth === here ? 'font-semibold text-accent' : 'text-ink-3')}
        >
          <span
            aria-hidden="true"
            className={cx(
              'grid size-5 place-items-center rounded-full border text-sm',
              nth === here ? 'border-accent bg-accent text-accent-ink' : 'border-line-2',
            )}
          >
            {nth < here ? <Check size={12} strokeWidth={2.4} /> : nth + 1}
          </span>
          {t(`setUp.${step}.name`)}
          {nth < here && <span className="sr-only">{t('setUp.done')}</span>}
        </li>
      ))}
    </ol>
  )
}
