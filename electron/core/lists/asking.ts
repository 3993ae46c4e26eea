/** Lists of the asking side: registrations of readers, trainings, notices, and who holds what. */
import type { FoundWork, HoldingItem } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core } from '../context.ts'
import { checkReader } from '../holdings/campus-list.ts'
import type { JointSearch } from '../holdings/joint-search.ts'
import { keptHoldings } from '../holdings/request-holdings.ts'
import { source, type ListSource, type Words } from './source.ts'

/** What was decided, and when it was asked: no name, no number, no address leaves the desk. */
export function registrationList(core: Core, words: Words): ListSource {
  const { word } = words
  return source(
    words,
    core.views.all('registration').toSorted((a, b) => b.row.appliedAt - a.row.appliedAt),
    ({ text, moment }) => ({
      registration: text(({ row }) => row.id),
      category: text(({ row }) => row.category),
      applied: moment(({ row }) => row.appliedAt),
      state: text(({ row }) => word('registrationState', row.state)),
      campusCheck: text(({ row }) => (row.state === 'open' ? word('campusCheck', checkReader(core, row.fields)) : '')),
    }),
  )
}

export function trainingList(core: Core, words: Words): ListSource {
  const names = new Map(core.views.staff().map(({ id, name }) => [id, name]))
  return source(
    words,
    core.views.all('training').toSorted((a, b) => b.row.date - a.row.date),
    ({ text, number, moment }) => ({
      date: moment(({ row }) => row.date),
      training: text(({ row }) => row.kind),
      attendees: number(({ row }) => row.attendees),
      staff: text(({ row }) => row.staff.map((id) => names.get(id) ?? id).join(', ')),
    }),
  )
}

export function noticeList(core: Core, words: Words): ListSource {
  return source(
    words,
    core.views.all('notice').toSorted((a, b) => b.row.at - a.row.at),
    ({ text, moment }) => ({
      at: moment(({ row }) => row.at),
      title: text(({ row }) => row.title),
      text: text(({ row }) => row.text),
      readAt: moment(({ row }) => row.readAt),
    }),
  )
}

interface Held {
  work: Omit<FoundWork, 'key' | 'holders'>
  holder: string
  item: HoldingItem | null
}

/** A work without copies has a line all the same: somebody holds it. */
const lines = (work: Held['work'], holder: string, items: readonly HoldingItem[]): Held[] =>
  (items.length > 0 ? items : [null]).map((item) => ({ work, holder, item }))

function heldList(words: Words, held: Held[]): ListSource {
  const { word } = words
  return source(words, held, ({ text }) => ({
    title: text(({ work }) => [work.title, work.part].filter(Boolean).join(' ')),
    author: text(({ work }) => work.authors.join('; ')),
    edition: text(({ work }) => work.edition),
    publisher: text(({ work }) => work.publisher),
    year: text(({ work }) => work.year),
    isbn: text(({ work }) => work.isbns.join(' ')),
    issn: text(({ work }) => work.issns.join(' ')),
    holding: text(({ holder }) => holder),
    callNumber: text(({ item }) => item?.callNumber ?? ''),
    location: text(({ item }) => item?.location ?? ''),
    barcode: text(({ item }) => item?.barcode ?? ''),
    availability: text(({ item }) => word('availability', item?.availability ?? '')),
    until: text(({ item }) => item?.until ?? ''),
  }))
}

/** @throws DeskError not_found */
export function searchList(search: JointSearch, words: Words, searchId: string): ListSource {
  const { works } = search.get(searchId)
  return heldList(
    words,
    works.flatMap((work) => work.holders.flatMap(({ name, items }) => lines(work, name, items))),
  )
}

/** @throws DeskError not_found when nothing is known of it */
export function holdingsList(core: Core, words: Words, requestId: string): ListSource {
  const kept = keptHoldings(core, requestId)
  if (!kept) throw new DeskError('not_found', { id: requestId })
  const names = new Map(kept.targets.map(({ id, name }) => [id, name]))
  return heldList(
    words,
    kept.found.flatMap((work) => lines(work, names.get(work.target) ?? work.target, work.items)),
  )
}
