import { CalendarOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { act } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { day as dayText, sentences } from '../../app/format.ts'
import { useHello, useNow } from '../../app/hooks.ts'
import { Button } from '../../ui/Button.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { Card } from '../../ui/Place.tsx'
import { dayOfIso, isoOf, startOf, today } from './days.ts'

/** 暂停服务: from when to when, why, what it means for open requests and for the score; said before it is sent. */
export function Pause() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { data: hello } = useHello()
  const { data } = useCore('pause.get', {}, ['reports', 'queue', 'desk'])
  const [from, setFrom] = useState(() => isoOf(today()))
  const [to, setTo] = useState(() => isoOf(today() + 7))
  const [reason, setReason] = useState('')
  const first = dayOfIso(from)
  const last = dayOfIso(to)
  const span =
    first !== undefined && last !== undefined && last >= first ? { from: startOf(first), to: startOf(last + 1) } : null
  const { data: effect } = useCore('pause.effect', span && { ...span, reasoned: reason.trim() !== '' }, [
    'reports',
    'queue',
  ])
  const mayPause = hello?.me?.role === 'supervisor'
  const library = hello?.desk?.library.id
  const pausedNow = data?.pausedUntil !== null && data !== undefined
  const send = () => {
    if (span && library) void act(library, 'pause', { ...span, reason: reason.trim() })
  }
  return (
    <div className="min-h-0 overflow-y-auto px-4 py-4" role="region" aria-label={t('numbers.part.pause')} tabIndex={0}>
      <div className="mx-auto grid max-w-[760px] gap-4">
        {pausedNow && (
          <Note
            tone="warn"
            action={
              <Button size="small" disabled={!mayPause} onClick={() => library && void act(library, 'resume', {})}>
                {t('pause.resume')}
              </Button>
            }
          >
            {t('pause.now', { day: dayText(data.pausedUntil! - 1, i18n.language, now) })}
          </Note>
        )}
        <Card className="grid gap-3 p-4">
          <h2 className="text-md font-semibold">{t('pause.title')}</h2>
          <div className="grid grid-cols-2 gap-3">
            <DateField label={t('numbers.from')} value={from} onChange={setFrom} />
            <DateField
              label={t('numbers.to')}
              value={to}
              onChange={setTo}
              error={span ? undefined : t('pause.order')}
            />
          </div>
          <TextArea
            label={t('pause.reason')}
            value={reason}
            onChange={setReason}
            maxLength={500}
            hint={t('pause.reasonHint')}
          />
          {effect && (
            <Note tone={effect.open > 0 ? 'warn' : 'plain'}>
              {sentences(i18n.language, [
                t('pause.open', { count: effect.open }),
                t('pause.dueInside', { count: effect.dueInside }),
                t('pause.workingDays', { count: effect.workingDays }),
                reason.trim() !== '' && t('pause.moved', { count: effect.moved }),
                !effect.certain && t('pause.uncertain'),
              ])}
            </Note>
          )}
          {reason.trim() === '' ? (
            <Note tone="warn">
              {t('pause.costs')} {effect && t('pause.conduct', effect.conduct)}
            </Note>
          ) : (
            effect && <Note tone="plain">{t('pause.conductSame', effect.conduct)}</Note>
          )}
          {!mayPause && <Note tone="plain">{t('pause.supervisor')}</Note>}
          <div className="flex justify-end">
            <Button kind="primary" size="big" icon={CalendarOff} disabled={!span || !mayPause} onClick={send}>
              {t('pause.send')}
            </Button>
          </div>
        </Card>
        <Card className="p-4">
          <h2 className="mb-1.5 text-md font-semibold">{t('pause.history')}</h2>
          {data?.pauses.length === 0 && <p className="text-ink-2">{t('pause.none')}</p>}
          <ul className="divide-y divide-line">
            {data?.pauses.toReversed().map((pause) => (
              <li key={`${pause.from}-${pause.to}`} className="grid grid-cols-[200px_minmax(0,1fr)] gap-3 py-1.5">
                <span className="tabular-nums">
                  {dayText(pause.from, i18n.language, now)} – {dayText(pause.to - 1, i18n.language, now)}
                </span>
                <span className={pause.reason === '' ? 'text-seal' : ''}>
                  {pause.reason === '' ? t('pause.unreasoned') : pause.reason}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </div>
  )
}
