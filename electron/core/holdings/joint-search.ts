/** One search over several catalogues at once: each at its own speed, results merged as they come. */
import { randomUUID } from 'node:crypto'
import type { FoundWork, Holder, SearchAsk, TargetReport } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { sameWork } from '../../domain/holdings/merge.ts'
import type { BibRecord } from '../../domain/holdings/record.ts'
import { isbn13Of, issnOf } from '../../domain/holdings/standard-number.ts'
import type { Question } from '../../domain/holdings/wanted.ts'
import type { Core } from '../context.ts'
import type { Catalogues } from './catalogues.ts'
import { recordKey } from './look-up.ts'
import { itemViews, reportOf, workView } from './request-holdings.ts'

/** Searches kept, so that one can go back to the one before. */
const KEPT = 5
/** Works shown of all catalogues together. */
const WORKS = 300

interface Merged {
  record: BibRecord
  holders: Holder[]
}
interface Search {
  abort: AbortController
  targets: Map<string, TargetReport>
  works: Merged[]
}

/** @throws DeskError bad_call when nothing was typed */
export function questionOf(ask: SearchAsk): Question {
  const terms: Question['terms'] = []
  const add = (field: Question['terms'][number]['field'], text: string) => {
    if (text.trim() !== '') terms.push({ field, text: text.trim() })
  }
  add('isbn', isbn13Of(ask.code))
  if (terms.length === 0) add('issn', issnOf(ask.code))
  // A number names the work by itself; what else was typed might be wrong.
  if (terms.length > 0) return { terms }
  add('title', ask.title)
  add('author', ask.author)
  if (terms.length === 0) throw new DeskError('bad_call', { at: 'title' })
  if (/^\d{4}$/.test(ask.year.trim())) add('year', ask.year)
  return { terms }
}

export class JointSearch {
  private readonly core: Core
  private readonly catalogues: Catalogues
  private readonly searches = new Map<string, Search>()

  constructor(core: Core, catalogues: Catalogues) {
    this.core = core
    this.catalogues = catalogues
  }

  start(ask: SearchAsk): string {
    const question = questionOf(ask)
    const id = randomUUID()
    const targets = this.catalogues.on()
    const waiting = {
      state: 'waiting' as const,
      detail: '',
      hits: 0,
      more: false,
      damaged: 0,
      ms: null,
      cachedAt: null,
    }
    const report = targets.map((target): [string, TargetReport] => {
      const { id: targetId, name, library, own } = target
      return [targetId, { id: targetId, name, library, own, ...waiting }]
    })
    const search: Search = { abort: new AbortController(), targets: new Map(report), works: [] }
    this.searches.set(id, search)
    for (const old of [...this.searches.keys()].slice(0, -KEPT)) this.stop(old)
    for (const target of targets)
      void this.catalogues.ask(target, question, true, search.abort.signal).then(
        (answer) => {
          search.targets.set(target.id, reportOf(target, [answer]))
          const { id: targetId, name, library, own } = target
          for (const record of answer.records)
            merge(search.works, record, { target: targetId, name, library, own, items: itemViews(record) })
          this.core.events.emit('search', id)
        },
        (error: unknown) => {
          if (!search.abort.signal.aborted) this.core.log.warn({ err: error, target: target.id }, 'joint search')
        },
      )
    return id
  }

  /** What has come so far. @throws DeskError not_found */
  get(id: string): { done: boolean; targets: TargetReport[]; works: FoundWork[] } {
    const search = this.searches.get(id)
    if (!search) throw new DeskError('not_found')
    const targets = [...search.targets.values()]
    const works = search.works
      .slice(0, WORKS)
      .map(({ record, holders }) => ({ ...workView(record), key: recordKey(record).slice(0, 200), holders }))
    return { done: targets.every(({ state }) => state !== 'waiting'), targets, works }
  }

  stop(id: string): void {
    this.searches.get(id)?.abort.abort(new Error('stopped'))
    this.searches.delete(id)
  }

  close(): void {
    for (const id of this.searches.keys()) this.stop(id)
  }
}

/** Works keep their place in the list: nothing moves under the cursor while others arrive. */
function merge(works: Merged[], record: BibRecord, holder: Holder): void {
  const known = works.find((work) => sameWork(work.record, record))
  if (!known) {
    works.push({ record, holders: [holder] })
    return
  }
  const mine = known.holders.find(({ target }) => target === holder.target)
  if (!mine) known.holders.push(holder)
  else
    mine.items.push(
      ...holder.items.filter(
        (item) => !mine.items.some((other) => other.barcode !== '' && other.barcode === item.barcode),
      ),
    )
}
