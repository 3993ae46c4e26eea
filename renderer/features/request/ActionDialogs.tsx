import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonRetry, ReasonUnfilled } from '../../../electron/contract/words.ts'
import { useCore } from '../../app/data.ts'
import { isoDay } from '../../app/format.ts'
import { Button } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Check.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextArea } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { perform } from './actions.ts'
import { closeAsk, useAsk, type Asked, type AskKind, type AskPreset } from './dialogs.ts'
import { LibraryPicker } from './LibraryPicker.tsx'

/** The question that is open now, if any. */
export function ActionDialogs() {
  const open = useAsk((state) => state.open)
  return (
    open && (
      <Question
        key={open.kind + open.rows.map((row) => row.id).join()}
        kind={open.kind}
        rows={open.rows}
        preset={open.preset}
      />
    )
  )
}

const noon = (date: string) => Date.parse(`${date}T12:00:00+08:00`)
const optional = (note: string) => (note.trim() ? { note: note.trim() } : {})

function Question({ kind, rows, preset }: { kind: AskKind; rows: readonly Asked[]; preset: AskPreset }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<string | null>(preset.reason ?? null)
  const [note, setNote] = useState('')
  const [date, setDate] = useState(
    () => preset.date ?? isoDay(Date.now() + (kind === 'retryLater' || kind === 'notifyReader' ? 7 : 30) * 86_400_000),
  )
  const [place, setPlace] = useState('')
  // A book waits somewhere for its reader; a copy comes as a link.
  const books = rows.some((row) => row.service === 'loan')
  const [library, setLibrary] = useState<string | null>(preset.library ?? null)
  const [busy, setBusy] = useState(false)
  const one = rows[0]!
  const detail = useCore('request.get', rows.length === 1 ? { id: one.id } : null, []).data
  const [fields, setFields] = useState<{ callNumber: string; location: string; notePartner: string } | null>(null)
  const shown = fields ?? {
    callNumber: detail?.fields.callNumber ?? '',
    location: detail?.fields.location ?? '',
    notePartner: detail?.fields.notePartner ?? '',
  }

  const send = async (work: () => Promise<boolean>) => {
    setBusy(true)
    if (await work()) closeAsk()
    setBusy(false)
  }
  // Of a set each volume is lost or damaged for itself; one that is back or given up is not lost again.
  const volumes = (detail?.volumes ?? []).filter((item) => kind === 'damaged' || (item.place !== 'shelf' && item.place !== 'lost')) // prettier-ignore
  const [chosen, setChosen] = useState<string | null>(null)
  const volume = Number(chosen ?? (volumes.length === 1 ? volumes[0]!.volume : 0))
  const perVolume = kind === 'lost' || kind === 'damaged'

  const submit: Record<AskKind, (() => Promise<boolean>) | null> = {
    cannotSupply: reason ? () => perform('cannotSupply', rows, { reason: reason as ReasonUnfilled, ...optional(note) }) : null, // prettier-ignore
    retryLater: reason ? () => perform('retryLater', rows, { reason: reason as ReasonRetry, when: noon(date), ...optional(note) }) : null, // prettier-ignore
    forward: reason ? () => perform('forward', rows, { reason: reason as ReasonUnfilled, ...(library ? { to: library } : {}), ...optional(note) }) : null, // prettier-ignore
    note: note.trim() ? () => perform('note', rows, { text: note.trim() }) : null,
    setField: async () => {
      for (const field of ['callNumber', 'location', 'notePartner'] as const)
        if (shown[field] !== (detail?.fields[field] ?? '') && !(await perform('setField', rows, { field, value: shown[field] }))) return false // prettier-ignore
      return true
    },
    setDue: note.trim() && date ? () => perform('setDue', rows, { date: noon(date), reason: note.trim() }) : null,
    answerCancel: reason ? () => perform('answerCancel', rows, { yes: reason === 'yes' }) : null,
    renewAnswer: reason ? () => perform('renewAnswer', rows, reason === 'yes' ? { yes: true, until: noon(date) } : { yes: false }) : null, // prettier-ignore
    renewAsk: date ? () => perform('renewAsk', rows, { until: noon(date) }) : null,
    lost: volume > 0 ? () => perform('lost', rows, { volume, ...optional(note) }) : null,
    damaged: volume > 0 && note.trim() ? () => perform('damaged', rows, { volume, note: note.trim() }) : null,
    pickedUp: note.trim() ? () => perform('pickedUp', rows, { code: note.trim() }) : null,
    recall: () => perform('recall', rows, optional(note)),
    chase: () => perform('chase', rows, note.trim() ? { text: note.trim() } : {}),
    requestCancel: () => perform('requestCancel', rows, optional(note)),
    complain: note.trim() ? () => perform('complain', rows, { reason: note.trim() }) : null,
    notifyReader:
      !books || place.trim()
        ? () => perform('notifyReader', rows, { place: place.trim(), ...(books ? { until: noon(date) } : {}), ...optional(note) }) // prettier-ignore
        : null,
  }
  const ready = submit[kind]
  // What has left the house cannot be called off any more.
  const gone = kind === 'answerCancel' && rows.some((row) => row.dueAt !== null)
  const yesNo = (gone ? (['no'] as const) : (['yes', 'no'] as const)).map((id) => ({
    id,
    label: t(`ask.${kind}.${id}`, { defaultValue: '' }),
  }))
  const dated =
    kind === 'retryLater' ||
    kind === 'setDue' ||
    kind === 'renewAsk' ||
    (kind === 'notifyReader' && books) ||
    (kind === 'renewAnswer' && reason === 'yes')
  return (
    <Dialog
      title={rows.length > 1 ? t('ask.many', { action: t(`action.${kind}`), count: rows.length }) : t(`action.${kind}`)}
      open
      onClose={closeAsk}
      onSubmit={() => ready && void send(ready)}
      footer={
        <>
          <Button kind="quiet" onClick={closeAsk} kbd="Escape">
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" type="submit" disabled={!ready || busy}>
            {t(`ask.${kind}.do`)}
          </Button>
        </>
      }
    >
      {rows.length === 1 && (
        <div className="grid gap-0.5">
          <div className="mono text-ink-3">{one.id}</div>
          <div className="font-semibold">{one.title}</div>
        </div>
      )}
      {(kind === 'cannotSupply' || kind === 'forward') && (
        <Choices
          label={t('ask.reason')}
          value={reason}
          onChange={setReason}
          options={ReasonUnfilled.options.map((id) => ({ id, label: t(`reason.${id}`) }))}
        />
      )}
      {kind === 'retryLater' && (
        <Choices
          label={t('ask.reason')}
          value={reason}
          onChange={setReason}
          options={ReasonRetry.options.map((id) => ({ id, label: t(`reason.${id}`) }))}
        />
      )}
      {perVolume && volumes.length > 1 && (
        <Choices
          label={t('ask.volume')}
          value={chosen}
          onChange={setChosen}
          options={volumes.map((item) => ({
            id: String(item.volume),
            label: [item.label || t('request.volume', { n: item.volume }), item.barcode].filter(Boolean).join(' · '),
          }))}
        />
      )}
      {kind === 'forward' && <LibraryPicker value={library} onChange={setLibrary} />}
      {(kind === 'answerCancel' || kind === 'renewAnswer') && (
        <Choices label={t(`ask.${kind}.question`)} value={reason} onChange={setReason} options={yesNo} />
      )}
      {kind === 'notifyReader' && books && (
        <Field label={t('ask.notifyReader.place')} value={place} onChange={setPlace} maxLength={200} autoFocus />
      )}
      {dated && <DateField label={t(`ask.${kind}.date`)} value={date} onChange={setDate} className="max-w-48" />}
      {kind === 'setField' && (
        <>
          {(['callNumber', 'location'] as const).map((field) => (
            <Field
              key={field}
              label={t(`field.${field}`)}
              value={shown[field]}
              onChange={(value) => setFields({ ...shown, [field]: value })}
              autoFocus={field === 'callNumber'}
            />
          ))}
          <TextArea
            label={t('field.notePartner')}
            value={shown.notePartner}
            onChange={(value) => setFields({ ...shown, notePartner: value })}
          />
        </>
      )}
      {kind === 'pickedUp' ? (
        <Field label={t('ask.pickedUp.code')} value={note} onChange={setNote} mono autoFocus data-scan="text" />
      ) : (
        !['setField', 'answerCancel', 'renewAnswer', 'renewAsk'].includes(kind) && (
          <TextArea
            label={t(`ask.${kind}.note`, { defaultValue: t('ask.noteLabel') })}
            value={note}
            onChange={setNote}
            autoFocus={['note', 'damaged', 'complain', 'chase'].includes(kind)}
          />
        )
      )}
      {['cannotSupply', 'forward', 'retryLater', 'chase', 'requestCancel', 'complain', 'notifyReader'].includes(
        kind,
      ) && <Note tone="plain">{t(`ask.${kind}.effect`)}</Note>}
    </Dialog>
  )
}
