import { useTranslation } from 'react-i18next'
import { useCommand } from '../../app/commands.ts'
import { useCore } from '../../app/data.ts'
import { go, useRoute } from '../../app/routes.ts'
import { PlaceHead } from '../../ui/Place.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Packing } from './Packing.tsx'
import { Returns } from './Returns.tsx'

/** The courier desk: books into bags and out of the door, and bags and books coming back. */
export function CourierPlace() {
  const { t } = useTranslation()
  const part = useRoute((route) => route.part.courier) === 'returns' ? 'returns' : 'pack'
  const board = useCore('courier.board', {}, ['courier', 'queue', 'outbox'])
  const open = board.data?.bags.filter((bag) => bag.state === 'open' || bag.state === 'closed').length ?? 0
  useCommand('courier.pack', () => go('courier', undefined, 'pack'), part !== 'pack')
  useCommand('courier.returns', () => go('courier', undefined, 'returns'), part !== 'returns')
  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]" aria-label={t('place.courier')}>
      <PlaceHead
        title={t('place.courier')}
        sub={board.data && t('courier.figures', { count: open, candidates: board.data.candidates.length })}
      >
        <Segments
          label={t('courier.part')}
          value={part}
          options={[
            { id: 'pack', label: t('courier.out') },
            { id: 'returns', label: t('courier.in') },
          ]}
          onChange={(next) => go('courier', undefined, next)}
        />
      </PlaceHead>
      {part === 'pack' ? <Packing board={board.data} reload={board.reload} /> : <Returns board={board.data} />}
    </section>
  )
}
