import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestDetail } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { errorText } from '../../app/errors.ts'
import { isoDay, moment, size } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { useJobs } from '../../app/jobs.ts'
import { blobUrl, core, main } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LazyPdf } from '../../ui/LazyPdf.tsx'
import { Note } from '../../ui/Note.tsx'
import { Card } from '../../ui/Place.tsx'
import { CopyText } from '../intake/CopyText.tsx'

type Delivery = NonNullable<RequestDetail['delivery']>

/** A copy that came for a reader of ours: how long its link works, brought here, looked at, saved, passed on. */
export function ArrivedCopy({ id, title, delivery }: { id: string; title: string; delivery: Delivery }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const jobs = useJobs(id).all.filter((job) => job.kind === 'fetch')
  const [shown, setShown] = useState<'copy' | 'message' | null>(null)
  const running = jobs.find((job) => job.state === 'running')
  const failed = jobs.at(-1)?.state === 'failed' ? jobs.at(-1)!.error : null
  const over = delivery.expiresAt <= now
  const { blob } = delivery
  const when = (at: number) => moment(at, i18n.language, now, t)
  const message = t('asking.message', { title, link: delivery.link, day: isoDay(delivery.expiresAt) })
  return (
    <Card className="grid gap-2 px-3 py-2.5">
      <div data-arrived={blob ? 'here' : over ? 'over' : 'waits'}>
        <b className="font-semibold">
          {t('asking.arrived', { pages: delivery.pages, size: size(delivery.bytes, i18n.language) })}
        </b>
        <div className={over ? 'text-sm text-seal' : 'text-sm text-ink-2'}>
          {t(over ? 'asking.linkOver' : 'asking.linkUntil', { day: when(delivery.expiresAt) })}{' '}
          {delivery.openedAt !== null && t('asking.opened', { day: when(delivery.openedAt) })}
        </div>
      </div>
      {failed && !blob && <Note tone="bad">{errorText(t, failed.code, failed.params)}</Note>}
      <div className="flex flex-wrap gap-2">
        {blob ? (
          <>
            <Button size="small" onClick={() => setShown('copy')} data-arrived-action="look">
              {t('asking.look')}
            </Button>
            <Button
              size="small"
              onClick={() => void attempt(() => main('files.save', { blob, name: `${id}.pdf` }))}
              data-arrived-action="save"
            >
              {t('asking.save')}
            </Button>
          </>
        ) : (
          <Button
            size="small"
            disabled={over || running !== undefined}
            onClick={() => void attempt(() => core('asking.bring', { requestId: id }))}
            data-arrived-action="bring"
          >
            {running?.total
              ? t('asking.bringing', { share: Math.floor((running.done / running.total) * 100) })
              : t('asking.bring')}
          </Button>
        )}
        {running && (
          <Button
            size="small"
            kind="quiet"
            onClick={() => void attempt(() => core('job.cancel', { jobId: running.id }))}
          >
            {t('ui.cancel')}
          </Button>
        )}
        {!over && (
          <Button size="small" kind="quiet" onClick={() => setShown('message')} data-arrived-action="message">
            {t('asking.passOn')}
          </Button>
        )}
      </div>
      {shown === 'copy' && blob && (
        <Dialog title={title} open onClose={() => setShown(null)} width="wide">
          <div className="h-[min(640px,70vh)]">
            <LazyPdf url={blobUrl(blob)} label={title} />
          </div>
        </Dialog>
      )}
      {shown === 'message' && (
        <Dialog title={t('asking.passOn')} open onClose={() => setShown(null)}>
          <p className="text-ink-2">{t('asking.passOnHint')}</p>
          <CopyText text={message} label={t('asking.passOn')} />
        </Dialog>
      )}
    </Card>
  )
}
