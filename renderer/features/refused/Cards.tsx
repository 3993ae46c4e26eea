import { CheckCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusedCard } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Note } from '../../ui/Note.tsx'
import { Card } from './Card.tsx'

/** What a person must decide: first what would be refused and is not sent yet, then what was refused. */
export function Cards({ cards }: { cards: readonly RefusedCard[] | undefined }) {
  const { t } = useTranslation()
  const applied = useCore('outbox.list', { states: ['applied'] }, ['outbox']).data
  const [chosen, setChosen] = useState<string | null>(null)
  if (cards?.length === 0)
    return (
      <EmptyState icon={CheckCheck} title={t('refused.noneTitle')}>
        {t('refused.none')}
      </EmptyState>
    )
  const foreseen = cards?.filter((card) => card.state === 'foreseen') ?? []
  const refused = cards?.filter((card) => card.state !== 'foreseen') ?? []
  const list = (some: readonly RefusedCard[], label: string) => (
    <ul className="grid max-w-[1020px] gap-4" aria-label={label}>
      {some.map((card) => (
        <li key={card.opId}>
          <Card card={card} chosen={card.opId === chosen} onChoose={() => setChosen(card.opId)} />
        </li>
      ))}
    </ul>
  )
  return (
    <div className="grid content-start gap-4 overflow-auto px-[18px] py-4">
      {foreseen.length > 0 && <Foreseen cards={foreseen} />}
      {foreseen.length > 0 && list(foreseen, t('refused.foreseen'))}
      {refused.length > 0 && list(refused, t('refused.decide'))}
      {applied && applied.length > 0 && (
        <div className="max-w-[1020px]">
          <Note tone="ok">{t('refused.rest', { count: applied.length })}</Note>
        </div>
      )}
    </div>
  )
}

/** Says what the list is, and decides all of it at once where a person wants that. */
function Foreseen({ cards }: { cards: readonly RefusedCard[] }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const all = async (how: 'withdraw' | 'send') => {
    setBusy(true)
    for (const { opId } of cards) {
      // One that falls with another is decided already when its turn comes.
      await core('refused.settle', { opId, how }).catch((error: { code?: string }) =>
        error.code === 'not_found' ? undefined : attempt(() => Promise.reject(error)),
      )
    }
    setBusy(false)
  }
  return (
    <div className="grid max-w-[1020px] gap-2" data-foreseen={cards.length}>
      <Note tone="warn">{t('refused.foreseenWhy', { count: cards.length })}</Note>
      {cards.length > 1 && (
        <div className="flex gap-2">
          <Button disabled={busy} onClick={() => void all('withdraw')}>
            {t('refused.withdrawAll')}
          </Button>
          <Button disabled={busy} onClick={() => void all('send')}>
            {t('refused.sendAll')}
          </Button>
        </div>
      )}
    </div>
  )
}
