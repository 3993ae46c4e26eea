import { FileUp, ScanLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CoreOut } from '../../host.ts'
import type { JobView, ScanProfile } from '../../../electron/contract/core.contract.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { deviceName } from '../../app/device-name.ts'
import { span } from '../../app/format.ts'
import { useMedia } from '../../app/hooks.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Meter.tsx'

/** Under the page: scan, scan again, insert; or how far the scan is, with a way out. */
export function ScanBar({
  scanner,
  profile,
  job,
  primary,
  stack,
  onProfile,
  onCancel,
}: {
  scanner: CoreOut<'scanner.list'>[number] | undefined
  profile: ScanProfile | null
  job: JobView | null
  primary: boolean
  /** For a stack of many requests: nothing is scanned again or inserted. */
  stack?: boolean
  onProfile: () => void
  onCancel: (jobId: string) => void
}) {
  const { t, i18n } = useTranslation()
  // What is scanned with, and how, stays in view: the buttons' words give way first.
  const tight = !useMedia(i18n.language === 'en' ? '(min-width: 1500px)' : '(min-width: 1340px)')
  if (job?.state === 'paused' && job.error)
    return (
      <div className="flex items-center gap-3 border-t border-line bg-amber-soft px-3" data-paused>
        <span className="min-w-0 flex-1 text-amber" role="alert">
          {t(`error.${job.error.code}`, job.error.params)} {t('scan.pagesSafe', { count: job.done })}
        </span>
        <Button onClick={() => onCancel(job.id)}>{t('scan.finish')}</Button>
        <CommandButton id="copy.continue" kind="primary" size="big" />
      </div>
    )
  if (job)
    return (
      <div className="flex items-center gap-3 border-t border-line bg-panel px-3">
        <div className="w-56 flex-none">
          <Progress label={t(`job.${job.kind}`)} done={job.done} total={job.total} />
        </div>
        <span className="ell text-ink-2" role="status">
          {job.total === null
            ? t('job.pages', { job: t(`job.${job.kind}`), count: job.done })
            : t('job.of', { job: t(`job.${job.kind}`), done: job.done, total: job.total })}
          {job.etaMs !== null && job.etaMs > 1000 && ` · ${t('job.eta', { span: span(job.etaMs, t) })}`}
        </span>
        <span className="flex-1" />
        <Button onClick={() => onCancel(job.id)}>{t('ui.stop')}</Button>
      </div>
    )
  return (
    <div className="flex items-center gap-2.5 overflow-x-auto border-t border-line bg-panel px-3 [scrollbar-width:none]">
      <CommandButton id="copy.scan" kind={primary ? 'primary' : 'normal'} size="big" icon={ScanLine} />
      {!stack && (
        <>
          <CommandButton id="copy.rescan">{tight && t('copy.rescanShort')}</CommandButton>
          <CommandButton id="copy.insert" kbd={false}>
            {tight && t('copy.insertShort')}
          </CommandButton>
          <CommandButton id="copy.import" kind="quiet" icon={FileUp} kbd={false}>
            {tight && t('copy.importShort')}
          </CommandButton>
        </>
      )}
      <span className="flex-1" />
      <span className="min-w-0 text-right leading-[1.3]">
        <span className="ell block">
          {profile ? (scanner ? deviceName(t, scanner.name) : t('scan.gone')) : t('scan.none')}
        </span>
        {profile && (
          <span className="ell block text-sm text-ink-2">
            {profile.work && `${t(`scanWork.${profile.work}`)} · `}
            {t('scan.profile', {
              source: t(`scanSource.${profile.source}`),
              dpi: profile.dpi,
              mode: t(`scanMode.${profile.mode}`),
            })}
          </span>
        )}
      </span>
      <Button kind="quiet" onClick={onProfile}>
        {t('ui.change')}
      </Button>
    </div>
  )
}
