import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DueMove } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { isoDay, moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { toast } from '../../app/toasts.ts'
import { core } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Check } from '../../ui/Check.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { LibraryPicker } from '../request/LibraryPicker.tsx'

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)
const dayOrNull = (text: string) => (isDay(text) ? text : null)

/** Return dates: many loans moved at once for a vacation, and the rules for what is lent from now on. */
export function DueDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [part, setPart] = useState<'move' | 'rules' | 'past'>('move')
  const parts = {
    move: <Move onClose={onClose} />,
    rules: <Rules />,
    past: <Past />,
  }
  return (
    <Dialog title={t('due.title')} open onClose={onClose} width="wide">
      <div>
        <Segments
          label={t('due.title')}
          value={part}
          options={(['move', 'rules', 'past'] as const).map((id) => ({ id, label: t(`due.part.${id}`) }))}
          onChange={setPart}
        />
      </div>
      {parts[part]}
    </Dialog>
  )
}

/** Libraries as chips, with a picker for one more. */
function Libraries({ value, onChange }: { value: readonly string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation()
  const names = new Map((useCore('libraries.list', {}, ['desk']).data ?? []).map((one) => [one.id, one.name]))
  return (
    <div className="grid gap-1.5">
      <div className="lbl">{t('due.except')}</div>
      <ul className="flex flex-wrap gap-1.5">
        {value.map((id) => (
          <li key={id} className="flex items-center rounded-xl border border-line-2 pl-2.5 text-sm">
            {names.get(id) ?? id}
            <IconButton
              icon={X}
              label={t('due.noException', { name: names.get(id) ?? id })}
              onClick={() => onChange(value.filter((one) => one !== id))}
              className="size-6"
            />
          </li>
        ))}
      </ul>
      <LibraryPicker value={null} onChange={(id) => id && onChange([...new Set([...value, id])])} required />
    </div>
  )
}

function Move({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [lentFrom, setLentFrom] = useState('')
  const [dueFrom, setDueFrom] = useState('')
  const [dueTo, setDueTo] = useState('')
  const [due, setDue] = useState('')
  const [reason, setReason] = useState('')
  const [except, setExcept] = useState<string[]>([])
  const chosen = lentFrom !== '' || dueFrom !== '' || dueTo !== ''
  const move: DueMove | null =
    isDay(due) && chosen
      ? { lentFrom: dayOrNull(lentFrom), dueFrom: dayOrNull(dueFrom), dueTo: dayOrNull(dueTo), due, except }
      : null
  const preview = useCore('due.preview', move, ['queue']).data
  const apply = async () => {
    if (!move || !reason.trim()) return
    const done = await attempt(() => core('due.apply', { move, reason: reason.trim() }))
    if (!done) return
    const undo = () => void attempt(() => core('due.undo', { batchId: done.batchId }))
    toast({ tone: 'ok', text: () => t('due.moved', { count: done.moved }), undo, ms: 12_000 })
    onClose()
  }
  return (
    <>
      <div className="grid grid-cols-4 gap-3">
        <DateField label={t('due.lentFrom')} value={lentFrom} onChange={setLentFrom} />
        <DateField label={t('due.dueFrom')} value={dueFrom} onChange={setDueFrom} />
        <DateField label={t('due.dueTo')} value={dueTo} onChange={setDueTo} />
        <DateField label={t('due.newDue')} value={due} onChange={setDue} />
      </div>
      <Libraries value={except} onChange={setExcept} />
      <Field
        label={t('due.reason')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        placeholder={t('due.reasonHint')}
      />
      {preview && (
        <section className="grid gap-1.5" data-preview={preview.moves.length}>
          <b className="font-semibold">{t('due.affected', { count: preview.moves.length })}</b>
          {preview.excepted.map((one) => (
            <span key={one.partner} className="text-ink-2">
              {t('due.excepted', { name: one.partnerName, count: one.loans })}
            </span>
          ))}
          <ul className="max-h-52 divide-y divide-line overflow-auto border-y border-line">
            {preview.moves.slice(0, 200).map((one) => (
              <li key={one.requestId} className="flex h-8 items-center gap-3">
                <span className="ell flex-1">{one.title}</span>
                <span className="ell w-40 text-ink-2">{one.partnerName}</span>
                <span>
                  {isoDay(one.was)} → {isoDay(one.becomes)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="flex justify-end">
        <Button
          kind="primary"
          size="big"
          disabled={!preview?.moves.length || !reason.trim()}
          onClick={() => void apply()}
          data-action="moveDue"
        >
          {t('due.apply', { count: preview?.moves.length ?? 0 })}
        </Button>
      </div>
    </>
  )
}

function Rules() {
  const { t } = useTranslation()
  const { data: rules, reload } = useCore('due.rules', {}, ['courier'])
  const libraries = useCore('libraries.list', {}, ['desk']).data ?? []
  const [library, setLibrary] = useState<string | null>(null)
  const [days, setDays] = useState('30')
  const [vacation, setVacation] = useState({ from: '', to: '', due: '', name: '' })
  const [except, setExcept] = useState<string[]>([])
  if (!rules) return null
  const save = async (change: Partial<typeof rules>) => {
    await attempt(() => core('due.setRules', { ...rules, ...change }))
    reload()
  }
  const n = Number.parseInt(days, 10)
  const vacationReady = isDay(vacation.from) && isDay(vacation.to) && isDay(vacation.due) && vacation.name.trim() !== ''
  const addVacation = async () => {
    await save({ vacations: [...rules.vacations, { ...vacation, name: vacation.name.trim(), except }] })
    setVacation({ from: '', to: '', due: '', name: '' })
    setExcept([])
  }
  return (
    <>
      <Note tone="plain">{t('due.rulesNote', { count: rules.loanDays })}</Note>
      <Check on={rules.openDaysOnly} onChange={(openDaysOnly) => void save({ openDaysOnly })}>
        {t('due.openDaysOnly')}
      </Check>
      <section className="grid gap-2">
        <div className="lbl">{t('due.byLibrary')}</div>
        <ul className="grid gap-1">
          {Object.entries(rules.byLibrary).map(([id, length]) => (
            <li key={id} className="flex items-center gap-2">
              <span className="flex-1">{libraries.find((one) => one.id === id)?.name ?? id}</span>
              {t('due.days', { count: length })}
              <IconButton
                icon={X}
                label={t('due.dropRule')}
                onClick={() =>
                  void save({
                    byLibrary: Object.fromEntries(Object.entries(rules.byLibrary).filter(([other]) => other !== id)),
                  })
                }
              />
            </li>
          ))}
        </ul>
        <LibraryPicker value={library} onChange={setLibrary} required />
        <div className="flex items-end gap-2">
          <Field
            label={t('due.loanDays')}
            type="number"
            min={1}
            max={365}
            value={days}
            onChange={setDays}
            className="w-28"
          />
          <Button
            disabled={!library || !(n >= 1 && n <= 365)}
            onClick={() => library && void save({ byLibrary: { ...rules.byLibrary, [library]: n } })}
          >
            {t('due.addRule')}
          </Button>
        </div>
      </section>
      <section className="grid gap-2">
        <div className="lbl">{t('due.vacations')}</div>
        <ul className="grid gap-1">
          {rules.vacations.map((one, index) => (
            <li key={index} className="flex items-center gap-2">
              <span className="flex-1">
                {one.name} · {one.from} – {one.to} → {one.due}{' '}
                {one.except.length > 0 && t('due.exceptN', { count: one.except.length })}
              </span>
              <IconButton
                icon={X}
                label={t('due.dropRule')}
                onClick={() => void save({ vacations: rules.vacations.filter((_, at) => at !== index) })}
              />
            </li>
          ))}
        </ul>
        <div className="grid grid-cols-4 gap-3">
          <Field
            label={t('due.vacationName')}
            value={vacation.name}
            onChange={(name) => setVacation({ ...vacation, name })}
            maxLength={60}
          />
          <DateField
            label={t('due.lentFrom')}
            value={vacation.from}
            onChange={(from) => setVacation({ ...vacation, from })}
          />
          <DateField label={t('due.lentTo')} value={vacation.to} onChange={(to) => setVacation({ ...vacation, to })} />
          <DateField
            label={t('due.newDue')}
            value={vacation.due}
            onChange={(day) => setVacation({ ...vacation, due: day })}
          />
        </div>
        <Libraries value={except} onChange={setExcept} />
        <Button disabled={!vacationReady} className="justify-self-end" onClick={() => void addVacation()}>
          {t('due.addVacation')}
        </Button>
      </section>
    </>
  )
}

function Past() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { data, reload } = useCore('due.batches', {}, ['courier', 'queue'])
  const undo = async (batchId: string) => {
    const done = await attempt(() => core('due.undo', { batchId }))
    if (done) toast({ tone: 'ok', text: () => t('due.restored', { count: done.restored, left: done.left }) })
    reload()
  }
  return (
    <ul className="divide-y divide-line border-y border-line">
      {data?.map((one) => (
        <li key={one.id} className="flex h-10 items-center gap-3">
          <span className="text-ink-3">{moment(one.at, i18n.language, now, t)}</span>
          <span className="ell flex-1">{one.reason}</span>
          <span className="text-ink-2">{one.who}</span>
          <span>{t('due.loans', { count: one.loans })}</span>
          {one.undoneAt === null ? (
            <Button size="small" onClick={() => void undo(one.id)} data-action="undoDue">
              {t('due.undo')}
            </Button>
          ) : (
            <span className="text-ink-3">{t('due.undone')}</span>
          )}
        </li>
      ))}
      {data?.length === 0 && <li className="py-4 text-ink-3">{t('due.nonePast')}</li>}
    </ul>
  )
}
