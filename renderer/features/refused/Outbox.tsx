import { ListTodo } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { OutboxEntry } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { moment, size } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Progress } from '../../ui/Meter.tsx'

/** What still waits to be sent, oldest first. */
export function Outbox({ entries }: { entries: readonly OutboxEntry[] | undefined }) {
  const { t, i18n } = useTranslation()
  const now = useNow(5000)
  if (entries?.length === 0)
    return (
      <EmptyState icon={ListTodo} title={t('refused.outboxNoneTitle')}>
        {t('refused.outboxNone')}
      </EmptyState>
    )
  return (
    <ul aria-label={t('refused.waiting')} className="min-h-0 divide-y divide-line overflow-y-auto bg-panel">
      {entries?.map((entry) => (
        <li
          key={entry.opId}
          className="grid min-h-11 grid-cols-[104px_92px_minmax(0,1fr)_220px_auto] items-center gap-3 px-3.5 py-1.5"
        >
          <span className="text-ink-3">{moment(entry.at, i18n.language, now, t)}</span>
          <b className="font-medium">{t(`op.${entry.kind}`)}</b>
          <span className="ell" title={entry.title}>
            {entry.title}
            <span className="mono ml-2 text-ink-3">{entry.objectId.length > 20 ? '' : entry.objectId}</span>
            {entry.who && <span className="ml-2 text-ink-3">{entry.who}</span>}
          </span>
          <span className="grid gap-1 text-sm text-amber">
            <span>
              {t(`outbox.${entry.state}`)}
              {entry.bytes > 0 &&
                ` · ${t('refused.sentOf', { sent: size(entry.sentBytes, i18n.language), size: size(entry.bytes, i18n.language) })}`}
            </span>
            {entry.bytes > 0 && entry.sentBytes > 0 && (
              <Progress label={t('job.upload')} done={entry.sentBytes} total={entry.bytes} />
            )}
          </span>
          {entry.state === 'held' || entry.state === 'queued' || entry.state === 'waiting_blob' ? (
            <Button size="small" onClick={() => void attempt(() => core('op.withdraw', { opId: entry.opId }))}>
              {t('undo.do')}
            </Button>
          ) : (
            <span />
          )}
        </li>
      ))}
    </ul>
  )
}
