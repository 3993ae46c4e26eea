import { useTranslation } from 'react-i18next'
import { go, useRoute } from '../../app/routes.ts'
import { PlaceHead } from '../../ui/Place.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Overview } from './Overview.tsx'
import { Pause } from './Pause.tsx'
import { Score } from './Score.tsx'

const PARTS = ['overview', 'delivery', 'loan', 'month', 'pause'] as const
type Part = (typeof PARTS)[number]

/** 统计与评估: what was done, what the consortium's yearly evaluation makes of it, and what would raise it. */
export function NumbersPlace() {
  const { t } = useTranslation()
  const asked = useRoute((route) => route.part.numbers)
  const part: Part = PARTS.find((one) => one === asked) ?? 'overview'
  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]" aria-label={t('place.numbers')}>
      <PlaceHead title={t('place.numbers')}>
        <Segments
          label={t('numbers.show')}
          value={part}
          options={PARTS.map((id) => ({ id, label: t(`numbers.part.${id}`) }))}
          onChange={(next) => go('numbers', undefined, next)}
        />
      </PlaceHead>
      {part === 'overview' ? <Overview /> : part === 'pause' ? <Pause /> : <Score key={part} part={part} />}
    </section>
  )
}
