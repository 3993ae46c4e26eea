import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskingDraft } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { toast, type Said } from '../../app/toasts.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { LibraryPicker } from '../request/LibraryPicker.tsx'
import { useAsking } from './store.ts'

const close = () => useAsking.setState({ form: null })
type Text = Exclude<keyof AskingDraft, 'service' | 'deliveryMethod' | 'supplier'>

/** What is missing before it can be sent (design: a loan needs year, supplier, call number and way of delivery). */
export function missingIn(draft: AskingDraft): Text[] {
  const wanted: Text[] = draft.service === 'loan' ? ['title', 'year', 'callNumber'] : ['title', 'articleTitle', 'year', 'pages'] // prettier-ignore
  return wanted.filter((name) => draft[name].trim() === '')
}

/** A request for a reader of ours: copy or loan, with a warning when the same was asked for already. */
export function AskingForm({ id, given }: { id: string; given: AskingDraft }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(given)
  const [busy, setBusy] = useState(false)
  const change = (part: Partial<AskingDraft>) => setDraft({ ...draft, ...part })
  const missing = missingIn(draft)
  const ready = missing.length === 0 && draft.supplier !== ''
  const finish = async (work: () => Promise<unknown>, text: Said) => {
    setBusy(true)
    const done = await attempt(work)
    setBusy(false)
    if (done === undefined) return
    toast({ tone: 'ok', text, ms: 4000 })
    close()
  }
  const send = () =>
    finish(
      () => core('asking.send', { id, draft }),
      () => t('asking.sent', { title: draft.title }),
    )
  const keep = () =>
    finish(
      () => core('asking.saveDraft', { id, draft }),
      () => t('asking.kept'),
    )
  const field = (name: Text, more: { wide?: boolean; autoFocus?: boolean } = {}) => (
    <div className={more.wide ? 'col-span-2' : ''}>
      <Field
        label={
          missing.includes(name)
            ? t('asking.required', { field: t(`asking.field.${name}`) })
            : t(`asking.field.${name}`)
        }
        value={draft[name]}
        onChange={(text) => change({ [name]: text })}
        maxLength={name === 'year' ? 20 : name === 'isbn' || name === 'issn' ? 40 : 200}
        data-field={name}
        {...(more.autoFocus ? { autoFocus: true } : {})}
      />
    </div>
  )
  const copy = draft.service === 'copy'
  return (
    <Dialog
      title={t('asking.new')}
      open
      onClose={close}
      onSubmit={() => ready && !busy && void send()}
      width="wide"
      footer={
        <>
          <Button kind="quiet" onClick={close} kbd="Escape">
            {t('ui.cancel')}
          </Button>
          <Button onClick={() => void keep()} disabled={busy} data-asking="keep">
            {t('asking.keep')}
          </Button>
          <Button kind="primary" type="submit" disabled={!ready || busy} data-asking="send">
            {t('asking.send')}
          </Button>
        </>
      }
    >
      <Segments
        label={t('asking.service')}
        value={draft.service}
        options={(['loan', 'copy'] as const).map((one) => ({ id: one, label: t(`service.${one}`) }))}
        onChange={(service) => change({ service, deliveryMethod: service === 'copy' ? 'electronic' : 'courier' })}
      />
      <Duplicates draft={draft} />
      <div className="grid grid-cols-2 gap-3">
        {copy && field('articleTitle', { wide: true, autoFocus: true })}
        {field('title', { wide: true, autoFocus: !copy })}
        {field('author')}
        {field('year')}
        {copy ? field('volumeNo') : field('edition')}
        {copy ? field('issueNo') : field('callNumber')}
        {copy && field('pages')}
        {copy ? field('issn') : field('isbn')}
        {field('readerKey')}
      </div>
      {!copy && (
        <div className="grid justify-items-start gap-1">
          <span className="lbl" aria-hidden="true">
            {t('field.deliveryMethod')}
          </span>
          <Segments
            label={t('field.deliveryMethod')}
            value={draft.deliveryMethod}
            options={(['courier', 'self'] as const).map((one) => ({ id: one, label: t(`delivery.${one}`) }))}
            onChange={(deliveryMethod) => change({ deliveryMethod })}
          />
        </div>
      )}
      <LibraryPicker
        label={t('asking.supplier')}
        required
        value={draft.supplier || null}
        onChange={(supplier) => change({ supplier: supplier ?? '' })}
      />
    </Dialog>
  )
}

/** Requests of ours that look the same. */
function Duplicates({ draft }: { draft: AskingDraft }) {
  const { t } = useTranslation()
  const text = (draft.service === 'copy' && draft.articleTitle.trim()) || draft.title.trim()
  const query = { text: text.slice(0, 200), filter: { role: 'requester' as const }, sort: 'applied' as const, descending: true } // prettier-ignore
  const { data } = useCore('queue.window', text.length < 2 ? null : { query, offset: 0, limit: 3 }, ['queue'])
  if (!data || data.total === 0) return null
  return (
    <Note tone="warn">
      {t('asking.duplicate', { count: data.total })}{' '}
      {data.rows.map((row) => `${row.id}（${row.partnerName}，${t(`status.${row.status}`)}）`).join('；')}
    </Note>
  )
}
