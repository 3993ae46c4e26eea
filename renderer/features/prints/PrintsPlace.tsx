import { Check, CircleDashed, Clock, Printer, TriangleAlert, X, type LucideIcon } from 'lucide-react'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrintJobView } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { moment } from '../../app/format.ts'
import { useNow, useRoomy } from '../../app/hooks.ts'
import { go, useRoute } from '../../app/routes.ts'
import { blobUrl, core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Drawer } from '../../ui/Drawer.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LazyPdf } from '../../ui/LazyPdf.tsx'
import { Note } from '../../ui/Note.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { cx } from '../../ui/cx.ts'
import { printNow } from './print.ts'

const LOOK: Record<PrintJobView['state'], { icon: LucideIcon; tone: string }> = {
  waiting: { icon: Clock, tone: 'text-ink-2' },
  sending: { icon: CircleDashed, tone: 'text-ink-2' },
  handed_over: { icon: CircleDashed, tone: 'text-amber' },
  printing: { icon: Printer, tone: 'text-accent' },
  attention: { icon: TriangleAlert, tone: 'text-amber' },
  confirmed: { icon: Check, tone: 'text-ok' },
  failed: { icon: X, tone: 'text-seal' },
  cancelled: { icon: X, tone: 'text-ink-3' },
}
const SETTLED: readonly PrintJobView['state'][] = ['confirmed', 'cancelled']
const STOPPABLE: readonly PrintJobView['state'][] = ['waiting', 'sending', 'attention', 'printing', 'handed_over']

/** The print ledger: what was sent, what the printer itself confirmed, what failed. It claims nothing it does not know. */
export function PrintsPlace() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const roomy = useRoomy()
  const part = useRoute((route) => route.part.prints) === 'open' ? 'open' : 'all'
  const { data } = useCore('print.jobs', { limit: 300 }, ['print'])
  const [chosen, setChosen] = useState<string | null>(null)
  const open = (data ?? []).filter((job) => !SETTLED.includes(job.state))
  const list = part === 'open' ? open : (data ?? [])
  const job = list.find((one) => one.id === chosen) ?? (roomy ? list[0] : undefined)
  const panel = job && <JobPanel job={job} />
  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]" aria-label={t('place.prints')}>
      <PlaceHead title={t('place.prints')} sub={data && t('prints.figures', { count: data.length })}>
        <Segments
          label={t('prints.show')}
          value={part}
          options={[
            { id: 'all', label: t('prints.all') },
            { id: 'open', label: t('prints.open'), count: open.length },
          ]}
          onChange={(next) => go('prints', undefined, next)}
        />
      </PlaceHead>
      {data && list.length === 0 ? (
        <div className="bg-panel">
          <EmptyState icon={Printer} title={t(part === 'open' ? 'prints.openNoneTitle' : 'prints.noneTitle')}>
            {t(part === 'open' ? 'prints.openNone' : 'prints.none')}
          </EmptyState>
        </div>
      ) : (
        <div className={cx('grid min-h-0', roomy ? 'grid-cols-[minmax(0,1fr)_420px]' : 'grid-cols-1')}>
          <ul aria-label={t('place.prints')} className="min-h-0 divide-y divide-line overflow-y-auto bg-panel">
            {list.map((one) => {
              const { icon: Icon, tone } = LOOK[one.state]
              const on = one.id === job?.id
              return (
                <li key={one.id}>
                  <button
                    type="button"
                    aria-current={on}
                    onClick={() => setChosen(one.id)}
                    className={cx(
                      'grid h-[46px] w-full grid-cols-[92px_minmax(0,1fr)_150px_150px] items-center gap-3 px-3.5 text-left focus-visible:-outline-offset-2',
                      on ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]' : 'hover:bg-panel-2',
                    )}
                  >
                    <span className={on ? 'text-ink-2' : 'text-ink-3'}>{moment(one.at, i18n.language, now, t)}</span>
                    <span className="min-w-0">
                      <span className="flex items-center gap-2">
                        <b className="flex-none font-medium">{t(`printKind.${one.kind}`)}</b>
                        {one.copyNo > 1 && (
                          <span className="flex-none text-sm text-amber">
                            {t('prints.reprint', { n: one.copyNo - 1 })}
                          </span>
                        )}
                        {one.copies > 1 && (
                          <span className="flex-none text-sm text-ink-2">
                            {t('prints.copies', { count: one.copies })}
                          </span>
                        )}
                      </span>
                      <span className="ell block text-sm text-ink-2" title={one.objectIds.join(', ')}>
                        {subjectOf(one, t)}
                      </span>
                    </span>
                    <span className="ell text-ink-2" title={one.printerName}>
                      {one.printerName}
                    </span>
                    <span className={cx('flex items-center gap-1.5', tone)}>
                      <Icon aria-hidden="true" size={15} className="flex-none" />
                      <span className="ell">{t(`printState.${one.state}`)}</span>
                    </span>
                  </button>
                </li>
              )
            })}
          </ul>
          {roomy ? (
            <aside className="min-h-0 border-l border-line bg-panel" aria-label={t('prints.detail')}>
              {panel}
            </aside>
          ) : (
            <Drawer
              label={t('prints.detail')}
              open={chosen !== null && panel !== undefined}
              onClose={() => setChosen(null)}
            >
              {panel}
            </Drawer>
          )}
        </div>
      )}
    </section>
  )
}

/** What was printed: one thing by its title, several by the first and how many. */
function subjectOf(job: PrintJobView, t: TFunction): string {
  const [first = ''] = job.objectIds
  return job.objectIds.length > 1 ? t('prints.many', { first, count: job.objectIds.length }) : job.title
}

function JobPanel({ job }: { job: PrintJobView }) {
  const { t } = useTranslation()
  return (
    <div className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)_auto]">
      <div className="grid gap-2 border-b border-line px-4 py-3">
        <h2 className="text-md font-semibold">{t(`printKind.${job.kind}`)}</h2>
        <div className="text-ink-2">{subjectOf(job, t)}</div>
        <Note
          tone={
            job.state === 'confirmed'
              ? 'ok'
              : job.state === 'failed'
                ? 'bad'
                : job.state === 'attention' || job.state === 'handed_over'
                  ? 'warn'
                  : 'plain'
          }
        >
          {t(`printStateLong.${job.state}`, { printer: job.printerName })}
          {job.reasons.length > 0 &&
            ` ${job.reasons.map((reason) => t(`printReason.${reason}`, { defaultValue: reason })).join(' · ')}`}
          {job.error && <div>{errorText(t, job.error.code, job.error.params)}</div>}
        </Note>
      </div>
      <LazyPdf
        url={blobUrl(job.blob)}
        label={t('print.previewTitle', { kind: t(`printKind.${job.kind}`) })}
        width={340}
      />
      <div className="flex flex-wrap gap-2 border-t border-line px-4 py-3">
        {job.state === 'failed' ? (
          <Button
            kind="primary"
            size="big"
            className="flex-1"
            onClick={() => void attempt(() => core('print.retry', { printJobId: job.id }))}
          >
            {t('prints.retry')}
          </Button>
        ) : (
          <Button size="big" className="flex-1" onClick={() => void printNow(job.kind, [...job.objectIds], job.copies)}>
            {t('prints.again')}
          </Button>
        )}
        {STOPPABLE.includes(job.state) && (
          <Button size="big" onClick={() => void attempt(() => core('print.cancel', { printJobId: job.id }))}>
            {t('prints.cancel')}
          </Button>
        )}
      </div>
    </div>
  )
}
