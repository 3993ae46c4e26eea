import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClockRules, HouseRules } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { useHello } from '../../app/hooks.ts'
import { core } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Check } from '../../ui/Check.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { Select } from '../../ui/Select.tsx'
import { today, yearOf } from '../numbers/days.ts'
import { Line } from './Line.tsx'
import { MonthlyReport } from './MonthlyReport.tsx'

const DAYS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30]
/** Shares of a book as librarians name them: one part in so many. */
const PARTS = [1, 2, 3, 4, 5, 10]
const ARTICLES = [1, 2, 3, 4, 5, 6, 8, 10]

/** The house's own rules: the clock, the copyright limits, the report of each month. */
export function RuleSettings() {
  const { t } = useTranslation()
  const { data: rules, reload } = useCore('rules.get', {}, ['settings'])
  const may = useHello().data?.me?.role === 'supervisor'
  if (!rules) return null
  const set = async (change: Partial<HouseRules>) => {
    if (await attempt(() => core('rules.set', change))) reload()
  }
  const setClock = (change: Partial<ClockRules>) => void set({ clock: { ...rules.clock, ...change } })
  const { copyright } = rules
  return (
    <>
      <p className="text-ink-2">{t('rules.hint')}</p>
      {!may && <Note tone="plain">{t('rules.supervisor')}</Note>}
      <TimeLimits clock={rules.clock} may={may} onChange={setClock} />
      <Closed clock={rules.clock} may={may} onChange={setClock} />
      <Calendar clock={rules.clock} may={may} onChange={setClock} />
      <section className="grid gap-3" aria-label={t('rules.copyright')}>
        <div className="font-medium">{t('rules.copyright')}</div>
        <div className="grid grid-cols-2 gap-4">
          <Select
            label={t('rules.bookShare')}
            disabled={!may}
            value={String(nearest(PARTS, 1 / copyright.bookShare))}
            options={PARTS.map((n) => ({ id: String(n), label: t(n === 1 ? 'rules.wholeBook' : 'rules.part', { n }) }))}
            onChange={(n) => void set({ copyright: { ...copyright, bookShare: 1 / Number(n) } })}
          />
          <Select
            label={t('rules.issueArticles')}
            disabled={!may}
            value={String(nearest(ARTICLES, copyright.issueArticles - 1))}
            options={ARTICLES.map((n) => ({ id: String(n), label: t('rules.articles', { count: n }) }))}
            onChange={(n) => void set({ copyright: { ...copyright, issueArticles: Number(n) + 1 } })}
          />
        </div>
        <p className="text-sm text-ink-2">{t('rules.copyrightHint')}</p>
      </section>
      <MonthlyReport />
    </>
  )
}

interface PartProps {
  clock: ClockRules
  may: boolean
  onChange: (change: Partial<ClockRules>) => void
}

/** Working days by service and urgency, and whether a pause stops them. */
function TimeLimits({ clock, may, onChange }: PartProps) {
  const { t } = useTranslation()
  const choice = (urgency: 'days' | 'urgentDays', service: 'copy' | 'loan') => (
    <Select
      key={`${urgency}${service}`}
      label={t(`rules.${urgency}`, { service: t(`service.${service}`) })}
      disabled={!may}
      value={String(nearest(DAYS, clock[urgency][service]))}
      options={DAYS.map((n) => ({
        id: String(n),
        label: n === 0 ? t('rules.sameDay') : t('rules.workingDays', { count: n }),
      }))}
      onChange={(n) => onChange({ [urgency]: { ...clock[urgency], [service]: Number(n) } })}
    />
  )
  return (
    <section className="grid gap-3" aria-label={t('rules.clock')}>
      <div>
        <div className="font-medium">{t('rules.clock')}</div>
        <div className="text-sm text-ink-2">{t('rules.clockHint')}</div>
      </div>
      <div className="grid grid-cols-2 gap-x-4 gap-y-2.5">
        {choice('days', 'copy')}
        {choice('urgentDays', 'copy')}
        {choice('days', 'loan')}
        {choice('urgentDays', 'loan')}
      </div>
      <Line title={t('rules.pauseStops')} hint={t('rules.pauseStopsHint')}>
        <Check
          on={clock.pauseStops}
          disabled={!may}
          onChange={(pauseStops) => onChange({ pauseStops })}
          label={t('rules.pauseStops')}
        />
      </Line>
    </section>
  )
}

/** Days on which the house is closed beside the public holidays. */
function Closed({ clock, may, onChange }: PartProps) {
  const { t } = useTranslation()
  const [span, setSpan] = useState({ from: '', to: '', name: '' })
  const last = span.to || span.from
  const ready = may && span.from !== '' && last >= span.from
  const add = () => {
    onChange({
      closed: [...clock.closed, { ...span, to: last, name: span.name.trim() }].toSorted((a, b) =>
        a.from < b.from ? -1 : 1,
      ),
    })
    setSpan({ from: '', to: '', name: '' })
  }
  return (
    <section className="grid gap-2.5" aria-label={t('rules.closed')}>
      <div>
        <div className="font-medium">{t('rules.closed')}</div>
        <div className="text-sm text-ink-2">{t('rules.closedHint')}</div>
      </div>
      <ul className="grid gap-1">
        {clock.closed.map((one, index) => (
          <li key={`${one.from} ${index}`} className="flex min-h-8 items-center gap-3 border-b border-line">
            <span className="tabular-nums">{one.from === one.to ? one.from : `${one.from} – ${one.to}`}</span>
            <span className="ell flex-1 text-ink-2">{one.name}</span>
            <IconButton
              icon={X}
              label={t('ui.removeThis', { name: one.name || one.from })}
              disabled={!may}
              onClick={() => onChange({ closed: clock.closed.filter((_, at) => at !== index) })}
            />
          </li>
        ))}
      </ul>
      {may && (
        <div className="grid grid-cols-[1fr_1fr_1.4fr_auto] items-end gap-3">
          <DateField label={t('rules.from')} value={span.from} onChange={(from) => setSpan({ ...span, from })} />
          <DateField label={t('rules.to')} value={span.to} onChange={(to) => setSpan({ ...span, to })} />
          <Field
            label={t('rules.name')}
            value={span.name}
            maxLength={60}
            placeholder={t('rules.nameHint')}
            onChange={(name) => setSpan({ ...span, name })}
          />
          <Button disabled={!ready} onClick={add} data-action="addClosed">
            {t('ui.add')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** Calendars newer than this program: make-up days, and up to which year the holidays are known. */
function Calendar({ clock, may, onChange }: PartProps) {
  const { t } = useTranslation()
  const [day, setDay] = useState('')
  const thisYear = yearOf(today())
  const years = [clock.knownThrough, ...Array.from({ length: 3 }, (_, index) => thisYear + index)]
  return (
    <section className="grid gap-2.5" aria-label={t('rules.calendar')}>
      <div>
        <div className="font-medium">{t('rules.calendar')}</div>
        <div className="text-sm text-ink-2">{t('rules.calendarHint')}</div>
      </div>
      <ul className="flex flex-wrap gap-1.5">
        {clock.workdays.map((one) => (
          <li key={one} className="flex items-center rounded-xl border border-line-2 pl-2.5 text-sm tabular-nums">
            {one}
            <IconButton
              icon={X}
              label={t('ui.removeThis', { name: one })}
              disabled={!may}
              onClick={() => onChange({ workdays: clock.workdays.filter((other) => other !== one) })}
              className="size-6"
            />
          </li>
        ))}
      </ul>
      <div className="grid grid-cols-[1fr_auto_1.4fr] items-end gap-3">
        <DateField label={t('rules.workday')} value={day} disabled={!may} onChange={setDay} />
        <Button
          disabled={!may || day === ''}
          onClick={() => {
            onChange({ workdays: [...new Set([...clock.workdays, day])].toSorted() })
            setDay('')
          }}
        >
          {t('ui.add')}
        </Button>
        <Select
          label={t('rules.knownThrough')}
          disabled={!may}
          value={String(clock.knownThrough)}
          options={[...new Set(years)]
            .toSorted()
            .map((year) => ({ id: String(year), label: t('rules.throughYear', { year }) }))}
          onChange={(year) => onChange({ knownThrough: Number(year) })}
        />
      </div>
    </section>
  )
}

/** The offered value next to one that was set elsewhere. */
const nearest = (offered: readonly number[], value: number): number =>
  offered.reduce((best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best))
