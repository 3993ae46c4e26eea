import { Download, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Evaluation, EvaluationCriterion } from '../../../electron/contract/core.contract.ts'
import { useCore } from '../../app/data.ts'
import { saveMade } from '../../app/save.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { Note } from '../../ui/Note.tsx'
import { Card } from '../../ui/Place.tsx'
import { Select } from '../../ui/Select.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { today, yearOf } from './days.ts'
import { InputsDialog } from './InputsDialog.tsx'
import { ListsCard } from './ListsCard.tsx'
import { Simulator } from './Simulator.tsx'

export type ScorePart = 'delivery' | 'loan' | 'month'
type T = ReturnType<typeof useTranslation>['t']

/** One table of the yearly evaluation, scored from our figures; on the right what would raise it most cheaply. */
export function Score({ part }: { part: ScorePart }) {
  const { t } = useTranslation()
  const thisYear = yearOf(today())
  const [year, setYear] = useState(thisYear)
  const [editing, setEditing] = useState(false)
  const { data } = useCore('evaluation.get', { year }, ['reports'])
  const years = Array.from({ length: 6 }, (_, index) => String(thisYear - index))
  const score = data?.[part]
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_360px] max-[1279px]:grid-cols-[minmax(0,1fr)_320px]">
      <div
        className="min-h-0 overflow-y-auto px-4 py-3"
        role="region"
        aria-label={t(`numbers.part.${part}`)}
        tabIndex={0}
      >
        <div className="mb-3 flex items-center gap-2.5">
          <Select
            label={t('numbers.year')}
            hideLabel
            value={String(year)}
            options={years.map((id) => ({ id, label: t('numbers.yearOf', { year: id }) }))}
            onChange={(next) => setYear(Number(next))}
          />
          <span className="flex-1" />
          <Button icon={SlidersHorizontal} onClick={() => setEditing(true)} disabled={!data}>
            {t('score.edit')}
          </Button>
        </div>
        <div className="mb-3 grid grid-cols-3 gap-3">{data && <Totals data={data} part={part} />}</div>
        <Card className="px-3.5 py-1.5">
          <ul className="divide-y divide-line">
            {score
              ? score.criteria.map((criterion) => (
                  <Line key={criterion.id} part={part} criterion={criterion} data={data!} />
                ))
              : Array.from({ length: 8 }, (_, index) => (
                  <li key={index} className="py-3">
                    <Skeleton w="70%" />
                  </li>
                ))}
          </ul>
        </Card>
      </div>
      <aside
        className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] border-l border-line bg-panel"
        aria-label={t('score.advice')}
      >
        <div className="min-h-0 overflow-y-auto px-4 py-3" role="region" aria-label={t('score.advice')} tabIndex={0}>
          <h2 className="mb-2 text-md font-semibold">{t('score.advice')}</h2>
          {score?.advice.length === 0 && <p className="text-ink-2">{t('score.noAdvice')}</p>}
          <ol className="grid gap-2">
            {score?.advice.map((step) => (
              <li key={step.id}>
                <Card className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 px-3 py-2">
                  <b className="font-semibold">{t(`score.criterion.${step.id}`)}</b>
                  <b className="font-semibold text-ok">{t('score.gain', { gain: step.gain })}</b>
                  <span className="col-span-2 text-ink-2">{stepText(t, step.id, step.unit, step.need)}</span>
                </Card>
              </li>
            ))}
          </ol>
          {part !== 'month' && <Simulator year={year} part={part} />}
          {data && <ListsCard year={year} part={part} data={data} />}
          {part === 'delivery' && (
            <div className="mt-3">
              <Note tone="warn">{t('score.contradiction')}</Note>
            </div>
          )}
          <p className="mt-3 text-sm text-ink-2">{t('score.source')}</p>
        </div>
        <div className="grid grid-cols-2 gap-2 border-t border-line px-4 py-3">
          <Button
            kind="primary"
            className="col-span-2"
            size="big"
            icon={Download}
            onClick={() => void saveMade(() => core('evaluation.export', { year, format: 'xlsx' }))}
          >
            {t('score.evidence')}
          </Button>
          {(['docx', 'pdf'] as const).map((format) => (
            <Button
              key={format}
              title={t(`score.evidenceAs.${format}`)}
              onClick={() => void saveMade(() => core('evaluation.export', { year, format }))}
            >
              {format === 'docx' ? 'Word' : 'PDF'}
            </Button>
          ))}
        </div>
      </aside>
      {data && editing && <InputsDialog data={data} onClose={() => setEditing(false)} />}
    </div>
  )
}

function Totals({ data, part }: { data: Evaluation; part: ScorePart }) {
  const { t } = useTranslation()
  const figure = (id: string, value: string, sub: string) => (
    <Card key={id} className="px-3.5 py-2.5">
      <div className="text-sm text-ink-2">{t(`score.total.${id}`)}</div>
      <div className="text-[22px] leading-8 font-semibold tabular-nums">{value}</div>
      <div className="ell text-sm text-ink-2" title={sub}>
        {sub}
      </div>
    </Card>
  )
  const missing = data[part].criteria.filter((criterion) => !criterion.known).length
  const own = figure(
    'service',
    String(data[part].points),
    missing > 0 ? t('score.missing', { count: missing }) : t('score.of', { max: data[part].max }),
  )
  const month = part === 'delivery' ? data.deliveryMonth : data.month.points
  const total = part === 'delivery' ? data.deliveryTotal : data.loanTotal
  return [
    own,
    figure('month', String(month), t(part === 'delivery' ? 'score.table9' : 'score.table10')),
    figure('year', String(total), t(part === 'delivery' ? 'score.weights6040' : 'score.weights7030')),
  ]
}

function Line({ part, criterion, data }: { part: ScorePart; criterion: EvaluationCriterion; data: Evaluation }) {
  const { t } = useTranslation()
  const { id, points, max, next, known, disputed } = criterion
  const basis = basisOf(t, part, id, data)
  return (
    <li className="grid grid-cols-[120px_minmax(60px,1fr)_90px_minmax(0,1.6fr)] items-center gap-3 py-[7px]">
      <span>{t(`score.criterion.${id}`)}</span>
      <Meter label={t(`score.criterion.${id}`)} value={points} max={max} />
      <span className="text-right tabular-nums">
        <b className="font-semibold">{points}</b> <span className="text-ink-2">/ {max}</span>
      </span>
      <span className="min-w-0 text-ink-2">
        {known ? basis : <span className="text-amber">{t('score.notKnown')}</span>}
        {next && (
          <>
            {basis !== '' && known && ' · '}
            {stepText(t, id, next.unit, next.need)}{' '}
            <b className="font-semibold text-ok">{t('score.gain', { gain: next.gain })}</b>
          </>
        )}
        {disputed && <span className="ml-1 text-amber">{t('score.disputed')}</span>}
      </span>
    </li>
  )
}

/** What the points stand on, in our own figures. */
function basisOf(t: T, part: ScorePart, id: string, data: Evaluation): string {
  const { derived, inputs, ranks } = data
  const rank = (list: keyof typeof ranks, count: number) => {
    const place = ranks[list]
    return place ? t('score.ranked', { count, rank: place }) : t('score.counted', { count })
  }
  const percent = ({ filled, answered }: { filled: number; answered: number }) =>
    answered === 0 ? '' : `${Math.round((filled / answered) * 1000) / 10}%`
  const facts: Record<string, string> =
    part === 'delivery'
      ? {
          received: rank('deliveryReceived', derived.received),
          submitted: rank('deliverySubmitted', derived.submitted),
          users: rank('deliveryUsers', derived.users),
          time: derived.meanDays === null ? '' : t('score.mean', { days: Math.round(derived.meanDays * 100) / 100 }),
          share: percent(derived),
          conduct: t('score.breaches', { count: inputs.breaches + derived.pausesWithoutReason }),
          training: t('score.sessions', {
            sessions: derived.sessions,
            attendees: derived.attendees,
            papers: derived.papers,
          }),
        }
      : part === 'loan'
        ? {
            collection: rank('loanCollection', inputs.collection),
            lent: t('score.counted', { count: derived.lent }),
            submitted: t('score.counted', { count: derived.loansSubmitted }),
            users: rank('loanUsers', derived.loanUsers),
            training: t('score.sessions', {
              sessions: derived.sessions,
              attendees: derived.attendees,
              papers: derived.papers,
            }),
          }
        : {
            videos: rank('monthVideos', inputs.monthVideos),
            lent: rank('monthLent', derived.month.lent),
            submitted: rank('monthSubmitted', derived.month.submitted),
            users: rank('monthUsers', derived.month.users),
            share: percent(derived.month),
          }
  return facts[id] ?? ''
}

function stepText(t: T, id: string, unit: string, need: number): string {
  if (unit === 'choice') return t(`score.choice.${id}`, { defaultValue: t('score.step.choice') })
  if (unit === 'count' && id === 'training') return t('score.step.attendees', { count: need, need })
  return t(`score.step.${unit}`, { count: need, need })
}
