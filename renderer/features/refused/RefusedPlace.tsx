import { useTranslation } from 'react-i18next'
import { CommandButton } from '../../app/CommandButton.tsx'
import { ListExport } from '../../app/ExportMenu.tsx'
import { useCore } from '../../app/data.ts'
import { go, useRoute } from '../../app/routes.ts'
import { PlaceHead } from '../../ui/Place.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Cards } from './Cards.tsx'
import { Outbox } from './Outbox.tsx'

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
        <ListExport order={{ list: part }} title={t(part === 'outbox' ? 'refused.waiting' : 'place.refused')} />
        <CommandButton id="app.syncNow" />
      </PlaceHead>
      {part === 'refused' ? <Cards cards={refused} /> : <Outbox entries={waiting} />}
    </section>
  )
}
