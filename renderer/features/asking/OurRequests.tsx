import { BookUp, FilePen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueRow } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { isoDay, moment } from '../../app/format.ts'
import { useNow, useRoomy } from '../../app/hooks.ts'
import { go, setOpen, useRoute } from '../../app/routes.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag, type TagTone } from '../../ui/Chip.tsx'
import { Drawer } from '../../ui/Drawer.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Field } from '../../ui/Field.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { ServiceMark } from '../../ui/ServiceMark.tsx'
import { cx } from '../../ui/cx.ts'
import { stageText } from '../queue/columns.tsx'
import { RequestPanel } from '../request/RequestPanel.tsx'
import { ASKED_FILTERS, askedQuery, fillForm, useAsking, type Listed } from './store.ts'

const SHOWN = 300

/** What we asked of others for our readers, drafts first; the one chosen stands beside, or over it where there is no room. */
export function OurRequests() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const roomy = useRoomy()
  const [drawer, setDrawer] = useState(false)
  const open = useRoute((route) => route.open.asking) ?? null
  const { filter, text } = useAsking((state) => state.listed)
  const list = (part: Partial<Listed>) => useAsking.setState({ listed: { filter, text, ...part } })
  const query = askedQuery({ filter, text })
  const { data } = useCore('queue.window', { query, offset: 0, limit: SHOWN }, ['queue', 'outbox'])
  const kept = useCore('asking.drafts', {}, ['asking']).data ?? []
  const looking = filter !== 'all' || text !== ''
  const drafts = looking ? [] : kept
  if (!data) return null
  const nothing = data.total === 0 && drafts.length === 0
  // Before the first request there is nothing to be read beside the list.
  const beside = roomy && (looking || !nothing)
  return (
    <div className={cx('grid min-h-0', beside ? 'grid-cols-[minmax(0,1fr)_360px]' : 'grid-cols-1')}>
      <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)_auto]">
        <div className="flex flex-wrap items-center gap-2 border-b border-line bg-panel px-3.5 py-2">
          <Segments
            label={t('asking.part.requests')}
            value={filter}
            options={ASKED_FILTERS.map((id) => ({ id, label: t(`asking.filter.${id}`) }))}
            onChange={(next) => list({ filter: next })}
          />
          <div className="min-w-40 flex-1">
            <Field
              label={t('asking.find')}
              hideLabel
              placeholder={t('asking.find')}
              type="search"
              value={text}
              onChange={(next) => list({ text: next })}
              maxLength={200}
              data-find="asked"
            />
          </div>
        </div>
        <div className="overflow-auto" tabIndex={0} role="region" aria-label={t('asking.part.requests')}>
          {nothing ? (
            <EmptyState icon={BookUp} title={t(looking ? 'asking.noneFound' : 'asking.noneTitle')}>
              {!looking && t('asking.none')}
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line border-b border-line bg-panel">
              {drafts.map(({ id, at, draft }) => (
                <li key={id} className="flex items-center gap-3 bg-panel-2 px-3.5 py-2" data-draft={id}>
                  <FilePen aria-hidden="true" size={16} className="flex-none text-ink-3" />
                  <div className="min-w-0 flex-1">
                    <div className="ell">{draft.articleTitle || draft.title || t('asking.untitled')}</div>
                    <div className="text-sm text-ink-2">
                      {t('asking.draft')} · {moment(at, i18n.language, now, t)}
                    </div>
                  </div>
                  <Button size="small" onClick={() => useAsking.setState({ form: { id, draft } })}>
                    {t('asking.goOn')}
                  </Button>
                  <Button
                    size="small"
                    kind="quiet"
                    onClick={() => void attempt(() => core('asking.dropDraft', { id }))}
                  >
                    {t('ui.remove')}
                  </Button>
                </li>
              ))}
              {data.rows.map((row) => (
                <li key={row.id}>
                  <button
                    type="button"
                    aria-current={row.id === open ? 'true' : undefined}
                    onClick={() => {
                      setOpen('asking', row.id)
                      setDrawer(!roomy)
                    }}
                    data-asked={row.id}
                    className={cx(
                      'flex w-full items-center gap-3 px-3.5 py-2 text-left',
                      row.id === open ? 'bg-accent-soft' : 'hover:bg-hover',
                    )}
                  >
                    <ServiceMark service={row.service} />
                    <span className="min-w-0 flex-1">
                      <span className="ell block">{row.title}</span>
                      <span className="ell block text-sm text-ink-2">
                        {[
                          row.partnerName,
                          moment(row.appliedAt, i18n.language, now, t),
                          row.dueAt !== null && t('asking.dueAt', { day: isoDay(row.dueAt) }),
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                      </span>
                    </span>
                    <State row={row} />
                  </button>
                </li>
              ))}
            </ul>
          )}
        </div>
        <div className="flex items-center justify-end gap-2 border-t border-line bg-panel px-3.5 py-2.5">
          <Button onClick={() => go('asking', undefined, 'search')}>{t('asking.part.search')}</Button>
          <Button kind="primary" onClick={() => fillForm({})} data-asking="new">
            {t('asking.new')}
          </Button>
        </div>
      </div>
      {beside ? (
        <aside className="min-h-0 border-l border-line">
          <RequestPanel id={open} empty={data.total === 0} hint={t('asking.choose')} />
        </aside>
      ) : (
        <Drawer label={t('request.details')} open={drawer && open !== null} onClose={() => setDrawer(false)}>
          <RequestPanel id={open} />
        </Drawer>
      )}
    </div>
  )
}

const TONE: Partial<Record<QueueRow['status'], TagTone>> = {
  CopyCompleted: 'ok',
  LoanCompleted: 'ok',
  WillSupply: 'accent',
  Loaned: 'accent',
  Overdue: 'seal',
  Recalled: 'amber',
  RetryPossible: 'amber',
  Unfilled: 'seal',
}

/** Where a request of ours stands; of a book that is out, where it is. */
function State({ row }: { row: QueueRow }) {
  const { t } = useTranslation()
  const out = row.status === 'Loaned' || row.status === 'Overdue' || row.status === 'Recalled'
  return (
    <span className="flex flex-none items-center gap-1.5">
      {row.notified && <Tag tone="ok">{t('counter.notified')}</Tag>}
      {out && <span className="text-sm text-ink-2">{stageText(row, t)}</span>}
      <Tag tone={row.pending === 'none' ? (TONE[row.status] ?? 'plain') : 'amber'}>
        {row.pending === 'none' ? t(`status.${row.status}`) : t(`outbox.${row.pending}`)}
      </Tag>
    </span>
  )
}
