import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CopyrightState } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { useHello } from '../../app/hooks.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextArea } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { READS } from './reads.ts'

/** What the reader already had from the same book or issue; silent while nothing is known or far from the limit. */
export function CopyrightNote({ requestId }: { requestId: string }) {
  const { t } = useTranslation()
  const { data } = useCore('copyright.get', { requestId }, READS.copyright)
  const { data: hello } = useHello()
  const [asking, setAsking] = useState<'pages' | 'override' | null>(null)
  if (!data || data.verdict.kind === 'unknown') return null
  const { verdict, override } = data
  if (verdict.kind === 'issue' && verdict.articles < 2) return null
  const text = textOf(t, verdict)
  const supervisor = hello?.me?.role === 'supervisor'
  return (
    <>
      <Note
        tone={verdict.exceeds && !override ? 'bad' : verdict.kind === 'book' && verdict.of === null ? 'warn' : 'plain'}
        action={
          verdict.kind === 'book' && verdict.of === null ? (
            <Button size="small" onClick={() => setAsking('pages')}>
              {t('copyright.setPages')}
            </Button>
          ) : verdict.exceeds && !override && supervisor ? (
            <Button size="small" onClick={() => setAsking('override')}>
              {t('copyright.override')}
            </Button>
          ) : undefined
        }
      >
        <b className="font-semibold">{t('copyright.title')}</b> {text}
        {verdict.exceeds && !override && (
          <>
            {' '}
            {t('copyright.exceeds')} {!supervisor && t('copyright.onlySupervisor')}
          </>
        )}
        {override && ` ${t('copyright.overridden', { who: override.who, reason: override.reason })}`}
      </Note>
      {asking === 'pages' && <PagesDialog requestId={requestId} onClose={() => setAsking(null)} />}
      {asking === 'override' && <OverrideDialog requestId={requestId} text={text} onClose={() => setAsking(null)} />}
    </>
  )
}

function textOf(t: ReturnType<typeof useTranslation>['t'], verdict: CopyrightState['verdict']): string {
  if (verdict.kind === 'unknown') return ''
  if (verdict.kind === 'issue') return t('copyright.issue', { count: verdict.articles, limit: verdict.limit })
  const { pages, of, limit } = verdict
  return of === null ? t('copyright.bookUnknown', { pages }) : t('copyright.book', { pages, of, limit })
}

function PagesDialog({ requestId, onClose }: { requestId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const pages = Number(text)
  const good = Number.isInteger(pages) && pages > 0 && pages <= 100_000
  async function save(): Promise<void> {
    if (good && (await attempt(() => core('copyright.setBookPages', { requestId, pages })))) onClose()
  }
  return (
    <Dialog
      title={t('copyright.setPages')}
      open
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" disabled={!good} onClick={() => void save()}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <Field label={t('copyright.pages')} inputMode="numeric" autoFocus value={text} onChange={setText} />
    </Dialog>
  )
}

function OverrideDialog({ requestId, text, onClose }: { requestId: string; text: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  async function save(): Promise<void> {
    if (await attempt(() => core('copyright.override', { requestId, reason: reason.trim() }))) onClose()
  }
  return (
    <Dialog
      title={t('copyright.override')}
      open
      onClose={onClose}
      onSubmit={() => void (reason.trim() !== '' && save())}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" disabled={reason.trim() === ''} onClick={() => void save()}>
            {t('copyright.override')}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-ink-2">{text}</p>
      <TextArea label={t('copyright.reason')} autoFocus value={reason} maxLength={1000} onChange={setReason} />
    </Dialog>
  )
}
