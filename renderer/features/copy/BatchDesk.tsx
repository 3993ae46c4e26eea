import { ArrowLeft, Layers } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScanProfile } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { useCommand } from '../../app/commands.ts'
import { useCore } from '../../app/data.ts'
import { clock } from '../../app/format.ts'
import { go, setOpen } from '../../app/routes.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Tag, type TagTone } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Note } from '../../ui/Note.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { ScanBar } from './ScanBar.tsx'
import { fitProfile } from './ScannerChoice.tsx'
import { ScanProfileDialog } from './ScanProfileDialog.tsx'

type Batch = CoreOut<'batch.list'>[number]
type Segment = Batch['segments'][number]

const TONE: Record<Segment['verdict'], TagTone> = {
  unknown: 'plain',
  complete: 'ok',
  missing: 'amber',
  surplus: 'amber',
  many: 'seal',
}

/** One stack for many requests: scan it, and see what each request got. */
export function BatchDesk({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const batches = useCore('batch.list', {}, ['batch', 'pages', 'jobs']).data
  const settings = useCore('settings.get', {}, ['settings']).data
  const scanners = useCore('scanner.list', { refresh: false }, ['devices']).data
  const jobs = useCore('job.list', {}, ['jobs']).data
  const [profileOpen, setProfileOpen] = useState(false)
  const scanner =
    scanners?.find((one) => one.id === settings?.scan?.scannerId) ?? (settings?.scan ? undefined : scanners?.[0])
  const profile: ScanProfile | null = settings?.scan ?? (scanner ? fitProfile(scanner, null) : null)
  const batch = batches?.[0]
  const job = (batch?.jobId && jobs?.find((one) => one.id === batch.jobId)) || null
  const running = job && (job.state === 'running' || job.state === 'paused') ? job : null
  const failed = jobs?.findLast((one) => one.kind === 'scan' && one.requestId === null && one.state === 'failed')
  const start = async () => {
    if (!profile) return setProfileOpen(true)
    await attempt(() => core('batch.start', { profile }))
  }
  useCommand('copy.scan', () => void start(), !running && (profile !== null || scanners !== undefined))
  useCommand(
    'copy.continue',
    () => void attempt(() => core('job.resume', { jobId: running!.id })),
    running?.state === 'paused',
  )
  useCommand('copy.batch', onClose)

  return (
    <section
      className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)_56px]"
      aria-label={t('batch.title')}
      data-batch={batch?.id}
    >
      <PlaceHead
        title={t('batch.title')}
        sub={batch && t('batch.from', { time: clock(batch.startedAt, i18n.language) })}
      >
        <IconButton icon={ArrowLeft} label={t('copy.back')} onClick={onClose} />
      </PlaceHead>
      <div className="overflow-auto p-4" tabIndex={0} role="region" aria-label={t('batch.result')}>
        {!batch || (batch.segments.length === 0 && !running) ? (
          <EmptyState icon={Layers} title={t('batch.emptyTitle')}>
            {t('batch.empty')}
          </EmptyState>
        ) : (
          <ol className="max-w-[920px] divide-y divide-line rounded-lg border border-line bg-panel">
            {batch.segments.map((segment) => (
              <Line key={segment.n} segment={segment} />
            ))}
            {running && (
              <li className="px-3 py-3 text-ink-3" aria-hidden="true">
                {t('copy.arriving')}
              </li>
            )}
          </ol>
        )}
        {!running && failed?.error && failed.done === 0 && (
          <div className="mt-3 max-w-[920px]">
            <Note tone="bad">{t(`error.${failed.error.code}`, failed.error.params)}</Note>
          </div>
        )}
      </div>
      <ScanBar
        scanner={scanner}
        profile={profile}
        job={running}
        primary
        stack
        onProfile={() => setProfileOpen(true)}
        onCancel={(jobId) => void attempt(() => core('job.cancel', { jobId }))}
      />
      {profileOpen && <ScanProfileDialog profile={profile} onClose={() => setProfileOpen(false)} />}
    </section>
  )
}

/** What one slip's request got; opening it leads to its pages. */
function Line({ segment }: { segment: Segment }) {
  const { t } = useTranslation()
  const { slip, slipId, title, partner, pages, asked, verdict, target } = segment
  const known = slip === 'request'
  return (
    <li
      className="grid grid-cols-[minmax(0,1fr)] gap-2 px-3 py-2.5"
      data-segment={slipId || slip}
      data-verdict={known ? verdict : 'tray'}
    >
      <div className="flex items-center gap-3">
        <span className="mono w-28 flex-none text-ink-2">{slipId || '—'}</span>
        <span className="ell flex-1">
          {known ? title : t(`batch.slip.${slip}`)}
          {known && <span className="ml-2 text-ink-3">{partner}</span>}
        </span>
        <span className="flex-none text-ink-2 tabular-nums">
          {asked === null ? t('request.pages', { count: pages }) : t('batch.pages', { pages, asked })}
        </span>
        {known ? (
          <Tag tone={TONE[verdict]}>{t(`batch.verdict.${verdict}`)}</Tag>
        ) : (
          <Tag tone="amber">{t('place.tray')}</Tag>
        )}
        <Button size="small" onClick={() => (known ? setOpen('copy', target) : go('tray', target))}>
          {t(known ? 'batch.open' : 'batch.toTray')}
        </Button>
      </div>
      {known && verdict === 'many' && <Note tone="warn">{t('batch.missed', { count: pages - (asked ?? 0) })}</Note>}
    </li>
  )
}

/** Leads to the screen for one stack of many requests. */
export function BatchButton() {
  return <CommandButton id="copy.batch" icon={Layers} />
}
