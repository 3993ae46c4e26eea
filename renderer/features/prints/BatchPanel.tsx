import { useTranslation } from 'react-i18next'
import type { PrintBatchView } from '../../../electron/contract/core.contract.ts'
import { deviceName } from '../../app/device-name.ts'
import { attempt } from '../../app/act.ts'
import { errorText } from '../../app/errors.ts'
import { span } from '../../app/format.ts'
import { blobUrl, core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { LazyPdf } from '../../ui/LazyPdf.tsx'
import { Progress } from '../../ui/Meter.tsx'
import { Note } from '../../ui/Note.tsx'
import { Fact } from '../../ui/Place.tsx'
import { reasonWords } from './words.ts'

/** Many slips in one go: how many are on paper, where it stands, and going on at the sheet that failed. */
export function BatchPanel({ batch }: { batch: PrintBatchView }) {
  const { t } = useTranslation()
  const { job } = batch
  const control = (action: 'pause' | 'resume' | 'cancel') =>
    void attempt(() => core('print.batchControl', { batchId: batch.id, action }))
  const settle = (printed: boolean) =>
    void attempt(async () => {
      await core('print.settle', { printJobId: job!.id, printed })
      await core('print.batchControl', { batchId: batch.id, action: 'resume' })
    })
  // Only what stops the batch is asked; a printer that never confirms is told at the end.
  const asks = batch.state === 'stopped' && job !== null && job.unsure
  const ended = batch.state === 'done' || batch.state === 'cancelled'
  return (
    <div className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)_auto]" data-print-batch={batch.state}>
      <div className="grid gap-2 border-b border-line px-4 py-3">
        <h2 className="text-md font-semibold">
          {t('prints.batchTitle', { kind: t(`printKind.${batch.kind}`), count: batch.total })}
        </h2>
        <Progress label={t('prints.progress')} done={batch.confirmed + batch.unconfirmed} total={batch.total} />
        <div className="grid grid-cols-4 gap-2">
          <Fact label={t('printState.confirmed')}>{batch.confirmed}</Fact>
          <Fact label={t('printState.handed_over')}>{batch.unconfirmed}</Fact>
          <Fact label={t('prints.atPrinter')}>{batch.sent}</Fact>
          <Fact label={t('prints.left')}>
            {batch.total - batch.confirmed - batch.unconfirmed - batch.sent - batch.gone}
          </Fact>
        </div>
        <Words batch={batch} />
      </div>
      {job ? (
        <LazyPdf
          url={blobUrl(job.blob)}
          label={t('print.previewTitle', { kind: t(`printKind.${batch.kind}`) })}
          width={340}
        />
      ) : (
        <div />
      )}
      {!ended && (
        <div className="flex flex-wrap gap-2 border-t border-line px-4 py-3">
          {asks ? (
            <>
              <Button kind="primary" size="big" className="flex-1" onClick={() => settle(true)}>
                {t('prints.cameOutGoOn')}
              </Button>
              <Button size="big" onClick={() => settle(false)}>
                {t('prints.didNotPrintAgain')}
              </Button>
            </>
          ) : batch.state === 'running' ? (
            <Button size="big" className="flex-1" onClick={() => control('pause')}>
              {t('prints.pause')}
            </Button>
          ) : (
            <Button kind="primary" size="big" className="flex-1" onClick={() => control('resume')}>
              {batch.next === null ? t('prints.goOn') : t('prints.goOnAt', { n: batch.next })}
            </Button>
          )}
          <Button size="big" onClick={() => control('cancel')}>
            {t('prints.cancelRest')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Words({ batch }: { batch: PrintBatchView }) {
  const { t } = useTranslation()
  const { job, state, error, reasons } = batch
  const gone = batch.gone > 0 && <div>{t('prints.gone', { count: batch.gone })}</div>
  if (state === 'stopped') {
    return (
      <Note tone="bad">
        {t('prints.batchStopped', { n: batch.next ?? batch.total })} {reasonWords(t, reasons)}
        {error && <div>{errorText(t, error.code, error.params)}</div>}
        {gone}
      </Note>
    )
  }
  if (state === 'running' && job && (job.state === 'attention' || job.state === 'waiting')) {
    return (
      <Note tone="warn">
        {t(`printStateLong.${job.state}`, { printer: deviceName(t, job.printerName) })} {reasonWords(t, job.reasons)}
        {job.error && <div>{errorText(t, job.error.code, job.error.params)}</div>}
      </Note>
    )
  }
  if (state === 'running') {
    const left = batch.etaMs === null ? '' : t('prints.eta', { span: span(batch.etaMs, t) })
    return (
      <Note tone="plain">
        {t('printStateLong.printing', { printer: batch.printerName })} {left}
      </Note>
    )
  }
  return (
    <Note tone={state === 'done' && batch.unconfirmed === 0 ? 'ok' : state === 'done' ? 'warn' : 'plain'}>
      {t(`prints.batchState.${state}`, { n: batch.next ?? batch.total })}
      {state === 'done' && batch.unconfirmed > 0 && ` ${t('prints.lookAtTray')}`}
      {gone}
    </Note>
  )
}
