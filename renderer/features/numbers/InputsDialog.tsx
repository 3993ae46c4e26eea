import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Evaluation, EvaluationInputs, RankingList } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Check } from '../../ui/Check.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { dayOfIso, isoOf } from './days.ts'

const CHECKS = ['computer', 'scanner', 'printer', 'fax', 'guidance', 'loanTrained', 'selfService'] as const
const CHOICES = {
  deliveryStaffing: ['dedicated', 'part_time', 'none'],
  loanStaffing: ['dedicated', 'part_time', 'none'],
  summary: ['active', 'cooperative', 'weak', 'none'],
  loanGuidance: ['clear', 'fairly', 'weak', 'none'],
  cooperation: ['active', 'cooperative', 'weak', 'none'],
  satisfaction: ['', 'satisfied', 'fairly', 'neutral', 'little', 'complaint'],
  monthSummary: ['complete', 'good', 'none'],
} as const
const NUMBERS = [
  'breaches',
  'collection',
  'monthVideos',
  'monthRegistrations',
  'monthRequests',
  'monthWechat',
  'monthReport',
] as const
const RANKS: readonly RankingList[] = [
  'deliveryReceived',
  'deliverySubmitted',
  'deliveryUsers',
  'loanCollection',
  'loanUsers',
  'monthVideos',
  'monthLent',
  'monthSubmitted',
  'monthUsers',
]
const READINGS = {
  sharedEdge: ['higher', 'lower'],
  receivedTail: ['wording', 'ladder'],
  shareRounding: ['floor', 'nearest'],
  shareBelowTen: ['0', '0.5'],
  delay: ['whole', 'begun', 'proportion'],
  printerAndFax: ['both', 'either'],
  volumeMax: ['parts', 'stated'],
} as const

/** What no row of the centre tells: machines, posts, the questionnaire, ranks typed by hand, and how unclear rules are read. */
export function InputsDialog({ data, onClose }: { data: Evaluation; onClose: () => void }) {
  const { t } = useTranslation()
  const [inputs, setInputs] = useState<EvaluationInputs>(data.inputs)
  const change = (some: Partial<EvaluationInputs>) => setInputs((now) => ({ ...now, ...some }))
  const number = (text: string) => Math.max(0, Math.min(100_000_000, Number(text.replace(/\D/g, '')) || 0))
  /** A list that was imported tells the rank, unless it ends before us. */
  const listed = (list: RankingList) => data.lists.some((one) => one.list === list && one.reaches)
  async function save(): Promise<void> {
    const done = await attempt(() => core('evaluation.set', { year: data.year, inputs }))
    if (done) onClose()
  }
  const heading = (id: string) => (
    <h3 className="col-span-full mt-2 border-b border-line pb-1 font-semibold">{t(`score.group.${id}`)}</h3>
  )
  return (
    <Dialog
      title={t('score.editTitle', { year: data.year })}
      open
      onClose={onClose}
      onSubmit={() => void save()}
      width="wide"
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" onClick={() => void save()}>
            {t('score.save')}
          </Button>
        </>
      }
    >
      <div
        className="grid max-h-[64vh] grid-cols-2 gap-x-4 gap-y-2.5 overflow-y-auto pr-1"
        tabIndex={0}
        role="region"
        aria-label={t('score.edit')}
      >
        {heading('capability')}
        {CHECKS.map((key) => (
          <Check key={key} on={inputs[key]} onChange={(on) => change({ [key]: on })}>
            {t(`score.input.${key}`)}
          </Check>
        ))}
        {(Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((key) => (
          <Select
            key={key}
            label={t(`score.input.${key}`)}
            value={String(inputs[key] ?? '')}
            options={CHOICES[key].map((id) => ({
              id: id as string,
              label: id === '' ? t('numbers.unknown') : t(`score.word.${id}`),
            }))}
            onChange={(next: string) => change({ [key]: next === '' ? null : next })}
          />
        ))}
        {heading('figures')}
        {NUMBERS.map((key) => (
          <Field
            key={key}
            label={t(`score.input.${key}`)}
            inputMode="numeric"
            value={String(inputs[key])}
            onChange={(text) =>
              change({
                [key]: key.startsWith('month') && key !== 'monthVideos' ? Math.min(100, number(text)) : number(text),
              })
            }
          />
        ))}
        <DateField
          label={t('score.input.monthFrom')}
          value={inputs.monthFrom === null ? '' : isoOf(inputs.monthFrom)}
          onChange={(text) => change({ monthFrom: dayOfIso(text) ?? null })}
        />
        <DateField
          label={t('score.input.monthTo')}
          value={inputs.monthTo === null ? '' : isoOf(inputs.monthTo)}
          onChange={(text) => change({ monthTo: dayOfIso(text) ?? null })}
        />
        {heading('ranks')}
        {RANKS.map((list) => (
          <Field
            key={list}
            label={t(`score.list.${list}`)}
            inputMode="numeric"
            disabled={listed(list)}
            {...(listed(list) ? { hint: t('score.fromList') } : {})}
            value={String((listed(list) ? data.ranks[list] : inputs.ranks[list]) ?? '')}
            onChange={(text) => change({ ranks: { ...inputs.ranks, [list]: Math.min(2000, number(text)) || null } })}
          />
        ))}
        {heading('readings')}
        {(Object.keys(READINGS) as (keyof typeof READINGS)[]).map((key) => (
          <Select
            key={key}
            label={t(`score.reading.${key}`)}
            value={String(inputs.readings[key])}
            options={READINGS[key].map((id) => ({
              id: id as string,
              label: t(`score.readingOf.${id.replace('.', '')}`),
            }))}
            onChange={(next: string) =>
              change({
                readings: {
                  ...inputs.readings,
                  [key]: key === 'shareBelowTen' ? Number(next) : next,
                } as EvaluationInputs['readings'],
              })
            }
          />
        ))}
      </div>
    </Dialog>
  )
}
