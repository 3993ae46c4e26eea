import { Ellipsis, FileText } from 'lucide-react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action, RequestDetail } from '../../../electron/contract/core.contract.ts'
import { spec } from '../../app/commands.ts'
import { useCore } from '../../app/data.ts'
import { dueText } from '../../app/due.ts'
import { errorText } from '../../app/errors.ts'
import { moment, size } from '../../app/format.ts'
import { useKept, useNow } from '../../app/hooks.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Note } from '../../ui/Note.tsx'
import { ServiceMark } from '../../ui/ServiceMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'
import { stageText } from '../queue/columns.tsx'
import { COMMAND_OF, primaryAction, start } from './actions.ts'
import { CopyrightNote } from './CopyrightNote.tsx'
import { OurSide } from '../asking/OurSide.tsx'
import { HoldingsCard } from '../holdings/HoldingsCard.tsx'
import { Facts } from './Facts.tsx'
import { PagesCard } from './PagesCard.tsx'
import { READS } from './reads.ts'
import { Timeline } from './Timeline.tsx'
import { Volumes } from './Volumes.tsx'

/** The card before stays this long while another is read, ms: it changes once, not to nothing and back. */
const PATIENCE_MS = 250

/**
 * The one card of a request, the same wherever it is shown.
 * @param here its next thing is done on this very screen
 * @param empty there is nothing to choose from: the list beside it says so
 * @param hint how one is chosen, where it is not by the queue's keys
 */
export const RequestPanel = memo(function RequestPanel({
  id,
  here,
  empty,
  hint,
}: {
  id: string | null
  here?: boolean
  empty?: boolean
  hint?: string
}) {
  const { t } = useTranslation()
  const { data: read, error } = useCore('request.get', id === null ? null : { id }, READS.request, id ?? undefined)
  const kept = useKept(read, PATIENCE_MS)
  const data = read ?? (error ? undefined : kept)
  if (id === null && (empty || here)) return null
  if (id === null) return <EmptyState icon={FileText} title={t('request.noneTitle')}>{hint ?? t('request.none')}</EmptyState> // prettier-ignore
  if (error && !data) return <div className="p-4"><Note tone="bad">{errorText(t, error.code, error.params)}</Note></div> // prettier-ignore
  if (!data) return <PanelSkeleton />
  // Of the request before nothing can be pressed any more.
  return (
    <div className="h-full min-h-0" inert={read === undefined} aria-busy={read === undefined}>
      <Panel detail={data} here={here ?? false} />
    </div>
  )
})

function PanelSkeleton() {
  return (
    <div className="grid content-start gap-3 p-4">
      <Skeleton w="45%" />
      <Skeleton w="90%" h={16} />
      <Skeleton w="60%" />
      <span className="h-4" />
      {[70, 85, 55, 75].map((w) => (
        <Skeleton key={w} w={`${w}%`} />
      ))}
    </div>
  )
}

function Panel({ detail, here }: { detail: RequestDetail; here: boolean }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { row, fields, delivery } = detail
  const main = fields.articleTitle || fields.title
  return (
    <div className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)_auto] bg-panel">
      <div className="border-b border-line px-4 py-3.5">
        <div className="mono text-ink-3 select-text">
          {row.id} · {row.centreNo}
        </div>
        <h2 className="mt-1 mb-1.5 text-md leading-[1.35] font-semibold select-text">{main}</h2>
        <div className="flex flex-wrap items-center gap-x-3.5 gap-y-1">
          <span className="flex items-center gap-2 text-ink-2">
            <ServiceMark service={row.service} />
            {t(`service.${row.service}`)}
          </span>
          <UrgencyMark urgency={row.urgency}>{dueText(row, now, t, i18n.language)}</UrgencyMark>
          {row.urgency !== 'done' && <span className="text-sm text-ink-2">{stageText(row, t)}</span>}
        </div>
      </div>
      <div
        className="grid content-start gap-3.5 overflow-auto px-4 py-3"
        tabIndex={0}
        role="region"
        aria-label={t('request.details')}
      >
        {row.role === 'supplier' && <Theirs detail={detail} />}
        {!row.understood && <Note tone="warn">{t('request.notUnderstood')}</Note>}
        {detail.reason && (
          <Note tone="plain">
            {t('request.reason', { reason: t(`reason.${detail.reason}`, { defaultValue: detail.reason }) })}
          </Note>
        )}
        {row.role === 'requester' && <OurSide detail={detail} />}
        {row.service === 'copy' && row.role === 'supplier' && <CopyrightNote requestId={row.id} />}
        <Facts detail={detail} now={now} />
        {row.role === 'supplier' && <HoldingsCard detail={detail} />}
        {row.service === 'copy' && <PagesCard detail={detail} />}
        {row.service === 'loan' && <Volumes volumes={detail.volumes} />}
        {delivery && row.role === 'supplier' && (
          <Note tone={delivery.openedAt === null ? 'plain' : 'ok'}>
            {t('request.delivered', { pages: delivery.pages, size: size(delivery.bytes, i18n.language) })}
            {delivery.openedAt === null
              ? t('request.linkUntil', { day: moment(delivery.expiresAt, i18n.language, now, t) })
              : t('request.opened', { day: moment(delivery.openedAt, i18n.language, now, t) })}
          </Note>
        )}
        <Timeline history={detail.history} appliedAt={row.appliedAt} now={now} />
      </div>
      <PanelActions detail={detail} here={here} />
    </div>
  )
}

/** What the asking library wants of us beside the request itself. */
function Theirs({ detail }: { detail: RequestDetail }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { row, complaintText, chased } = detail
  return (
    <>
      {row.cancelAsked && <Note tone="bad">{t('request.cancelAsked')}</Note>}
      {complaintText && <Note tone="bad">{t('request.complaint', { text: complaintText })}</Note>}
      {chased && (
        <Note tone="warn">
          {t('request.chased', { day: moment(chased.at, i18n.language, now, t), text: chased.text })}
        </Note>
      )}
    </>
  )
}

const BESIDE: readonly Action[] = [
  'scan',
  'cannotSupply',
  'forward',
  'returnedByReader',
  'renewAsk',
  'recall',
  'chase',
  'requestCancel',
  'complain',
]

function PanelActions({ detail: { row }, here }: { detail: RequestDetail; here: boolean }) {
  const { t } = useTranslation()
  const primary = primaryAction(row)
  const beside = BESIDE.filter((action) => row.can.includes(action) && action !== primary)
  const rest = row.can.filter((action) => action !== primary && !beside.includes(action))
  const keyOf = (action: Action) => {
    const command = COMMAND_OF[action]
    return command && spec(command).keys
  }
  if (row.can.length === 0)
    return <div className="border-t border-line px-4 py-3 text-sm text-ink-3">{t('request.nothingToDo')}</div>
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-3">
      {primary && !here && (
        <Button
          kind="primary"
          size="big"
          className="w-full"
          kbd="Enter"
          onClick={() => start(primary, row)}
          data-action={primary}
        >
          {t(`action.${primary}`)}
        </Button>
      )}
      {beside.map((action) => (
        <Button
          key={action}
          className="flex-1 px-2"
          kbd={keyOf(action)}
          onClick={() => start(action, row)}
          data-action={action}
        >
          {t(`action.${action}`)}
        </Button>
      ))}
      {rest.length > 0 && (
        <MenuTrigger>
          <AriaButton
            aria-label={t('request.more')}
            className="grid h-[30px] w-9 flex-none place-items-center rounded-md border border-line-2 text-ink-2 hover:bg-hover"
          >
            <Ellipsis aria-hidden="true" size={16} />
          </AriaButton>
          <Popover
            placement="top end"
            className="min-w-52 animate-fade rounded-lg bg-panel p-1 shadow-float outline-none"
          >
            <Menu className="outline-none" onAction={(key) => start(String(key) as Action, row)}>
              {rest.map((action) => (
                <MenuItem
                  key={action}
                  id={action}
                  textValue={t(`action.${action}`)}
                  className="flex h-8 items-center gap-4 rounded-md px-2.5 outline-none data-focused:bg-accent-soft"
                >
                  <span className="flex-1">{t(`action.${action}`)}</span>
                  {keyOf(action) && <Kbd keys={keyOf(action)!} />}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
    </div>
  )
}
