import { CheckCheck, FilePlus2, Printer } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrintBatchView, PrintJobView } from '../../../electron/contract/core.contract.ts'
import { deviceName } from '../../app/device-name.ts'
import { ListExport } from '../../app/ExportMenu.tsx'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { moment } from '../../app/format.ts'
import { useNow, useRoomy } from '../../app/hooks.ts'
import { go, useRoute } from '../../app/routes.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Drawer } from '../../ui/Drawer.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { cx } from '../../ui/cx.ts'
import { BatchPanel } from './BatchPanel.tsx'
import { JobPanel } from './JobPanel.tsx'
import { PrintOther } from './PrintOther.tsx'
import { BATCH_LOOK, isCode, isOpen, lookOf, subjectOf, type Look } from './words.ts'

type Entry = { id: string; at: number } & ({ job: PrintJobView } | { batch: PrintBatchView })

const entryOpen = (entry: Entry) =>
  'job' in entry ? isOpen(entry.job) : !['done', 'cancelled'].includes(entry.batch.state)

/** The print ledger: what was sent, what the printer itself confirmed, what failed. It claims nothing it does not know. */
export function PrintsPlace() {
  const { t } = useTranslation()
  const roomy = useRoomy()
  const part = useRoute((route) => route.part.prints) === 'open' ? 'open' : 'all'
  const { data: jobs } = useCore('print.jobs', { limit: 300 }, ['print'])
  const { data: batches } = useCore('print.batches', { limit: 30 }, ['print'])
  const [chosen, setChosen] = useState<string | null>(null)
  const [other, setOther] = useState(false)
  const all: Entry[] = [
    ...(jobs ?? []).map((job) => ({ id: job.id, at: job.at, job })),
    ...(batches ?? []).map((batch) => ({ id: batch.id, at: batch.at, batch })),
  ].toSorted((a, b) => b.at - a.at)
  const open = all.filter(entryOpen)
  const list = part === 'open' ? open : all
  const entry = list.find((one) => one.id === chosen) ?? (roomy ? list[0] : undefined)
  const panel = entry && ('job' in entry ? <JobPanel key={entry.id} job={entry.job} /> : <BatchPanel batch={entry.batch} />) // prettier-ignore
  const unsure = (jobs ?? []).filter((job) => job.unsure)
  const allSeen = () =>
    void attempt(async () => {
      for (const { id } of unsure) await core('print.settle', { printJobId: id, printed: true })
    })
  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]" aria-label={t('place.prints')}>
      <PlaceHead title={t('place.prints')} sub={jobs && t('prints.figures', { count: all.length })}>
        {part === 'open' && unsure.length > 1 && (
          <Button icon={CheckCheck} onClick={allSeen}>
            {t('prints.allCameOut', { count: unsure.length })}
          </Button>
        )}
        <Button icon={FilePlus2} data-action="print-other" onClick={() => setOther(true)}>
          {t('printOther.button')}
        </Button>
        <Segments
          label={t('prints.show')}
          value={part}
          options={[
            { id: 'all', label: t('prints.all') },
            { id: 'open', label: t('prints.open'), count: open.length },
          ]}
          onChange={(next) => go('prints', undefined, next)}
        />
        <ListExport order={{ list: 'prints', open: part === 'open' }} title={t('place.prints')} />
      </PlaceHead>
      {jobs && list.length === 0 ? (
        <div className="bg-panel">
          <EmptyState icon={Printer} title={t(part === 'open' ? 'prints.openNoneTitle' : 'prints.noneTitle')}>
            {t(part === 'open' ? 'prints.openNone' : 'prints.none')}
          </EmptyState>
        </div>
      ) : (
        <div className={cx('grid min-h-0', roomy ? 'grid-cols-[minmax(0,1fr)_max(420px,32%)]' : 'grid-cols-1')}>
          <ul aria-label={t('place.prints')} className="min-h-0 divide-y divide-line overflow-y-auto bg-panel">
            {!jobs &&
              [62, 48, 71, 55].map((w) => (
                <li key={w} className="px-3.5 py-3.5">
                  <Skeleton w={`${w}%`} />
                </li>
              ))}
            {list.map((one) => (
              <li key={one.id}>
                <Row entry={one} on={one.id === entry?.id} onClick={() => setChosen(one.id)} />
              </li>
            ))}
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
      {other && <PrintOther onClose={() => setOther(false)} />}
    </section>
  )
}

function Row({ entry, on, onClick }: { entry: Entry; on: boolean; onClick: () => void }) {
  const { t } = useTranslation()
  if ('job' in entry) {
    const { job } = entry
    const seen = job.state === 'handed_over' && !job.unsure
    return (
      <Line
        at={job.at}
        on={on}
        onClick={onClick}
        kind={t(`printKind.${job.kind}`)}
        notes={
          <>
            {job.copyNo > 1 && <span className="text-amber">{t('prints.reprint', { n: job.copyNo })}</span>}
            {job.copies > 1 && <span className="text-ink-2">{t('prints.copies', { count: job.copies })}</span>}
          </>
        }
        subject={subjectOf(job, t)}
        hint={job.objectIds.join(', ')}
        printer={deviceName(t, job.printerName)}
        look={lookOf(job)}
        state={seen ? t('prints.seenShort') : t(`printState.${job.state}`)}
      />
    )
  }
  const { batch } = entry
  const done = batch.confirmed + batch.unconfirmed
  return (
    <Line
      at={batch.at}
      on={on}
      onClick={onClick}
      kind={t('prints.batchTitle', { kind: t(`printKind.${batch.kind}`), count: batch.total })}
      subject={t('prints.batchProgress', { done, total: batch.total })}
      printer={batch.printerName}
      look={BATCH_LOOK[batch.state]}
      state={t(`prints.batchShort.${batch.state}`)}
    />
  )
}

function Line({
  at,
  on,
  onClick,
  kind,
  notes,
  subject,
  hint,
  printer,
  look: { icon: Icon, tone },
  state,
}: {
  at: number
  on: boolean
  onClick: () => void
  kind: string
  notes?: ReactNode
  subject: string
  hint?: string
  printer: string
  look: Look
  state: string
}) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  return (
    <button
      type="button"
      aria-current={on}
      onClick={onClick}
      className={cx(
        'grid h-[46px] w-full grid-cols-[92px_minmax(0,1fr)_150px_150px] items-center gap-3 px-3.5 text-left focus-visible:-outline-offset-2',
        on ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]' : 'hover:bg-panel-2',
      )}
    >
      <span className={on ? 'text-ink-2' : 'text-ink-3'}>{moment(at, i18n.language, now, t)}</span>
      <span className="min-w-0">
        <span className="flex items-center gap-2 [&>span]:flex-none [&>span]:text-sm">
          <b className="flex-none font-medium">{kind}</b>
          {notes}
        </span>
        <span className={cx('ell block text-sm text-ink-2', isCode(subject) && 'mono')} title={hint}>
          {subject}
        </span>
      </span>
      <span className="ell text-ink-2" title={printer}>
        {printer}
      </span>
      <span className={cx('flex items-center gap-1.5', tone)}>
        <Icon aria-hidden="true" size={15} className="flex-none" />
        <span className="ell">{state}</span>
      </span>
    </button>
  )
}
