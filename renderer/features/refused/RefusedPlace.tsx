import { CheckCheck, ListTodo } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxEntry, RefusedCard } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { useCore } from '../../app/data.ts'
import { moment, size } from '../../app/format.ts'
import { useHello, useNow } from '../../app/hooks.ts'
import { go, useRoute } from '../../app/routes.ts'
import { core, main } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Progress } from '../../ui/Meter.tsx'
import { Note } from '../../ui/Note.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { ServiceMark } from '../../ui/ServiceMark.tsx'
import { cx } from '../../ui/cx.ts'

const WAITING = ['held', 'queued', 'waiting_blob', 'sending'] as const

/** What the centre refused, with both sides of the story; and what still waits to be sent. */
export function RefusedPlace() {
  const { t } = useTranslation()
  const part = useRoute((route) => route.part.refused) === 'outbox' ? 'outbox' : 'refused'
  const refused = useCore('refused.list', {}, ['refused', 'outbox']).data
  const waiting = useCore('outbox.list', { states: [...WAITING] }, ['outbox']).data
  const sub = refused && waiting && t('refused.figures', { refused: refused.length, waiting: waiting.length })
  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]" aria-label={t('place.refused')}>
      <PlaceHead title={t('place.refused')} sub={sub}>
        <Segments
          label={t('place.refused')}
          value={part}
          options={[
            { id: 'refused', label: t('refused.decide'), count: refused?.length },
            { id: 'outbox', label: t('refused.waiting'), count: waiting?.length },
          ]}
          onChange={(next) => go('refused', undefined, next)}
        />
        <CommandButton id="app.syncNow" />
      </PlaceHead>
      {part === 'refused' ? <Cards cards={refused} /> : <Outbox entries={waiting} />}
    </section>
  )
}

function Cards({ cards }: { cards: readonly RefusedCard[] | undefined }) {
  const { t } = useTranslation()
  const applied = useCore('outbox.list', { states: ['applied'] }, ['outbox']).data
  const [chosen, setChosen] = useState<string | null>(null)
  if (cards?.length === 0)
    return (
      <EmptyState icon={CheckCheck} title={t('refused.noneTitle')}>
        {t('refused.none')}
      </EmptyState>
    )
  return (
    <div className="grid content-start gap-4 overflow-auto px-[18px] py-4">
      <ul className="grid max-w-[1020px] gap-4">
        {cards?.map((card) => (
          <li key={card.opId}>
            <Card card={card} chosen={card.opId === chosen} onChoose={() => setChosen(card.opId)} />
          </li>
        ))}
      </ul>
      {applied && applied.length > 0 && (
        <div className="max-w-[1020px]">
          <Note tone="ok">{t('refused.rest', { count: applied.length })}</Note>
        </div>
      )}
    </div>
  )
}

function Card({ card, chosen, onChoose }: { card: RefusedCard; chosen: boolean; onChoose: () => void }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const supervisor = useHello().data?.me?.role === 'supervisor'
  const [busy, setBusy] = useState(false)
  const { ours, theirs } = card
  const why = t(card.state === 'parked' ? 'refused.parked' : `reject.${card.code}`, { defaultValue: String(card.code) })
  const settle = async (how: 'dismiss' | 'takeOver' | 'redo') => {
    setBusy(true)
    await attempt(() => core('refused.settle', { opId: card.opId, how }))
    setBusy(false)
  }
  const save = async () => {
    const detail = await attempt(() => core('request.get', { id: card.objectId }))
    if (detail?.document)
      await attempt(() => main('files.save', { blob: detail.document!.blob, name: `${card.objectId}.pdf` }))
  }
  const theirState = theirs.status ? t(`status.${theirs.status}`) : t('refused.unknown')
  return (
    <section
      aria-label={card.title}
      data-refused={card.code}
      tabIndex={0}
      onClick={onChoose}
      onFocus={onChoose}
      className={cx('grid gap-3 rounded-lg border bg-panel px-4 py-3.5', chosen ? 'border-accent' : 'border-line')}
    >
      <div className="flex min-w-0 items-center gap-2.5">
        {card.service && <ServiceMark service={card.service} />}
        <h2 className="ell text-md font-semibold" title={card.title}>
          {card.title}
        </h2>
        <span className="mono flex-none text-ink-3">{card.objectId}</span>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_28px_minmax(0,1fr)] items-stretch gap-1">
        <Side
          label={t(ours.offline ? 'refused.oursOffline' : 'refused.ours', {
            time: moment(ours.at, i18n.language, now, t),
          })}
          head={t('refused.did', { who: ours.who, what: t(`op.${card.kind}`) })}
          lines={[
            ours.pages > 0 ? t('refused.pages', { count: ours.pages }) : '',
            ours.bytes > 0 ? t('refused.fileKept', { size: size(ours.bytes, i18n.language) }) : '',
            ['fulfil', 'resend'].includes(card.kind) ? t('refused.nothingDelivered') : '',
          ]}
        />
        <span aria-hidden="true" className="self-center text-center text-ink-3">
          →
        </span>
        <Side
          label={
            theirs.at === null
              ? t('refused.theirs')
              : t('refused.theirsAt', { time: moment(theirs.at, i18n.language, now, t) })
          }
          head={theirs.holder ? t('refused.held', { who: theirs.holder, state: theirState }) : theirState}
          lines={[why, theirs.stage ? t('refused.stage', { stage: t(`stage.${theirs.stage}`) }) : '']}
          strong
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {card.next.map((next, index) => {
          const needsSupervisor = next === 'takeOver' && !supervisor
          return (
            <Button
              key={next}
              kind={chosen && index === 0 ? 'primary' : 'normal'}
              disabled={busy || needsSupervisor}
              title={needsSupervisor ? t('refused.needsSupervisor') : undefined}
              onClick={() => void (next === 'saveFile' ? save() : settle(next))}
              data-settle={next}
            >
              {next === 'dismiss' && theirs.holder
                ? t('refused.leaveTo', { who: theirs.holder })
                : t(`refused.next.${next}`)}
            </Button>
          )
        })}
        <span className="flex-1" />
        <Button kind="quiet" onClick={() => go('queue', card.objectId)}>
          {t('refused.seeAll')}
        </Button>
      </div>
    </section>
  )
}

function Side({ label, head, lines, strong }: { label: string; head: string; lines: string[]; strong?: boolean }) {
  return (
    <div className={cx('rounded-lg border px-3.5 py-3', strong ? 'border-line-2' : 'border-line')}>
      <div className="lbl mb-0.5">{label}</div>
      <b className="font-semibold">{head}</b>
      {lines.filter(Boolean).map((line) => (
        <div key={line} className="mt-1 text-ink-2">
          {line}
        </div>
      ))}
    </div>
  )
}

function Outbox({ entries }: { entries: readonly OutboxEntry[] | undefined }) {
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
