/** When the window may ask whether to install a new version. */
import type { UpdateView } from '../../../electron/contract/core.contract.ts'
import type { Place } from '../../app/routes.ts'

/** Where somebody's hands are full: nothing asks there. */
const QUIET_PLACES: ReadonlySet<Place> = new Set(['copy', 'loan', 'courier'] as const)

/** The centre's word that is told in the corner: once, in a quiet place, and not where the version lies ready anyway. */
export function toAnnounce(view: UpdateView, place: Place): UpdateView['announced'] {
  const { announced } = view
  const rest = announced?.heard || view.state === 'ready' || view.busy.length > 0 || QUIET_PLACES.has(place)
  return rest ? null : announced
}

/** The version to ask about; null while it is not the moment. */
export function versionToAsk(view: UpdateView, place: Place, now: number): string | null {
  const quiet = view.busy.length > 0 || QUIET_PLACES.has(place) || (view.laterUntil ?? 0) > now
  return view.state === 'ready' && !quiet ? (view.offer?.version ?? null) : null
}
