import { FileInput, ScanLine } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueQuery, RequestColumn } from '../../../electron/contract/core.contract.ts'
import { ListExport } from '../../app/ExportMenu.tsx'
import { useCommand } from '../../app/commands.ts'
import { useCore } from '../../app/data.ts'
import { dueText } from '../../app/due.ts'
import { useNow } from '../../app/hooks.ts'
import { go, setOpen, useRoute } from '../../app/routes.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { ServiceMark } from '../../ui/ServiceMark.tsx'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'
import { stageText } from '../queue/columns.tsx'
import { BatchButton, BatchDesk } from './BatchDesk.tsx'
import { CopyDesk } from './CopyDesk.tsx'

const WAITING: QueueQuery = {
  text: '',
  filter: { open: true, service: 'copy', role: 'supplier', stage: ['pulled', 'scanning', 'ready', 'resend'] },
  sort: 'due',
  descending: false,
}

const COLUMNS: RequestColumn[] = ['id', 'title', 'journal', 'year', 'volumeNo', 'issueNo', 'pages', 'issn', 'partner', 'due', 'stage', 'holder'] // prettier-ignore

/** The scan desk: what waits for it, or the request that lies on it. */
export function CopyPlace() {
  const open = useRoute((route) => route.open.copy) ?? null
  const [ended, setEnded] = useState(false)
  useCommand('copy.next', () => {
    void core('queue.window', { query: WAITING, offset: 0, limit: 50 })
      .then(({ rows }) => {
        const at = rows.findIndex((row) => row.id === open)
        const next = rows[at + 1] ?? rows.find((row) => row.id !== open)
        setEnded(!next)
        setOpen('copy', next?.id ?? null)
      })
      // The list of what waits shows the failure itself.
      .catch(() => setOpen('copy', null))
  })
  useEffect(() => {
    if (open) setEnded(false)
  }, [open])
  const batch = useRoute((route) => route.part.copy) === 'batch'
  const toBatch = (on: boolean) => go('copy', null, on ? 'batch' : '')
  useCommand('copy.batch', () => toBatch(true), !open && !batch)
  if (open) return <CopyDesk key={open} requestId={open} />
  return batch ? <BatchDesk onClose={() => toBatch(false)} /> : <Waiting ended={ended} />
}

function Waiting({ ended }: { ended: boolean }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { data } = useCore('queue.window', { query: WAITING, offset: 0, limit: 100 }, ['queue'])
  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]" aria-label={t('place.copy')}>
      <PlaceHead title={t('place.copy')} sub={data && t('copy.waiting', { count: data.total })}>
        <ListExport order={{ list: 'requests', query: WAITING, columns: COLUMNS }} title={t('place.copy')} />
        <BatchButton />
      </PlaceHead>
      {data && data.total === 0 ? (
        <div className="bg-panel">
          <EmptyState
            icon={ScanLine}
            title={t(ended ? 'copy.endedTitle' : 'copy.emptyTitle')}
            action={<Button onClick={() => go('queue')}>{t('pull.toQueue')}</Button>}
          >
            {t('copy.empty')}
          </EmptyState>
        </div>
      ) : (
        <div className="overflow-auto p-4">
          <p className="mb-3 flex items-center gap-2 text-ink-2">
            <FileInput aria-hidden="true" size={16} />
            {t('copy.scanSlip')}
          </p>
          <ul className="max-w-[920px] divide-y divide-line rounded-lg border border-line bg-panel">
            {data?.rows.map((row) => (
              <li key={row.id}>
                <button
                  type="button"
                  onClick={() => setOpen('copy', row.id)}
                  className="flex h-12 w-full items-center gap-3 px-3 text-left hover:bg-panel-2 focus-visible:-outline-offset-2"
                >
                  <ServiceMark service={row.service} />
                  <span className="mono flex-none text-ink-2">{row.id}</span>
                  <span className="ell flex-1" title={`${row.title} ${row.subtitle}`}>
                    {row.title}
                    <span className="ml-2 text-ink-3">{row.subtitle}</span>
                  </span>
                  {row.pageCount > 0 && (
                    <span className="flex-none text-ink-2">{t('request.pages', { count: row.pageCount })}</span>
                  )}
                  <span className="w-20 flex-none text-sm text-ink-2">{stageText(row, t)}</span>
                  <span className="w-32 flex-none">
                    <UrgencyMark urgency={row.urgency}>{dueText(row, now, t, i18n.language)}</UrgencyMark>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
