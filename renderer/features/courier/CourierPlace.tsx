import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CORE_PROTOCOL, type ListOrder } from '../../../electron/contract/core.contract.ts'
import { ListExport } from '../../app/ExportMenu.tsx'
import { useCommand } from '../../app/commands.ts'
import { useCore } from '../../app/data.ts'
import { go, useRoute } from '../../app/routes.ts'
import { PlaceHead } from '../../ui/Place.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Anomalies } from '../arrival/Anomalies.tsx'
import { Arrivals } from '../arrival/Arrivals.tsx'
import { HandOff } from '../handoff/HandOff.tsx'
import { Pickup } from '../pickup/Pickup.tsx'
import { Settlement } from '../settlement/Settlement.tsx'
import { Packing } from './Packing.tsx'
import { OUT } from './out.ts'
import { Returns } from './Returns.tsx'

const PARTS = ['pack', 'handoff', 'arrivals', 'returns', 'pickup', 'anomalies', 'settlement'] as const
type Part = (typeof PARTS)[number]
/** Names of the parts in the texts. */
const NAME = {
  pack: 'courier.out',
  handoff: 'courier.handoff',
  arrivals: 'courier.arrivals',
  returns: 'courier.in',
  pickup: 'courier.pickup',
  anomalies: 'courier.anomalies',
  settlement: 'courier.settlement',
} as const

/** What each part lists; anomalies and the settlement have their own choices beside the sign. */
const ORDERS: Partial<Record<Part, ListOrder>> = {
  pack: { list: 'bags', side: 'ours' },
  handoff: { list: 'manifests' },
  arrivals: { list: 'bags', side: 'coming' },
  returns: {
    list: 'requests',
    query: OUT,
    columns: ['id', 'title', 'partner', 'callNumber', 'volumes', 'returnDue', 'status'],
  },
  pickup: { list: 'pickups' },
}

/** The courier desk: books into bags and out of the door, and bags and books coming back. */
export function CourierPlace() {
  const { t } = useTranslation()
  const part = useRoute((route): Part => PARTS.find((one) => one === route.part.courier) ?? 'pack')
  const board = useCore('courier.board', {}, ['courier', 'queue', 'outbox'])
  const hello = useCore('app.hello', { protocol: CORE_PROTOCOL }, ['desk']).data
  const anomalies = useCore('anomaly.list', { state: 'open' }, ['courier', 'queue', 'outbox', 'refused']).data ?? []
  const open = board.data?.bags.filter((bag) => bag.state === 'open' || bag.state === 'closed').length ?? 0
  useCommand('courier.pack', () => go('courier', undefined, 'pack'), part !== 'pack')
  useCommand('courier.returns', () => go('courier', undefined, 'returns'), part !== 'returns')
  const count = (one: Part) => (one === 'anomalies' && anomalies.length > 0 ? anomalies.length : undefined)
  const views: Record<Part, () => ReactNode> = {
    pack: () => <Packing board={board.data} reload={board.reload} />,
    handoff: () => <HandOff board={board.data} />,
    arrivals: () => <Arrivals library={hello?.desk?.library.id ?? ''} />,
    returns: () => <Returns />,
    pickup: () => <Pickup />,
    anomalies: () => <Anomalies />,
    settlement: () => <Settlement />,
  }
  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]" aria-label={t('place.courier')}>
      <PlaceHead
        title={t('place.courier')}
        sub={board.data && t('courier.figures', { count: open, candidates: board.data.candidates.length })}
      >
        <Segments
          label={t('courier.part')}
          value={part}
          options={PARTS.map((id) => ({ id, label: t(NAME[id]), count: count(id) }))}
          onChange={(next) => go('courier', null, next)}
        />
        {ORDERS[part] && <ListExport order={ORDERS[part]} title={t(NAME[part])} />}
      </PlaceHead>
      {views[part]()}
    </section>
  )
}
