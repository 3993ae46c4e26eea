import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListExport } from '../../app/ExportMenu.tsx'
import { act } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { isoDay, moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import type { CoreOut } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { Card } from '../../ui/Place.tsx'
import { TrainingDialog } from './TrainingDialog.tsx'

type Data = CoreOut<'journal.get'>

/** Notices of the centre with what is unread first, and the log of trainings that the evaluation counts. */
export function Journal() {
  const { t } = useTranslation()
  const { data } = useCore('journal.get', {}, ['queue', 'outbox'])
  const [adding, setAdding] = useState(false)
  if (!data) return null
  const unread = data.notices.filter((notice) => notice.readAt === null)
  const readAll = async () => {
    for (const notice of unread) if (!(await act(notice.id, 'noticeRead', {}, notice.title))) return
  }
  return (
    <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto]">
      <div className="overflow-auto p-3.5" tabIndex={0} role="region" aria-label={t('asking.part.journal')}>
        <div className="grid max-w-[860px] items-start gap-x-8 gap-y-5 min-[1240px]:max-w-none min-[1240px]:grid-cols-2">
          <section className="grid gap-2" aria-label={t('journal.notices')}>
            <div className="flex items-center gap-3">
              <h2 className="flex-1 font-semibold">{t('journal.notices')}</h2>
              {unread.length > 1 && (
                <Button size="small" kind="quiet" onClick={() => void readAll()}>
                  {t('journal.readAll')}
                </Button>
              )}
              <ListExport order={{ list: 'notices' }} title={t('journal.notices')} className="size-6" />
            </div>
            {data.notices.length === 0 && <p className="text-ink-3">{t('journal.noNotices')}</p>}
            {data.notices.map((notice) => (
              <Notice key={notice.id} notice={notice} />
            ))}
          </section>
          <section className="grid gap-2" aria-label={t('journal.trainings')}>
            <div className="flex items-center gap-2">
              <h2 className="flex-1 font-semibold">
                {t('journal.trainings')}{' '}
                <span className="font-normal text-ink-2">
                  {t('journal.sum', {
                    count: data.trainings.length,
                    people: data.trainings.reduce((sum, one) => sum + one.attendees, 0),
                  })}
                </span>
              </h2>
              <ListExport order={{ list: 'trainings' }} title={t('journal.trainings')} className="size-6" />
            </div>
            {data.trainings.length === 0 && <p className="text-ink-3">{t('journal.noTrainings')}</p>}
            <ul className="divide-y divide-line">
              {data.trainings.map((one) => (
                <Training key={one.id} one={one} />
              ))}
            </ul>
          </section>
        </div>
      </div>
      <div className="flex justify-end border-t border-line bg-panel px-3.5 py-2.5">
        <Button kind="primary" onClick={() => setAdding(true)} data-action="addTraining">
          {t('journal.add')}
        </Button>
      </div>
      {adding && <TrainingDialog onClose={() => setAdding(false)} />}
    </div>
  )
}

function Notice({ notice }: { notice: Data['notices'][number] }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const unread = notice.readAt === null
  return (
    <Card className="flex items-start gap-3 px-3.5 py-2.5">
      <div className="min-w-0 flex-1 select-text" data-notice={notice.id} data-unread={unread}>
        <div className="flex flex-wrap items-center gap-2">
          {unread && <Tag tone="accent">{t('journal.unread')}</Tag>}
          {notice.kind !== 'other' && <Tag>{t(`journal.noticeKind.${notice.kind}`)}</Tag>}
          <span className={unread ? 'font-semibold' : ''}>{notice.title}</span>
        </div>
        <div className="text-sm text-ink-3">
          {moment(notice.at, i18n.language, now, t)}
          {notice.readAt !== null && ` · ${t('journal.readAt', { day: moment(notice.readAt, i18n.language, now, t) })}`}
        </div>
        <div className="whitespace-pre-wrap">{notice.text}</div>
      </div>
      {unread && (
        <Button size="small" onClick={() => void act(notice.id, 'noticeRead', {}, notice.title)} data-read={notice.id}>
          {t('journal.read')}
        </Button>
      )}
    </Card>
  )
}

function Training({ one }: { one: Data['trainings'][number] }) {
  const { t } = useTranslation()
  return (
    <li className="flex items-start gap-4 py-1.5" data-training={one.id}>
      <span className="w-24 flex-none">{isoDay(one.date)}</span>
      <div className="min-w-0 flex-1 break-words">
        <div>
          {one.kind} <span className="text-ink-3">{one.staff.join('、')}</span>
        </div>
        {one.papers.length > 0 && (
          <ul className="text-sm text-ink-2">
            {one.papers.map((paper, at) => (
              <li key={at}>
                {t('journal.paperLine', {
                  kind: t(`journal.paper.${paper.kind}`, { defaultValue: paper.kind }),
                  title: paper.title,
                  count: paper.count,
                })}
              </li>
            ))}
          </ul>
        )}
      </div>
      <span className="flex-none">{t('journal.attendees', { count: one.attendees })}</span>
      <IconButton
        icon={X}
        label={t('journal.drop', { name: one.kind })}
        className="-my-1.5"
        onClick={() => void act(one.id, 'trainingDropped', {}, one.kind)}
      />
    </li>
  )
}
