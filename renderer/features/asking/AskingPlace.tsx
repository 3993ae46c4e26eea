import { useTranslation } from 'react-i18next'
import type { ListOrder } from '../../../electron/contract/core.contract.ts'
import { ListExport } from '../../app/ExportMenu.tsx'
import { go, useRoute } from '../../app/routes.ts'
import { PlaceHead } from '../../ui/Place.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { AskingForm } from './AskingForm.tsx'
import { Journal } from './Journal.tsx'
import { JointSearch } from './JointSearch.tsx'
import { OurRequests } from './OurRequests.tsx'
import { Readers } from './Readers.tsx'
import { askedQuery, useAsking, type Listed } from './store.ts'

const BODIES = { requests: OurRequests, search: JointSearch, readers: Readers, journal: Journal } as const
const PARTS = ['requests', 'search', 'readers', 'journal'] as const
type Part = (typeof PARTS)[number]

/** What a part lists; nothing before somebody has searched. */
function orderOf(part: Exclude<Part, 'journal'>, searchId: string | null, listed: Listed): ListOrder | null {
  if (part === 'readers') return { list: 'registrations' }
  if (part === 'search') return searchId ? { list: 'search', searchId } : null
  return { list: 'requests', query: askedQuery(listed), columns: ['id', 'service', 'title', 'author', 'year', 'partner', 'applied', 'status', 'returnDue'] } // prettier-ignore
}

/** 代读者申请: who holds it, what we asked for, whom we admit. */
export function AskingPlace() {
  const { t } = useTranslation()
  const asked = useRoute((route) => route.part.asking)
  const part: Part = PARTS.find((one) => one === asked) ?? 'requests'
  const Body = BODIES[part]
  const { form, searchId, listed } = useAsking()
  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]" aria-label={t('place.asking')}>
      <PlaceHead title={t('place.asking')}>
        <Segments
          label={t('place.asking')}
          value={part}
          options={PARTS.map((id) => ({ id, label: t(`asking.part.${id}`) }))}
          onChange={(next) => go('asking', undefined, next)}
        />
        {part !== 'journal' && <ListExport order={orderOf(part, searchId, listed)} title={t(`asking.part.${part}`)} />}
      </PlaceHead>
      <Body />
      {form && <AskingForm key={form.id} id={form.id} given={form.draft} />}
    </section>
  )
}
