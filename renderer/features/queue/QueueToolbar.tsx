import { X } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { Counts, QueueColumns } from '../../../electron/contract/core.contract.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { ListExport } from '../../app/ExportMenu.tsx'
import { useCore } from '../../app/data.ts'
import { count } from '../../app/format.ts'
import { useHello, useMedia } from '../../app/hooks.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Select } from '../../ui/Select.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { exportedColumns, VIEWS } from './query.ts'
import { SavedViews } from './SavedViews.tsx'
import { clearMarks, groupBy, onlyPartner, setView, sortBy, useQueue } from './store.ts'

interface ToolbarProps {
  counts: Counts | undefined
  columns: QueueColumns
  onColumns: (columns: QueueColumns) => void
  onUsualColumns: () => void
}

/** Views above the rows; while rows are marked, what can be done with them. */
export const QueueToolbar = memo(function QueueToolbar(props: ToolbarProps) {
  const marked = useQueue((state) => state.marked.size)
  return (
    <div className="flex min-w-0 items-center gap-1.5 overflow-x-auto border-b border-line bg-panel px-3.5 [scrollbar-width:none]">
      {marked > 0 ? <MarkedBar n={marked} /> : <Views {...props} />}
    </div>
  )
})

function Views({ counts, columns, onColumns, onUsualColumns }: ToolbarProps) {
  const { t, i18n } = useTranslation()
  const { view, saved, sort, grouping, everywhere, partner } = useQueue(useShallow(({ view, saved, sort, grouping, everywhere, partner }) => ({ view, saved, sort, grouping, everywhere, partner }))) // prettier-ignore
  const views = useHello().data?.settings.queueViews ?? []
  const viewName = views.find(({ id }) => id === saved)?.name ?? t(`queue.view.${view}`)
  const libraries = useCore('libraries.list', partner === null ? null : {}, ['counts']).data
  const chipCount = { all: undefined, mine: counts?.mine, new: counts?.new, urgent: counts?.urgent, loan: undefined, copy: undefined, out: undefined, done: undefined } // prettier-ignore
  return (
    <>
      {/* The views give way; how the rows stand is always in reach. */}
      <div className="flex min-w-0 flex-1 items-center gap-[5px] overflow-x-auto [mask-image:linear-gradient(to_right,#000_calc(100%_-_14px),transparent)] pr-3 [scrollbar-width:none] max-[1439px]:[&_button]:px-[7px]">
        {VIEWS.map((id) => (
          <Chip key={id} on={!everywhere && saved === null && view === id} onChange={() => setView(id)}>
            {t(`queue.view.${id}`)}
            {chipCount[id] !== undefined && <span>{count(chipCount[id], i18n.language)}</span>}
          </Chip>
        ))}
        <SavedViews />
        {partner !== null && (
          <Chip on onChange={() => onlyPartner(null)} title={t('queue.allPartners')}>
            {libraries?.find(({ id }) => id === partner)?.name ?? partner}
            <X aria-hidden="true" size={12} />
          </Chip>
        )}
      </div>
      <Select
        label={t('queue.grouping')}
        hideLabel
        value={grouping}
        options={(['none', 'due', 'partner'] as const).map((id) => ({ id, label: t(`queue.groupBy.${id}`) }))}
        onChange={groupBy}
        className="w-[124px] flex-none [&_button]:h-6 [&_button]:rounded-xl [&_button]:text-sm"
      />
      <Select
        label={t('queue.sort')}
        hideLabel
        value={sort}
        options={(['due', 'applied', 'title', 'partner', 'callNumber'] as const).map((id) => ({
          id,
          label: t(`queue.by.${id}`),
        }))}
        onChange={(next) => next !== sort && sortBy(next)}
        className="w-[112px] flex-none [&_button]:h-6 [&_button]:rounded-xl [&_button]:text-sm"
      />
      <ColumnsMenu columns={columns} onChange={onColumns} onUsual={onUsualColumns} />
      <QueueExport columns={columns} title={`${t('place.queue')} ${viewName}`} />
    </>
  )
}

/** The rows that are shown as a file; alone, since every letter typed shows others. */
function QueueExport({ columns, title }: { columns: QueueColumns; title: string }) {
  const query = useQueue((state) => state.answer.query)
  return (
    <ListExport
      order={{ list: 'requests', query, columns: exportedColumns(columns) }}
      title={title}
      className="size-6"
    />
  )
}

function MarkedBar({ n }: { n: number }) {
  const { t, i18n } = useTranslation()
  const total = useQueue((state) => state.answer.total)
  // English words need the room of the keys, which stand on the request's own buttons too.
  const roomy = useMedia(i18n.language === 'en' ? '(min-width: 1500px)' : '(min-width: 1280px)')
  return (
    <>
      <span className="flex-none font-semibold text-accent" role="status">
        {t('queue.marked', { count: n, n: count(n, i18n.language) })}
      </span>
      {n < total && <CommandButton id="queue.selectAll" kind="quiet" size="small" />}
      <span className="flex-1" />
      {(['queue.accept', 'queue.claim', 'queue.printPullSlip', 'queue.cannotSupply', 'queue.forward'] as const).map(
        (id) => (
          <CommandButton key={id} id={id} size="small" kbd={roomy} />
        ),
      )}
      <Button kind="quiet" size="small" kbd="Escape" onClick={clearMarks}>
        {t('queue.unmark')}
      </Button>
    </>
  )
}

/** What a search found, on top; with what is finished too where a person wants it. */
export function FoundLine({ total }: { total: number }) {
  const { t } = useTranslation()
  const view = useQueue((state) => state.view)
  const everywhere = useQueue((state) => state.everywhere)
  return (
    <div className="flex flex-none items-center gap-2.5">
      <span className="text-sm text-ink-2" role="status">
        {t('queue.found', { count: total })}
      </span>
      {view !== 'done' && (
        <Chip on={everywhere} onChange={(on) => useQueue.setState({ everywhere: on })}>
          {t('queue.everywhere')}
        </Chip>
      )}
    </div>
  )
}
