import { FileCheck2, Send } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CoreOut } from '../../host.ts'
import type { DocumentOptions, JobView } from '../../../electron/contract/core.contract.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { useCore } from '../../app/data.ts'
import { ErrorNote } from '../../app/ErrorNote.tsx'
import { size, span } from '../../app/format.ts'
import type { useJobs } from '../../app/jobs.ts'
import { Button } from '../../ui/Button.tsx'
import { Meter, Progress } from '../../ui/Meter.tsx'
import { Note } from '../../ui/Note.tsx'
import { Fact } from '../../ui/Place.tsx'
import { PageFindings } from './PageFindings.tsx'
import { CopyrightNote } from '../request/CopyrightNote.tsx'
import { DocumentOptionFields } from './DocumentOptionFields.tsx'

/** Right of the page: is it whole, how it will be stamped, how large it is, and sending it. */
export function DocumentPanel({
  detail,
  pages,
  document,
  options,
  changed,
  onOptions,
  jobs,
  fresh,
  onCancel,
}: {
  detail: CoreOut<'request.get'> | undefined
  pages: CoreOut<'pages.list'> | undefined
  document: CoreOut<'document.get'>['document']
  options: DocumentOptions | null
  changed: boolean
  onOptions: (options: DocumentOptions) => void
  jobs: ReturnType<typeof useJobs>
  fresh: boolean
  onCancel: (jobId: string) => void
}) {
  const { t, i18n } = useTranslation()
  const online = useCore('status.get', {}, ['status']).data?.connection === 'online'
  const budget = options?.budgetBytes ?? 0
  const { asked, present, verdict } = pages?.completeness ?? { asked: null, present: 0, verdict: 'unknown' as const }
  return (
    <div className="grid h-full min-h-0 grid-rows-[minmax(0,1fr)_auto]">
      <div
        className="grid content-start gap-3.5 overflow-auto px-4 py-3.5"
        tabIndex={0}
        role="region"
        aria-label={t('copy.document')}
      >
        {detail && (
          <div className="grid grid-cols-2 gap-x-4 gap-y-2">
            <Fact label={t('field.partner')}>{detail.row.partnerName}</Fact>
            <Fact label={t('copy.asked')}>
              {detail.fields.pages ? detail.fields.pages.replace(/-/g, '–') : t('copy.askedAll')}
            </Fact>
            <Fact label={t('field.callNumber')}>{detail.fields.callNumber || '—'}</Fact>
            <Fact label={t('field.location')}>{detail.fields.location || '—'}</Fact>
          </div>
        )}
        {detail?.row.role === 'supplier' && <CopyrightNote requestId={detail.row.id} />}
        {detail?.complaintText && <Note tone="bad">{t('request.complaint', { text: detail.complaintText })}</Note>}
        <div>
          <div className="lbl mb-1">{t('complete.title')}</div>
          <Note tone={verdict === 'complete' ? 'ok' : verdict === 'unknown' || present === 0 ? 'plain' : 'warn'}>
            {t(`complete.${verdict}`, { asked: asked ?? 0, present, count: Math.abs((asked ?? 0) - present) })}
          </Note>
          {pages && <PageFindings pages={pages} />}
        </div>
        {jobs.failed?.error && (
          <ErrorNote {...jobs.failed.error} lead={t('job.failed', { job: t(`job.${jobs.failed.kind}`) })} />
        )}
        {options && <DocumentOptionFields options={options} onChange={onOptions} brief />}
        <SizeOf document={document} budget={budget} language={i18n.language} />
        {document && !fresh && !jobs.document && (
          <Note tone="warn">{t(changed ? 'copy.optionsChanged' : 'copy.stale')}</Note>
        )}
        {document?.warnings.map((warning) => (
          <Note key={warning} tone="warn">
            {t(`documentWarning.${warning}`, { defaultValue: warning })}
          </Note>
        ))}
        {jobs.document && <JobLine job={jobs.document} onCancel={onCancel} />}
        {jobs.upload && <JobLine job={jobs.upload} onCancel={onCancel} bytes />}
      </div>
      <div className="grid gap-2 border-t border-line px-4 py-3">
        {pages && pages.pages.length > 0 ? (
          <CommandButton
            id="copy.send"
            kind={verdict === 'missing' ? 'normal' : 'primary'}
            size="big"
            icon={fresh ? Send : FileCheck2}
          >
            {t(fresh ? (verdict === 'missing' ? 'copy.sendAnyway' : 'copy.send') : 'copy.make')}
          </CommandButton>
        ) : (
          <Button size="big" disabled icon={FileCheck2}>
            {t('copy.make')}
          </Button>
        )}
        <div className="text-sm text-ink-3">{t(online ? 'copy.sendHint' : 'copy.sendOffline')}</div>
      </div>
    </div>
  )
}

function SizeOf({
  document,
  budget,
  language,
}: {
  document: CoreOut<'document.get'>['document']
  budget: number
  language: string
}) {
  const { t } = useTranslation()
  if (!document) return null
  const { choices } = document
  const kinds = (['bilevel', 'mixed', 'grey', 'colour', 'kept'] as const).filter((kind) => choices[kind] > 0)
  return (
    <div>
      <div className="mb-1 flex items-baseline">
        <span className="lbl flex-1">{t('copy.size')}</span>
        <b className="font-semibold">{size(document.bytesOut, language)}</b>
        {budget > 0 && <span className="ml-1 text-ink-3">{t('copy.sizeOf', { size: size(budget, language) })}</span>}
      </div>
      <Meter
        label={t('copy.size')}
        value={document.bytesOut}
        max={budget > 0 ? budget : Math.max(document.bytesIn, document.bytesOut)}
      />
      <div className="mt-1.5 text-sm text-ink-3">
        {t('copy.sizeFrom', { size: size(document.bytesIn, language) })}
        {kinds.map((kind) => ` · ${t(`pageChoice.${kind}`, { count: choices[kind] })}`).join('')}
      </div>
      {budget > 0 && document.bytesOut > budget && <div className="mt-1 text-sm text-seal">{t('copy.overBudget')}</div>}
    </div>
  )
}

function JobLine({ job, onCancel, bytes }: { job: JobView; onCancel: (jobId: string) => void; bytes?: boolean }) {
  const { t, i18n } = useTranslation()
  return (
    <div className="grid gap-1.5" role="status">
      <div className="flex items-center">
        <span className="flex-1 text-ink-2">
          {job.total === null
            ? t(`job.${job.kind}`)
            : bytes
              ? t('job.bytes', {
                  job: t(`job.${job.kind}`),
                  done: size(job.done, i18n.language),
                  total: size(job.total, i18n.language),
                })
              : t('job.of', { job: t(`job.${job.kind}`), done: job.done, total: job.total })}
          {job.etaMs !== null && job.etaMs > 1000 && ` · ${t('job.eta', { span: span(job.etaMs, t) })}`}
        </span>
        {job.state === 'running' && (
          <Button size="small" onClick={() => onCancel(job.id)}>
            {t('ui.stop')}
          </Button>
        )}
      </div>
      <Progress label={t(`job.${job.kind}`)} done={job.done} total={job.total} />
    </div>
  )
}
