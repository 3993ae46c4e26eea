import { parseDate } from '@internationalized/date'
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import {
  Button as AriaButton,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Dialog,
  Heading,
  Popover,
} from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button.tsx'
import { cx } from './cx.ts'
import { Field, type FieldProps } from './Field.tsx'
import { daysLater, monthsLater, typedDay, typedMonth } from './typed-date.ts'

type Props = Pick<FieldProps, 'label' | 'hideLabel' | 'hint' | 'error' | 'disabled' | 'className' | 'autoFocus'> & {
  /** `2026-11-22` (a day) or `2026-11` (a month), '' for none. */
  value: string
  /** Told of a whole date, or of '' when the box was emptied. */
  onChange: (value: string) => void
}

const todayIso = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const thisYear = () => Number(todayIso().slice(0, 4))

interface Unit {
  read: (text: string) => string | undefined
  /** By arrow up and down, and by page up and down. */
  step: (value: string, by: number) => string
  leap: (value: string, by: number) => string
  now: () => string
  example: string
}

const DAY: Unit = {
  read: (text) => typedDay(text, thisYear()),
  step: daysLater,
  leap: monthsLater,
  now: todayIso,
  example: '2026-11-22',
}
const MONTH: Unit = {
  read: (text) => typedMonth(text, thisYear()),
  step: monthsLater,
  leap: (value, by) => monthsLater(value, by * 12),
  now: () => todayIso().slice(0, 7),
  example: '2026-11',
}

/** What is being typed, told as soon as it is whole; arrows count up and down; what is no date is said on leaving. */
function useTyped({ value, onChange, error }: Props, unit: Unit) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<string | null>(null)
  const [left, setLeft] = useState(false)
  const wrong = draft !== null && draft.trim() !== '' && unit.read(draft) === undefined
  return {
    value: draft ?? value,
    error: wrong && left ? t('ui.noDate', { example: unit.example }) : error,
    onChange(text: string) {
      setDraft(text)
      setLeft(false)
      const whole = unit.read(text)
      if (whole !== undefined) onChange(whole)
      else if (text.trim() === '') onChange('')
    },
    onBlur() {
      setLeft(true)
      if (!wrong) setDraft(null)
    },
    onKeyDown(event: KeyboardEvent) {
      const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 1, PageDown: -1 }[event.key]
      if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      setDraft(null)
      const move = event.key.startsWith('Page') ? unit.leap : unit.step
      onChange(value === '' ? unit.now() : move(value, by))
    },
    take(next: string) {
      setDraft(null)
      onChange(next)
    },
  }
}

/** A day, typed as 2026-11-22 or chosen from a calendar in the desk's own language. */
export function DateField(props: Props) {
  const { t } = useTranslation()
  const { take, ...typed } = useTyped(props, DAY)
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const { className, onChange: _told, ...rest } = props
  return (
    <div ref={box} className={cx('relative min-w-0', className)}>
      <Field {...rest} {...typed} inputMode="numeric" placeholder={DAY.example} className="pr-8 tabular-nums" />
      <IconButton
        icon={CalendarDays}
        label={t('ui.openCalendar')}
        aria-haspopup="dialog"
        aria-expanded={open}
        disabled={props.disabled}
        onClick={() => setOpen(true)}
        className={cx('absolute right-0.5 size-7', props.hideLabel ? 'top-0.5' : 'top-[calc(1.25rem+4px)]')}
      />
      <Popover
        triggerRef={box}
        isOpen={open}
        onOpenChange={setOpen}
        placement="bottom start"
        className="animate-fade rounded-lg bg-panel p-3 shadow-float outline-none"
      >
        <Dialog aria-label={t('ui.openCalendar')} className="outline-none">
          <Month
            value={props.value}
            onChange={(day) => {
              take(day)
              setOpen(false)
            }}
          />
        </Dialog>
      </Popover>
    </div>
  )
}

const ARROW = 'grid size-7 place-items-center rounded-md text-ink-2 hover:bg-hover'

function Month({ value, onChange }: { value: string; onChange: (day: string) => void }) {
  const { t } = useTranslation()
  const shown = DAY.read(value) ?? todayIso()
  return (
    <Calendar
      aria-label={t('ui.calendar')}
      autoFocus
      value={value === '' ? null : parseDate(shown)}
      defaultFocusedValue={parseDate(shown)}
      onChange={(day) => onChange(day.toString())}
    >
      <header className="mb-1.5 flex items-center">
        <AriaButton slot="previous" className={ARROW}>
          <ChevronLeft aria-hidden="true" size={16} />
        </AriaButton>
        <Heading className="flex-1 text-center font-semibold" />
        <AriaButton slot="next" className={ARROW}>
          <ChevronRight aria-hidden="true" size={16} />
        </AriaButton>
      </header>
      <CalendarGrid weekdayStyle="short">
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell className="h-6 text-sm font-normal text-ink-2">{day}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>
          {(date) => (
            <CalendarCell
              date={date}
              className="grid size-8 cursor-default place-items-center rounded-md tabular-nums outline-accent hover:bg-hover data-[focus-visible]:outline-2 data-[outside-month]:invisible data-[selected]:bg-accent data-[selected]:font-semibold data-[selected]:text-accent-ink"
            />
          )}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  )
}

/** A month, typed as 2026-11 or stepped with the arrows beside it. */
export function MonthField(props: Props) {
  const { t } = useTranslation()
  const { take, ...typed } = useTyped(props, MONTH)
  const { className, onChange: _told, ...rest } = props
  const step = (by: number) => take(props.value === '' ? MONTH.now() : monthsLater(props.value, by))
  return (
    <div className={cx('flex items-end gap-0.5', className)}>
      <IconButton icon={ChevronLeft} label={t('ui.monthBefore')} disabled={props.disabled} onClick={() => step(-1)} />
      <div className="min-w-0 flex-1">
        <Field
          {...rest}
          {...typed}
          inputMode="numeric"
          placeholder={MONTH.example}
          className="text-center tabular-nums"
        />
      </div>
      <IconButton icon={ChevronRight} label={t('ui.monthAfter')} disabled={props.disabled} onClick={() => step(1)} />
    </div>
  )
}
