import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { JobView } from '../../electron/contract/core.contract.ts'
import { core } from '../host.ts'
import { Button } from '../ui/Button.tsx'
import { Progress } from '../ui/Meter.tsx'
import { attempt } from './act.ts'
import { useCore } from './data.ts'
import { count, span } from './format.ts'

/** How far the newest job of a kind is; it can be ended. */
export function JobToast({ kind }: { kind: JobView['kind'] }) {
  const { t, i18n } = useTranslation()
  const jobs = useCore('job.list', {}, ['jobs']).data
  const job = jobs?.findLast((one) => one.kind === kind && one.state === 'running')
  const name = t(`job.${kind}`)
  const n = (value: number) => count(value, i18n.language)
  const said = !job || job.done === 0 ? name : job.total === null ? t('job.rows', { job: name, done: n(job.done) }) : t('job.of', { job: name, done: n(job.done), total: n(job.total) }) // prettier-ignore
  return (
    <div className="flex min-h-[30px] items-center gap-3 pr-1" data-job={kind}>
      <span className="grid w-72 gap-1">
        <span className="ell">
          {said}
          {job?.etaMs ? ` · ${t('job.eta', { span: span(job.etaMs, t) })}` : ''}
        </span>
        <Progress label={name} done={job?.done ?? 0} total={job?.total ?? null} />
      </span>
      <Button
        size="small"
        icon={X}
        disabled={!job}
        onClick={() => job && void attempt(() => core('job.cancel', { jobId: job.id }))}
      >
        {t('ui.cancel')}
      </Button>
    </div>
  )
}
