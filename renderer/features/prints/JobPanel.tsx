import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrintJobView } from '../../../electron/contract/core.contract.ts'
import { deviceName } from '../../app/device-name.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { blobUrl, core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { LazyPdf } from '../../ui/LazyPdf.tsx'
import { Note, type NoteTone } from '../../ui/Note.tsx'
import { Select } from '../../ui/Select.tsx'
import { cx } from '../../ui/cx.ts'
import { printNow } from './print.ts'
import { isCode, reasonWords, subjectOf } from './words.ts'

const STOPPABLE: readonly PrintJobView['state'][] = ['waiting', 'sending', 'attention', 'printing']

function toneOf(job: PrintJobView): NoteTone {
  if (job.state === 'confirmed') return 'ok'
  if (job.state === 'failed') return 'bad'
  return job.unsure || job.state === 'attention' ? 'warn' : 'plain'
}

/** One print: how it stands, what the printer said, what it looks like, and what can be done about it. */
export function JobPanel({ job }: { job: PrintJobView }) {
  const { t } = useTranslation()
  const subject = subjectOf(job, t)
  const settle = (printed: boolean) => void attempt(() => core('print.settle', { printJobId: job.id, printed }))
  return (
    <div className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)_auto]" data-print-job={job.state}>
      <div className="grid gap-2 border-b border-line px-4 py-3">
        <h2 className="text-md font-semibold">
          {t(`printKind.${job.kind}`)}
          {job.copyNo > 1 && <span className="ml-2 text-sm text-amber">{t('prints.reprint', { n: job.copyNo })}</span>}
        </h2>
        <div className={cx('break-words text-ink-2', isCode(subject) && 'mono')}>{subject}</div>
        <Note tone={toneOf(job)}>
          <StateWords job={job} />
        </Note>
        <Events job={job} />
      </div>
      <LazyPdf
        url={blobUrl(job.blob)}
        label={t('print.previewTitle', { kind: t(`printKind.${job.kind}`) })}
        width={340}
      />
      <div className="grid gap-2 border-t border-line px-4 py-3">
        {job.state === 'waiting' || job.state === 'failed' ? <Elsewhere job={job} /> : null}
        <div className="flex flex-wrap gap-2">
          {job.unsure ? (
            <>
              <Button kind="primary" size="big" className="flex-1" onClick={() => settle(true)}>
                {t('prints.cameOut')}
              </Button>
              <Button size="big" onClick={() => settle(false)}>
                {t('prints.didNotComeOut')}
              </Button>
            </>
          ) : (
            <MainButton job={job} />
          )}
          {STOPPABLE.includes(job.state) && !job.unsure && (
            <Button size="big" onClick={() => void attempt(() => core('print.cancel', { printJobId: job.id }))}>
              {t('prints.cancel')}
            </Button>
          )}
        </div>
      </div>
    </div>
  )
}

function MainButton({ job }: { job: PrintJobView }) {
  const { t } = useTranslation()
  const again = job.state === 'failed' || job.state === 'waiting'
  return again ? (
    <Button
      kind="primary"
      size="big"
      className="flex-1"
      onClick={() => void attempt(() => core('print.retry', { printJobId: job.id }))}
    >
      {t(job.state === 'waiting' ? 'prints.tryNow' : 'prints.retry')}
    </Button>
  ) : (
    <Button size="big" className="flex-1" onClick={() => void printNow(job.kind, [...job.objectIds], job.copies)}>
      {t('prints.again')}
    </Button>
  )
}

function StateWords({ job }: { job: PrintJobView }) {
  const { t } = useTranslation()
  const seen = job.state === 'handed_over' && !job.unsure
  const unknown = job.state === 'attention' && job.unsure
  const key = seen ? 'prints.seen' : unknown ? 'prints.unknown' : `printStateLong.${job.state}`
  const shown = job.reasons.filter((reason) => reason !== 'seen-by-person' && reason !== 'device-said')
  return (
    <>
      {t(key, { printer: deviceName(t, job.printerName) })}
      {shown.length > 0 && ` ${reasonWords(t, shown)}`}
      {job.error && <div>{errorText(t, job.error.code, job.error.params)}</div>}
      {job.message && <div>{t('prints.printerSays', { text: job.message })}</div>}
    </>
  )
}

/** Everything that happened to it, in order: the proof behind the state above. */
function Events({ job }: { job: PrintJobView }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { data } = useCore('print.events', { printJobId: job.id }, ['print'], job.id)
  if (!data) return null
  return (
    <details>
      <summary className="cursor-default text-sm text-ink-2">{t('prints.history', { count: data.length })}</summary>
      <ol className="mt-1 grid max-h-32 gap-0.5 overflow-auto text-sm">
        {data.map((event, n) => (
          <li key={n} className="grid grid-cols-[92px_minmax(0,1fr)] gap-2">
            <span className="text-ink-3">{moment(event.at, i18n.language, now, t)}</span>
            <span>
              {event.state === 'asked' ? t('prints.asked') : t(`printState.${event.state}`)}
              {event.reasons.length > 0 && ` · ${reasonWords(t, event.reasons)}`}
              {event.message && ` · ${event.message}`}
            </span>
          </li>
        ))}
        <li className="mono break-all text-ink-3">SHA-256 {job.sent}</li>
      </ol>
    </details>
  )
}

/** Another printer for a print that does not get out. */
function Elsewhere({ job }: { job: PrintJobView }) {
  const { t } = useTranslation()
  const printers = useCore('printer.list', { refresh: false }, ['devices']).data ?? []
  const [printer, setPrinter] = useState<string | null>(null)
  const others = printers.filter((one) => one.id !== job.printerId)
  if (others.length === 0) return null
  return (
    <div className="flex items-end gap-2">
      <Select
        label={t('prints.elsewhere')}
        value={printer}
        options={others.map((one) => ({
          id: one.id,
          label: deviceName(t, one.name),
          detail: t(`printer.${one.state}`),
        }))}
        onChange={setPrinter}
        placeholder={t('prints.choosePrinter')}
        className="flex-1"
      />
      <Button
        className="h-8"
        disabled={printer === null}
        onClick={() => void attempt(() => core('print.retry', { printJobId: job.id, printerId: printer }))}
      >
        {t('print.do')}
      </Button>
    </div>
  )
}
