import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListExport } from '../../app/ExportMenu.tsx'
import { act } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { isoDay, moment } from '../../app/format.ts'
import { useHello, useNow } from '../../app/hooks.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Card } from '../../ui/Place.tsx'

/** Notices of the centre with what is unread first, and the log of trainings that the evaluation counts. */
export function Journal() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { data } = useCore('journal.get', {}, ['queue', 'outbox'])
  const [adding, setAdding] = useState(false)
  if (!data) return null
  return (
    <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto]">
      <div className="overflow-auto p-3.5" tabIndex={0} role="region" aria-label={t('asking.part.journal')}>
        <div className="grid max-w-[860px] gap-5">
          <section className="grid gap-2" aria-label={t('journal.notices')}>
            <div className="flex items-center gap-2">
              <h2 className="flex-1 font-semibold">{t('journal.notices')}</h2>
              <ListExport order={{ list: 'notices' }} title={t('journal.notices')} className="size-6" />
            </div>
            {data.notices.length === 0 && <p className="text-ink-3">{t('journal.noNotices')}</p>}
            {data.notices.map((notice) => (
              <Card key={notice.id} className="flex items-start gap-3 px-3.5 py-2.5">
                <div className="min-w-0 flex-1 select-text" data-notice={notice.id}>
                  <div className={notice.readAt === null ? 'font-semibold' : ''}>
                    {notice.readAt === null && <span className="text-accent">● {t('journal.unread')} </span>}
                    {notice.title}
                  </div>
                  <div className="text-sm text-ink-3">{moment(notice.at, i18n.language, now, t)}</div>
                  <div className="whitespace-pre-wrap">{notice.text}</div>
                </div>
                {notice.readAt === null && (
                  <Button size="small" onClick={() => void act(notice.id, 'noticeRead', {}, notice.title)}>
                    {t('journal.read')}
                  </Button>
                )}
              </Card>
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
                <li key={one.id} className="flex gap-4 py-1.5" data-training={one.id}>
                  <span className="w-24 flex-none">{isoDay(one.date)}</span>
                  <span className="min-w-0 flex-1 break-words">{one.kind}</span>
                  <span>{t('journal.attendees', { count: one.attendees })}</span>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
      <div className="flex justify-end border-t border-line bg-panel px-3.5 py-2.5">
        <Button kind="primary" onClick={() => setAdding(true)}>
          {t('journal.add')}
        </Button>
      </div>
      {adding && <TrainingDialog onClose={() => setAdding(false)} />}
    </div>
  )
}

function TrainingDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const me = useHello().data?.me
  const [date, setDate] = useState(() => isoDay(Date.now()))
  const [kind, setKind] = useState('')
  const [people, setPeople] = useState('')
  const attendees = Number(people)
  const good = /^\d{4}-\d{2}-\d{2}$/.test(date) && kind.trim() !== '' && Number.isInteger(attendees) && attendees > 0
  const add = async () => {
    if (!good) return
    const args = { date: Date.parse(`${date}T12:00:00+08:00`), staff: me ? [me.id] : [], kind: kind.trim(), attendees }
    if (await act(crypto.randomUUID(), 'trainingHeld', args, kind.trim())) onClose()
  }
  return (
    <Dialog
      title={t('journal.add')}
      open
      onClose={onClose}
      onSubmit={() => void add()}
      footer={
        <>
          <Button kind="quiet" onClick={onClose} kbd="Escape">
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" type="submit" disabled={!good}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <Field type="date" label={t('journal.date')} value={date} onChange={setDate} className="max-w-48" />
      <Field label={t('journal.kind')} value={kind} onChange={setKind} maxLength={200} autoFocus />
      <Field label={t('journal.people')} value={people} onChange={setPeople} inputMode="numeric" maxLength={6} />
    </Dialog>
  )
}
