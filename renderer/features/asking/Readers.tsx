import { UserCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { act, attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { toast } from '../../app/toasts.ts'
import { core, main, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { TextArea } from '../../ui/Field.tsx'

type Registration = CoreOut<'readers.list'>['registrations'][number]
const TONE = { found: 'ok', name_differs: 'amber', not_found: 'seal', no_list: 'plain' } as const

/** 审批读者注册: who asks to be admitted, checked against the campus list. */
export function Readers() {
  const { t } = useTranslation()
  const { data } = useCore('readers.list', {}, ['queue', 'outbox', 'asking'])
  const [refusing, setRefusing] = useState<Registration | null>(null)
  if (!data) return null
  const open = data.registrations.filter((one) => one.state === 'open' && !one.pending)
  const decided = data.registrations.filter((one) => one.state !== 'open' || one.pending)
  const importList = async () => {
    const chosen = await attempt(() => main('files.open', { kind: 'any', multiple: false }))
    const fileId = chosen?.files[0]?.id
    const taken = fileId && (await attempt(() => core('readers.importList', { fileId })))
    if (taken) toast({ tone: 'ok', text: t('readers.imported', { count: taken.people }), ms: 5000 })
  }
  return (
    <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)]">
      <div className="flex flex-wrap items-center gap-2 border-b border-line bg-panel px-3.5 py-2.5">
        <span className="text-ink-2">
          {data.people > 0 ? t('readers.list', { count: data.people }) : t('readers.noList')}
        </span>
        <span className="flex-1" />
        {data.people > 0 && (
          <Button kind="quiet" onClick={() => void attempt(() => core('readers.forgetList', {}))}>
            {t('readers.forget')}
          </Button>
        )}
        <Button onClick={() => void importList()}>{t('readers.import')}</Button>
      </div>
      <div className="overflow-auto" tabIndex={0} role="region" aria-label={t('asking.part.readers')}>
        {open.length === 0 ? (
          <EmptyState icon={UserCheck} title={t('readers.noneTitle')}>
            {t('readers.none', { count: decided.length })}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {open.map((one) => (
              <Line key={one.id} one={one} onRefuse={() => setRefusing(one)} />
            ))}
          </ul>
        )}
      </div>
      {refusing && <RefuseDialog one={refusing} onClose={() => setRefusing(null)} />}
    </div>
  )
}

function Line({ one, onRefuse }: { one: Registration; onRefuse: () => void }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const fields = Object.entries(one.fields)
  return (
    <li className="flex items-center gap-4 px-3.5 py-2.5" data-registration={one.id}>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <b className="font-semibold select-text">{one.fields['name'] ?? one.id}</b>
          <span className="text-ink-2">{one.category}</span>
          <Tag tone={TONE[one.check]}>{t(`readers.check.${one.check}`)}</Tag>
        </div>
        <div className="flex flex-wrap gap-x-4 text-sm text-ink-2 select-text">
          {fields
            .filter(([name]) => name !== 'name')
            .map(([name, text]) => (
              <span key={name}>
                {t(`readers.field.${name}`, { defaultValue: name })} {text}
              </span>
            ))}
          <span>{moment(one.appliedAt, i18n.language, now, t)}</span>
        </div>
      </div>
      <Button onClick={onRefuse}>{t('readers.refuse')}</Button>
      <Button onClick={() => void act(one.id, 'approveReader', {}, one.fields['name'] ?? one.id)} data-approve={one.id}>
        {t('readers.approve')}
      </Button>
    </li>
  )
}

function RefuseDialog({ one, onClose }: { one: Registration; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const refuse = async () => {
    if (reason.trim() && (await act(one.id, 'refuseReader', { reason: reason.trim() }, one.fields['name'] ?? one.id)))
      onClose()
  }
  return (
    <Dialog
      title={t('readers.refuse')}
      open
      onClose={onClose}
      onSubmit={() => void refuse()}
      footer={
        <>
          <Button kind="quiet" onClick={onClose} kbd="Escape">
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" type="submit" disabled={!reason.trim()}>
            {t('readers.refuse')}
          </Button>
        </>
      }
    >
      <TextArea label={t('readers.reason')} value={reason} onChange={setReason} maxLength={1000} autoFocus />
    </Dialog>
  )
}
