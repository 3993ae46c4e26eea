/** What does not fit, with the person who looks after it: the centre's list, and what this desk noted since. */
import type { AnomalyView } from '../../contract/core.contract.ts'
import type { Core } from '../context.ts'
import { markOf } from './bags.ts'
import { titleOf } from './resolve.ts'

export function anomalies(core: Core, state: 'open' | 'resolved'): AnomalyView[] {
  const names = new Map(core.views.staff().map((one) => [one.id, one.name]))
  const known = core.views.anomalies().filter(({ row }) => row.state === state)
  const listed = known.map(({ row, pending }): AnomalyView => {
    const { id, about, event, text, at, person } = row
    const whose = { person, personName: names.get(person) ?? person }
    const history = row.history ?? []
    return { id, ...aboutOf(core, about), event, text, at, state, ...whose, history, pending: markOf(pending) }
  })
  // What was noted here and is not at the centre yet has no number of its own: it goes by the operation's.
  const noted = state === 'open' ? core.views.misfits() : []
  const here = noted.map((op): AnomalyView => ({
    id: op.opId,
    ...aboutOf(core, op.objectId),
    event: op.kind,
    text: textOf(op.args),
    at: op.actor.at,
    state: 'open',
    person: '',
    personName: '',
    history: [],
    pending: markOf(op.state),
  }))
  return [...here, ...listed].sort((a, b) => b.at - a.at)
}

function aboutOf(core: Core, about: string): Pick<AnomalyView, 'about' | 'aboutTitle' | 'aboutType'> {
  if (core.views.request(about)) return { about, aboutTitle: titleOf(core, about), aboutType: 'request' }
  const bag = core.views.bag(about)?.row
  if (bag) return { about, aboutTitle: bag.code, aboutType: 'bag' }
  const manifest = core.views.manifest(about)?.row
  if (manifest) return { about, aboutTitle: manifest.number, aboutType: 'manifest' }
  return { about, aboutTitle: about, aboutType: 'unknown' }
}

/** The item or barcode a fact names, and what a person wrote. */
function textOf(args: object): string {
  const { item, barcode, note } = args as { item?: { requestId: string; volume: number }; barcode?: string; note?: string } // prettier-ignore
  return [item && `${item.requestId}#${item.volume}`, barcode, note].filter(Boolean).join(' · ')
}
