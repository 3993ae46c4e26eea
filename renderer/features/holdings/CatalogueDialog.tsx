import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CatalogueTarget, USUAL_INDEXES } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Check } from '../../ui/Check.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { LibraryPicker } from '../request/LibraryPicker.tsx'

export function newTarget(): CatalogueTarget {
  return {
    id: `c${Date.now().toString(36)}`,
    name: '',
    library: '',
    own: false,
    on: true,
    kind: 'sru',
    address: 'https://',
    version: '1.2',
    schema: 'marcxml',
    indexes: USUAL_INDEXES,
    timeoutMs: 10_000,
    perMinute: 30,
  }
}

const INDEXES = ['title', 'author', 'isbn', 'issn', 'year', 'any'] as const

/** One catalogue: where it is, whose it is, how it is asked; tried before it is kept. */
export function CatalogueDialog({
  target,
  taken,
  onSave,
  onClose,
}: {
  target: CatalogueTarget
  taken: readonly CatalogueTarget[]
  onSave: (target: CatalogueTarget) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(target)
  const [tried, setTried] = useState<CoreOut<'catalogue.test'> | 'trying' | null>(null)
  const change = (part: Partial<CatalogueTarget>) => {
    setDraft({ ...draft, ...part })
    setTried(null)
  }
  const good = CatalogueTarget.safeParse(draft).success && draft.address.startsWith('http') === (draft.kind === 'sru')
  const doubled = taken.some((one) => one.id !== draft.id && one.address === draft.address)
  const test = async () => {
    setTried('trying')
    setTried((await attempt(() => core('catalogue.test', { target: draft }))) ?? null)
  }
  return (
    <Dialog
      title={t(target.name ? 'holdings.editCatalogue' : 'holdings.addCatalogue')}
      open
      onClose={onClose}
      onSubmit={() => good && onSave(draft)}
      footer={
        <>
          <Button kind="quiet" onClick={onClose} kbd="Escape">
            {t('ui.cancel')}
          </Button>
          <Button disabled={!good || tried === 'trying'} onClick={() => void test()}>
            {t('holdings.test')}
          </Button>
          <Button kind="primary" type="submit" disabled={!good}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <Field
        label={t('holdings.name')}
        value={draft.name}
        onChange={(name) => change({ name })}
        maxLength={200}
        autoFocus
      />
      <Segments
        label={t('holdings.kind')}
        value={draft.kind}
        options={[
          { id: 'sru', label: 'SRU' },
          { id: 'z3950', label: 'Z39.50' },
        ]}
        onChange={(kind) =>
          change({ kind, address: kind === 'sru' ? 'https://' : '', schema: kind === 'sru' ? 'marcxml' : 'usmarc' })
        }
      />
      <Field
        label={t('holdings.address')}
        value={draft.address}
        onChange={(address) => change({ address: address.trim() })}
        mono
        maxLength={300}
        data-scan="text"
        hint={
          draft.kind === 'sru' ? 'https://opac.lib.example.edu.cn/sru/biblios' : 'opac.lib.example.edu.cn:210/INNOPAC'
        }
        error={doubled ? t('holdings.addressTaken') : undefined}
      />
      <Check on={draft.own} onChange={(own) => change({ own })}>
        {t('holdings.isOwn')}
      </Check>
      {!draft.own && (
        <LibraryPicker required value={draft.library || null} onChange={(id) => change({ library: id ?? '' })} />
      )}
      <details>
        <summary className="cursor-default text-ink-2">{t('holdings.details')}</summary>
        <div className="mt-2 grid grid-cols-2 gap-2.5">
          <Field
            label={t('holdings.schema')}
            value={draft.schema}
            onChange={(schema) => change({ schema })}
            mono
            maxLength={100}
          />
          <Field
            label={t('holdings.patience')}
            value={String(draft.timeoutMs / 1000)}
            inputMode="numeric"
            onChange={(text) => change({ timeoutMs: Math.round(Number(text) * 1000) || 10_000 })}
          />
          <Field
            label={t('holdings.perMinute')}
            value={String(draft.perMinute)}
            inputMode="numeric"
            onChange={(text) => change({ perMinute: Math.round(Number(text)) || 30 })}
          />
          {draft.kind === 'sru' && (
            <div className="grid gap-1">
              <span className="lbl">{t('holdings.version')}</span>
              <Segments
                label={t('holdings.version')}
                value={draft.version}
                options={[
                  { id: '1.1', label: '1.1' },
                  { id: '1.2', label: '1.2' },
                ]}
                onChange={(version) => change({ version })}
              />
            </div>
          )}
          {draft.kind === 'sru' &&
            INDEXES.map((name) => (
              <Field
                key={name}
                label={t('holdings.index', { name: t(`holdings.field.${name}`) })}
                value={draft.indexes[name]}
                onChange={(text) => change({ indexes: { ...draft.indexes, [name]: text.trim() } })}
                mono
                maxLength={60}
              />
            ))}
        </div>
      </details>
      {tried === 'trying' && <Note tone="plain">{t('holdings.trying')}</Note>}
      {tried !== null && tried !== 'trying' && <Tried tried={tried} />}
    </Dialog>
  )
}

function Tried({ tried }: { tried: CoreOut<'catalogue.test'> }) {
  const { t } = useTranslation()
  const fine = tried.state === 'ok' && tried.unknownIndexes.length === 0
  return (
    <Note tone={fine ? 'ok' : tried.state === 'ok' ? 'warn' : 'bad'}>
      {tried.state === 'ok'
        ? t('holdings.answers', { title: tried.title, ms: tried.ms ?? 0 })
        : t(`holdings.target.${tried.state}`)}
      {tried.detail && ` (${tried.detail.slice(0, 200)})`}
      {tried.unknownIndexes.length > 0 &&
        ` ${t('holdings.unknownIndexes', { names: tried.unknownIndexes.join(', ') })}`}
      {tried.schemas.length > 0 && ` ${t('holdings.schemas', { names: tried.schemas.join(', ') })}`}
    </Note>
  )
}
