import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusedCard } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { moment, size } from '../../app/format.ts'
import { useHello, useNow } from '../../app/hooks.ts'
import { go } from '../../app/routes.ts'
import { core, main } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { ServiceMark } from '../../ui/ServiceMark.tsx'
import { cx } from '../../ui/cx.ts'

type Next = RefusedCard['next'][number]
type Settling = Exclude<Next, 'saveFile' | 'export'>

/** One refusal: what we did, what the centre holds, and what a person may do next. */
export function Card({ card, chosen, onChoose }: { card: RefusedCard; chosen: boolean; onChoose: () => void }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const supervisor = useHello().data?.me?.role === 'supervisor'
  const [busy, setBusy] = useState(false)
  const { ours, theirs } = card
  const why = t(card.state === 'parked' ? 'refused.parked' : `reject.${card.code}`, { defaultValue: String(card.code) })
  const leaves = card.code === 'already_claimed' && theirs.holder !== '' && !theirs.mine
  const settle = async (how: Settling) => {
    setBusy(true)
    await attempt(() => core('refused.settle', { opId: card.opId, how }))
    setBusy(false)
  }
  const doNext = async (next: Next) => {
    if (next === 'saveFile') {
      if (card.blob) await attempt(() => main('files.save', { blob: card.blob!, name: `${card.objectId}.pdf` }))
    } else if (next === 'export') {
      const file = await attempt(() => core('refused.export', { opId: card.opId }))
      if (file) await attempt(() => main('files.save', { blob: file.blob, name: `${card.objectId}-${card.kind}.json` }))
    } else await settle(next)
  }
  const theirState = theirs.status
    ? t(`status.${theirs.status}`)
    : theirs.gone !== null
      ? t(`refused.gone.${theirs.gone}`, { defaultValue: t('refused.gone.other') })
      : null
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
            card.state === 'foreseen'
              ? t('refused.notSent')
              : ['fulfil', 'resend'].includes(card.kind)
                ? t('refused.nothingDelivered')
                : '',
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
          head={theirs.holder ? t('refused.held', { who: theirs.holder, state: theirState }) : (theirState ?? why)}
          lines={[
            theirState === null ? '' : why,
            theirs.last?.who ? lastOf(theirs.last, t) : '',
            theirs.stage ? t('refused.stage', { stage: t(`stage.${theirs.stage}`) }) : '',
          ]}
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
              onClick={() => void doNext(next)}
              data-settle={next}
            >
              {leaves && (next === 'dismiss' || next === 'withdraw')
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

/** Who did what there last: whom to ask. */
const lastOf = ({ who, desk, event }: NonNullable<RefusedCard['theirs']['last']>, t: TFunction): string =>
  t('refused.last', {
    who: desk ? t('refused.atDesk', { who, desk }) : who,
    what: t(`event.${event}`, { defaultValue: event }),
  })

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
