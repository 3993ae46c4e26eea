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
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ReaderDialog } from './ReaderDialog.tsx'

type Registration = CoreOut<'readers.list'>['registrations'][number]
type Say = 'ask' | 'refuse'
const TONE = { found: 'ok', name_differs: 'amber', not_found: 'seal', no_list: 'plain' } as const

/** 审批读者注册: who asks to be admitted, checked against the campus list. */
export function Readers() {
  const { t } = useTranslation()
  const { data } = useCore('readers.list', {}, ['queue', 'outbox', 'asking'])
  const [saying, setSaying] = useState<{ one: Registration; kind: Say } | null>(null)
  if (!data) return null
  const undecided = data.registrations.filter((one) => one.state === 'open' || one.state === 'asked')
  const decided = data.registrations.length - undecided.length
  // Whom a question is with can wait; who answered first.
  const open = undecided.toSorted((a, b) => Number(a.state === 'asked') - Number(b.state === 'asked') || a.appliedAt - b.appliedAt) // prettier-ignore
  const importList = async () => {
    const chosen = await attempt(() => main('files.open', { kind: 'table', multiple: false }))
    const fileId = chosen?.files[0]?.id
    const taken = fileId && (await attempt(() => core('readers.importList', { fileId })))
    if (taken) toast({ tone: 'ok', text: () => t('readers.imported', { count: taken.people }), ms: 5000 })
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
            {t('readers.none', { count: decided })}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line border-b border-line bg-panel">
            {open.map((one) => (
              <Line key={one.id} one={one} onSay={(kind) => setSaying({ one, kind })} />
            ))}
          </ul>
        )}
      </div>
      {saying && (
        <ReaderDialog
          id={saying.one.id}
          name={saying.one.fields['name'] ?? saying.one.id}
          kind={saying.kind}
          onClose={() => setSaying(null)}
        />
      )}
    </div>
  )
}

function Line({ one, onSay }: { one: Registration; onSay: (kind: Say) => void }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const fields = Object.entries(one.fields)
  const name = one.fields['name'] ?? one.id
  return (
    <li
      className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3.5 py-2.5"
      data-registration={one.id}
      data-state={one.state}
    >
      <div className="min-w-64 flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <b className="font-semibold select-text">{name}</b>
          <span className="text-ink-2">{one.category}</span>
          <Tag tone={TONE[one.check]}>{t(`readers.check.${one.check}`)}</Tag>
          {one.state === 'asked' && <Tag tone="amber">{t('readers.asked')}</Tag>}
        </div>
        <div className="flex flex-wrap gap-x-4 text-sm text-ink-2 select-text">
          {fields
            .filter(([field]) => field !== 'name')
            .map(([field, text]) => (
              <span key={field}>
                {t(`readers.field.${field}`, { defaultValue: field })} {text}
              </span>
            ))}
          <span>{moment(one.appliedAt, i18n.language, now, t)}</span>
        </div>
        {one.question && (
          <div className="mt-1 text-sm break-words select-text">
            <div className="text-ink-2">{t('readers.weAsked', { text: one.question.text })}</div>
            {one.question.answer !== null && (
              <div data-answer={one.id}>{t('readers.answered', { text: one.question.answer })}</div>
            )}
          </div>
        )}
      </div>
      <div className="flex flex-none flex-wrap gap-2">
        {one.state === 'asked' ? (
          <Button kind="quiet" onClick={() => void act(one.id, 'withdrawQuestion', {}, name)}>
            {t('readers.withdraw')}
          </Button>
        ) : (
          <Button kind="quiet" onClick={() => onSay('ask')} data-ask-back={one.id}>
            {t('readers.ask')}
          </Button>
        )}
        <Button onClick={() => onSay('refuse')} data-refuse={one.id}>
          {t('readers.refuse')}
        </Button>
        <Button onClick={() => void act(one.id, 'approveReader', {}, name)} data-approve={one.id}>
          {t('readers.approve')}
        </Button>
      </div>
    </li>
  )
}
