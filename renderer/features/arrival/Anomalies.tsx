import type { TFunction } from 'i18next'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnomalyView } from '../../../electron/contract/core.contract.ts'
import { ListExport } from '../../app/ExportMenu.tsx'
import { act } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { go } from '../../app/routes.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip, Tag } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { cx } from '../../ui/cx.ts'

/** What does not fit: given to a person, looked into, settled with a word; nothing goes away by itself. */
export function Anomalies() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const [state, setState] = useState<'open' | 'resolved'>('open')
  const [chosen, setChosen] = useState<string | null>(null)
  const list = useCore('anomaly.list', { state }, ['courier', 'queue', 'outbox', 'refused']).data ?? []
  const open = list.find((one) => one.id === chosen) ?? list[0] ?? null
  return (
    <div className={cx('grid min-h-0', open ? 'grid-cols-[minmax(0,1fr)_372px]' : 'grid-cols-1')}>
      <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)]">
        <div className="flex gap-2 border-b border-line bg-panel px-3.5 py-2">
          {(['open', 'resolved'] as const).map((one) => (
            <Chip key={one} on={state === one} onChange={() => setState(one)}>
              {t(`anomaly.state.${one}`)}
            </Chip>
          ))}
          <span className="flex-1" />
          <ListExport order={{ list: 'anomalies', state }} title={t('courier.anomalies')} className="size-6" />
        </div>
        {list.length === 0 ? (
          <EmptyState icon={ShieldCheck} title={t('anomaly.noneTitle')}>
            {t('anomaly.none')}
          </EmptyState>
        ) : (
          <ul
            className="max-h-full min-h-0 divide-y divide-line self-start overflow-y-auto border-b border-line bg-panel"
            aria-label={t('courier.anomalies')}
          >
            {list.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  data-anomaly={one.event}
                  aria-current={one.id === open?.id}
                  onClick={() => setChosen(one.id)}
                  className={cx('grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-3.5 py-2 text-left focus-visible:-outline-offset-2', one.id === open?.id ? 'bg-accent-soft' : 'hover:bg-panel-2')} // prettier-ignore
                >
                  <span className="ell font-medium">{one.aboutTitle}</span>
                  <span className="text-sm text-ink-2">{moment(one.at, i18n.language, now, t)}</span>
                  <span className="ell text-sm text-ink-2">{whatOf(one)}</span>
                  <span className="text-sm">
                    {one.pending === 'none' ? one.personName || t('anomaly.nobody') : t('anomaly.notYetSent')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      {open && (
        <aside className="min-h-0 overflow-auto border-l border-line bg-panel" aria-label={t('courier.anomalies')}>
          <OneAnomaly key={open.id + open.state} anomaly={open} />
        </aside>
      )}
    </div>
  )

  function whatOf(one: AnomalyView): string {
    return [t(`anomaly.event.${one.event}`, { defaultValue: one.event }), evidenceOf(one.text, t)]
      .filter(Boolean)
      .join(' · ')
  }
}

/** The state a fact met, in words; the centre keeps it as codes ("LoanCompleted/checked_in", "arrived"). */
function evidenceOf(text: string, t: TFunction): string {
  const [state = '', ...rest] = text.split(' · ')
  const [status = '', stage] = state.split('/')
  if (status === 'unknown') return [t('anomaly.unknown'), ...rest].join(' · ')
  const said = stage
    ? [t(`status.${status}`, { defaultValue: status }), t(`stage.${stage}`, { defaultValue: stage })].join(' · ')
    : t(`bagState.${status}`, { defaultValue: status })
  return [said, ...rest].filter(Boolean).join(' · ')
}

function OneAnomaly({ anomaly }: { anomaly: AnomalyView }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const [text, setText] = useState('')
  const staff = useCore('desk.staff', {}, ['desk']).data ?? []
  const sent = anomaly.pending === 'none'
  const look = () =>
    anomaly.aboutType === 'request' ? go('queue', anomaly.about) : go('courier', anomaly.about, 'arrivals')
  const resolve = async () => {
    if (text.trim()) await act(anomaly.id, 'resolveAnomaly', { text: text.trim() }, anomaly.aboutTitle)
  }
  return (
    <div className="grid gap-3.5 px-4 py-3.5">
      <div className="flex items-start gap-2">
        <h2 className="min-w-0 flex-1 text-md font-semibold break-words">{anomaly.aboutTitle}</h2>
        <Tag tone={anomaly.state === 'open' ? 'amber' : 'ok'}>{t(`anomaly.state.${anomaly.state}`)}</Tag>
      </div>
      <div className="text-ink-2">
        {t(`anomaly.event.${anomaly.event}`, { defaultValue: anomaly.event })}
        {anomaly.text && <div className="mt-1 break-words text-ink-3">{evidenceOf(anomaly.text, t)}</div>}
      </div>
      {anomaly.aboutType !== 'unknown' && (
        <Button size="small" className="justify-self-start" onClick={look}>
          {t('anomaly.look')}
        </Button>
      )}
      {anomaly.state === 'open' && sent && (
        <>
          <Select
            label={t('anomaly.person')}
            value={anomaly.person || null}
            placeholder={t('anomaly.nobody')}
            options={staff.map((one) => ({ id: one.id, label: one.name }))}
            onChange={(person) => void act(anomaly.id, 'assignAnomaly', { person }, anomaly.aboutTitle)}
          />
          <form
            className="grid gap-2"
            onSubmit={(event) => {
              event.preventDefault()
              void resolve()
            }}
          >
            <Field label={t('anomaly.found')} value={text} onChange={setText} maxLength={500} data-scan="text" />
            <Button kind="primary" size="big" type="submit" disabled={!text.trim()} data-action="resolveAnomaly">
              {t('anomaly.resolve')}
            </Button>
          </form>
        </>
      )}
      {anomaly.state === 'resolved' && (
        <Button onClick={() => void act(anomaly.id, 'reopenAnomaly', {}, anomaly.aboutTitle)}>
          {t('anomaly.reopen')}
        </Button>
      )}
      <section>
        <div className="lbl mb-1">{t('anomaly.history')}</div>
        <ol className="grid gap-1.5 text-sm">
          <li className="text-ink-2">
            {moment(anomaly.at, i18n.language, now, t)} · {t('anomaly.noticed')}
          </li>
          {anomaly.history.map((entry, index) => (
            <li key={index} className="text-ink-2">
              {moment(entry.at, i18n.language, now, t)} · {entry.who} ·{' '}
              {t(`op.${entry.event}`, { defaultValue: entry.event })}
              {entry.text && ` · ${staff.find((one) => one.id === entry.text)?.name ?? entry.text}`}
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
