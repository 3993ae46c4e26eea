import { Ban, CircleDashed, CloudUpload, MessageCircleWarning, TriangleAlert, Zap } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueRow } from '../../../electron/contract/core.contract.ts'
import { dueText } from '../../app/due.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Check } from '../../ui/Check.tsx'
import { Cell, GridRow } from '../../ui/DataGrid.tsx'
import { Highlight } from '../../ui/Highlight.tsx'
import { ServiceMark } from '../../ui/ServiceMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'

/** Columns of the queue: tick, service, title, library, clock, stage, person. */
export const QUEUE_COLUMNS = '28px 32px minmax(180px,1fr) minmax(96px,164px) 122px 76px 32px'

/** A row whose data are still on their way. */
export function QueueRowSkeleton({ index }: { index: number }) {
  return (
    <GridRow id={`row-wait-${index}`} index={index} active={false} columns={QUEUE_COLUMNS}>
      <Cell />
      <Cell>
        <Skeleton w="22px" h={20} />
      </Cell>
      <Cell className="pr-4">
        <Skeleton w={`${40 + ((index * 37) % 45)}%`} />
      </Cell>
      <Cell className="pr-4">
        <Skeleton w="80%" />
      </Cell>
      <Cell>
        <Skeleton w="70px" />
      </Cell>
      <Cell>
        <Skeleton w="40px" />
      </Cell>
      <Cell />
    </GridRow>
  )
}

function Marks({ row }: { row: QueueRow }) {
  const { t } = useTranslation()
  const marks = [
    row.urgent && { icon: Zap, tone: 'text-seal', label: t('mark.urgent') },
    row.cancelAsked && { icon: Ban, tone: 'text-seal', label: t('mark.cancelAsked') },
    row.complaint && { icon: MessageCircleWarning, tone: 'text-seal', label: t('mark.complaint') },
    !row.understood && { icon: CircleDashed, tone: 'text-amber', label: t('mark.notUnderstood') },
    (row.pending === 'rejected' || row.pending === 'parked') && { icon: TriangleAlert, tone: 'text-seal', label: t('mark.refused') }, // prettier-ignore
    ['held', 'queued', 'waiting_blob', 'sending'].includes(row.pending) && { icon: CloudUpload, tone: 'text-amber', label: t(`outbox.${row.pending}`) }, // prettier-ignore
  ].filter((mark) => mark !== false)
  return marks.map(({ icon: Icon, tone, label }) => (
    <span key={label} role="img" aria-label={label} title={label} className={`mr-1 inline-flex flex-none ${tone}`}>
      <Icon aria-hidden="true" size={14} strokeWidth={1.9} />
    </span>
  ))
}

export const QueueRowView = memo(function QueueRowView({
  row,
  index,
  active,
  marked,
  query,
  now,
  onPick,
  onMark,
  onOpen,
}: {
  row: QueueRow
  index: number
  active: boolean
  marked: boolean
  query: string
  now: number
  onPick: (id: string, index: number, extend: boolean) => void
  onMark: (id: string) => void
  onOpen: (id: string) => void
}) {
  const { t, i18n } = useTranslation()
  return (
    <GridRow
      id={`row-${row.id}`}
      index={index}
      active={active}
      marked={marked}
      columns={QUEUE_COLUMNS}
      onClick={(event) => onPick(row.id, index, event.shiftKey || event.ctrlKey || event.metaKey)}
      onDoubleClick={() => onOpen(row.id)}
    >
      <Cell className="flex">
        <span className="flex p-1 pl-0" onClick={(event) => event.stopPropagation()} role="presentation">
          <Check on={marked} onChange={() => onMark(row.id)} label={t('queue.markRow', { title: row.title })} />
        </span>
      </Cell>
      <Cell className="flex">
        <ServiceMark service={row.service} />
      </Cell>
      <Cell className="flex items-center pr-3.5" title={`${row.title}\n${row.subtitle}\n${row.id} · ${row.centreNo}`}>
        <Marks row={row} />
        <span className="ell">
          <Highlight text={row.title} query={query} />
          <span className="ml-2 text-(--faint)">
            <Highlight text={row.subtitle} query={query} />
          </span>
        </span>
      </Cell>
      <Cell className="ell pr-2.5 text-ink-2" title={row.partnerName}>
        <Highlight text={row.partnerName} query={query} />
      </Cell>
      <Cell>
        <UrgencyMark urgency={row.urgency}>{dueText(row, now, t, i18n.language)}</UrgencyMark>
      </Cell>
      <Cell className="ell text-sm text-ink-2">{stageText(row, t)}</Cell>
      <Cell className="flex">
        {row.holder && (
          <Avatar
            name={row.holder.name}
            hollow={row.holder.tentative}
            title={row.holder.tentative ? t('queue.holderTentative', { name: row.holder.name }) : row.holder.name}
          />
        )}
      </Cell>
    </GridRow>
  )
})

/** The word for where the work stands: the stage inside an accepted request, else the status. */
export function stageText(row: Pick<QueueRow, 'status' | 'stage'>, t: (key: string) => string): string {
  const open = row.status === 'WillSupply' || row.status === 'Loaned' || row.stage === 'resend'
  return t(open ? `stage.${row.stage}` : `status.${row.status}`)
}
