import { Check, Printer, Truck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueRow } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { isoDay } from '../../app/format.ts'
import { go } from '../../app/routes.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Place.tsx'
import { cx } from '../../ui/cx.ts'
import { PrintPreview } from '../prints/PrintPreview.tsx'

/** Slip, item and call number of one loan side by side; what is compared by eye stands large. */
export function LoanCheck({ detail, slip, bound }: { detail: CoreOut<'request.get'>; slip: boolean; bound: boolean }) {
  const { t } = useTranslation()
  const { row, fields, volumes } = detail
  const some = volumes.some((one) => one.barcode !== null)
  const volumeText = [fields.volumeNo, fields.edition].filter(Boolean).join(' · ')
  const unbind = (volume: number) =>
    void attempt(() => core('op.act', { objectId: row.id, kind: 'unbindItem', args: { volume } }))
  return (
    <div className="@container grid gap-3">
      <Card className="px-5 py-4">
        <div className="mono text-ink-3">{row.id}</div>
        <h2 className="text-xl leading-snug font-semibold select-text">{fields.title}</h2>
        <div className="text-ink-2">{[fields.author, fields.publisher].filter(Boolean).join(' · ')}</div>
        <dl className="mt-4 grid grid-cols-[minmax(0,2fr)_minmax(0,1.2fr)_minmax(0,1fr)] gap-4 border-t border-line pt-3 @max-[460px]:grid-cols-2 @max-[460px]:gap-y-2 @max-[460px]:[&>:first-child]:col-span-2">
          <Large label={t('field.callNumber')} mono>
            {fields.callNumber || t('loan.noCallNumber')}
          </Large>
          <Large label={t('loan.volume')}>{volumeText || t('loan.single')}</Large>
          <Large label={t('field.year')}>{fields.year || '—'}</Large>
        </dl>
        {fields.location && <div className="mt-1 text-ink-2">{fields.location}</div>}
      </Card>
      <ol
        className="grid grid-cols-3 gap-3 @max-[460px]:grid-cols-1 @max-[460px]:gap-1.5"
        aria-label={t('loan.threeWay')}
      >
        <Step
          n={1}
          done={slip || some}
          title={t('loan.stepSlip')}
          detail={slip || some ? row.id : t('loan.stepSlipHint')}
        />
        <Step
          n={2}
          done={bound}
          title={t('loan.stepItem')}
          detail={bound ? volumes.map((one) => one.barcode).join(' · ') : t('loan.stepItemHint')}
        />
        <Step
          n={3}
          done={bound}
          title={t('loan.stepCall')}
          detail={bound ? t('loan.stepCallOk') : t('loan.stepCallHint')}
        />
      </ol>
      {volumes.length > 0 && (
        <Card>
          <ul className="divide-y divide-line">
            {volumes.map((one) => (
              <li key={one.volume} className="flex h-10 items-center gap-3 px-4">
                <span aria-hidden="true" className={one.barcode ? 'text-ok' : 'text-ink-3'}>
                  {one.barcode ? '✓' : '·'}
                </span>
                <span className="ell">{one.label || t('request.volume', { n: one.volume })}</span>
                <span className="flex-1" />
                {one.barcode ? (
                  <>
                    <span className="mono text-md">{one.barcode}</span>
                    {row.can.includes('unbindItem') && (
                      <Button size="small" kind="quiet" onClick={() => unbind(one.volume)}>
                        {t('loan.unbind')}
                      </Button>
                    )}
                  </>
                ) : (
                  <span className="text-ink-3">{t('loan.toScan')}</span>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  )
}

/** What is done with a loan that was checked. */
export function LoanActions({ row, bound }: { row: QueueRow; bound: boolean }) {
  const { t } = useTranslation()
  const [preview, setPreview] = useState(false)
  return (
    <>
      <CommandButton id="loan.printSlip" kind={bound ? 'primary' : 'normal'} size="big" icon={Printer}>
        {t('loan.printShort')}
      </CommandButton>
      <Button size="big" disabled={!bound} onClick={() => setPreview(true)}>
        {t('print.preview')}
      </Button>
      <Button size="big" icon={Truck} disabled={!bound} onClick={() => go('courier', null, 'pack')}>
        {t('loan.toPack')}
      </Button>
      <CommandButton id="loan.next" size="big" kind="quiet" className="px-2.5">
        {t('loan.nextShort')}
      </CommandButton>
      {row.dueAt !== null && <span className="ml-auto text-ink-2">{t('loan.due', { day: isoDay(row.dueAt) })}</span>}
      {preview && <PrintPreview kind="bookSlip" objectIds={[row.id]} onClose={() => setPreview(false)} />}
    </>
  )
}

function Large({ label, mono, children }: { label: string; mono?: boolean; children: string }) {
  return (
    <div className="min-w-0">
      <dt className="lbl">{label}</dt>
      <dd className={cx('text-2xl leading-tight font-semibold break-words select-text', mono && 'font-mono')}>
        {children}
      </dd>
    </div>
  )
}

function Step({ n, done, title, detail }: { n: number; done: boolean; title: string; detail: string }) {
  return (
    <li
      className={cx(
        'flex items-start gap-2.5 rounded-lg border px-3 py-2.5',
        done ? 'border-ok-line bg-ok-soft' : 'border-line bg-panel',
      )}
    >
      <span
        aria-hidden="true"
        className={cx(
          'mt-px grid size-5 flex-none place-items-center rounded-full text-2xs font-semibold',
          done ? 'bg-ok text-panel' : 'border border-line-2 text-ink-2',
        )}
      >
        {done ? <Check size={13} strokeWidth={3} /> : n}
      </span>
      <span className="min-w-0">
        <b className={cx('block font-semibold', done && 'text-ok')}>{title}</b>
        <span className={cx('block break-words', done ? 'text-ink-2' : 'text-ink-3')}>{detail}</span>
      </span>
    </li>
  )
}
