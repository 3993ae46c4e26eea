import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvaluationMore } from '../../../electron/contract/core.contract.ts'
import { useCore } from '../../app/data.ts'
import { Field } from '../../ui/Field.tsx'
import { Card } from '../../ui/Place.tsx'

const FIELDS = {
  delivery: ['received', 'submitted', 'sessions', 'attendees'],
  loan: ['lent', 'loansSubmitted', 'sessions', 'attendees'],
} as const satisfies Record<string, readonly (keyof EvaluationMore)[]>
const ONE_MORE: EvaluationMore = { received: 1, submitted: 1, lent: 1, loansSubmitted: 1, sessions: 1, attendees: 30 }
const NOTHING: EvaluationMore = { received: 0, submitted: 0, lent: 0, loansSubmitted: 0, sessions: 0, attendees: 0 }

/** What one more of each would add alone, and what chosen amounts would add together. */
export function Simulator({ year, part }: { year: number; part: keyof typeof FIELDS }) {
  const { t } = useTranslation()
  const [more, setMore] = useState<EvaluationMore>(NOTHING)
  const { data } = useCore('evaluation.simulate', { year, more }, ['reports'])
  const total = part === 'delivery' ? 'deliveryTotal' : 'loanTotal'
  return (
    <section className="mt-4" aria-label={t('score.simulate')}>
      <h2 className="mb-1 text-md font-semibold">{t('score.simulate')}</h2>
      <ul className="mb-2 grid gap-0.5">
        {FIELDS[part]
          .filter((field) => field !== 'attendees')
          .map((field) => (
            <OneMore key={field} year={year} part={part} field={field} />
          ))}
      </ul>
      <div className="grid grid-cols-2 gap-x-3 gap-y-2">
        {FIELDS[part].map((field) => (
          <Field
            key={field}
            label={t(`score.more.${field}`)}
            inputMode="numeric"
            value={String(more[field])}
            onChange={(text) =>
              setMore({ ...more, [field]: Math.min(1_000_000, Number(text.replace(/\D/g, '')) || 0) })
            }
          />
        ))}
      </div>
      {data && (
        <Card className="mt-2 flex items-baseline gap-2 px-3 py-2">
          <span className="flex-1">{t('score.thisPart')}</span>
          <b className="font-semibold tabular-nums">
            {data.now[part]} → {data.then[part]}
          </b>
          <span className="text-sm text-ink-2 tabular-nums">
            {t('score.yearTotal', { now: data.now[total], then: data.then[total] })}
          </span>
        </Card>
      )}
    </section>
  )
}

/** "One more request: +0.5", or that it alone changes nothing. */
function OneMore({ year, part, field }: { year: number; part: keyof typeof FIELDS; field: keyof EvaluationMore }) {
  const { t } = useTranslation()
  const attendees = field === 'sessions' ? ONE_MORE.attendees : 0
  const { data } = useCore('evaluation.simulate', { year, more: { ...NOTHING, [field]: 1, attendees } }, ['reports'])
  if (!data) return null
  const gain = Math.round((data.then[part] - data.now[part]) * 10) / 10
  return (
    <li className="flex items-baseline gap-2">
      <span className="flex-1 text-ink-2">{t(`score.oneMore.${field}`, { count: attendees })}</span>
      <span className={gain > 0 ? 'font-semibold text-ok tabular-nums' : 'text-ink-2'}>
        {gain > 0 ? t('score.gain', { gain }) : t('score.noGain')}
      </span>
    </li>
  )
}
