/** Holdings of a request, and the catalogues that are asked. */
import type { holdingsMethods, RequestDetail } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core, Handlers } from '../context.ts'
import type { HoldingsBackground } from '../holdings/background.ts'
import { CatalogueError } from '../holdings/catalogue-error.ts'
import type { Catalogues } from '../holdings/catalogues.ts'
import { keptHoldings } from '../holdings/request-holdings.ts'

const done = { ok: true } as const
type Field = 'callNumber' | 'location'

export function holdingsHandlers(
  core: Core,
  catalogues: Catalogues,
  background: HoldingsBackground,
): Handlers<keyof typeof holdingsMethods> {
  return {
    'holdings.get': ({ requestId }) => ({
      catalogues: catalogues.own().length,
      looking: background.looking(requestId),
      result: keptHoldings(core, requestId),
    }),
    'holdings.lookUp': ({ requestId }) => {
      if (!core.views.request(requestId)) throw new DeskError('not_found', { id: requestId })
      // The panel shows that it is being looked up; nothing waits for a catalogue here.
      void background.lookNow(requestId).catch((error: unknown) => core.log.warn({ err: error }, 'look-up'))
      return done
    },
    'holdings.lookUpNew': () => {
      const ids = background.waiting()
      if (ids.length > 0)
        core.jobs.start('holdings', null, async ({ signal, report }) => {
          for (const [at, id] of ids.entries()) {
            signal.throwIfAborted()
            report({ done: at, total: ids.length })
            await background.look(id, signal)
          }
          report({ done: ids.length, total: ids.length })
        })
      return { count: ids.length }
    },
    'holdings.fill': ({ requestId, key, target, item, note }) => fill(core, requestId, key, target, item, note),
    'catalogue.list': () =>
      catalogues.all().map((target) => {
        const health = catalogues.health(target)
        return { target, health: health ? { ...health, detail: health.detail.slice(0, 500) } : null }
      }),
    'catalogue.test': async ({ target }) => {
      const from = performance.now()
      const answer = { title: '', unknownIndexes: [] as string[], schemas: [] as string[] }
      try {
        if (target.kind === 'sru') {
          const { title, indexes, schemas } = await catalogues.explain(target, AbortSignal.timeout(target.timeoutMs))
          const ours = Object.values(target.indexes).filter((name) => name !== '' && !name.startsWith('cql.'))
          answer.title = title.slice(0, 200)
          answer.schemas = schemas.map(({ name }) => name.slice(0, 200)).slice(0, 30)
          if (indexes.size > 0) answer.unknownIndexes = ours.filter((name) => !indexes.has(name.toLowerCase()))
        }
        const asked = await catalogues.ask(
          target,
          { terms: [{ field: 'title', text: '图书馆' }] },
          true,
          AbortSignal.timeout(target.timeoutMs),
        )
        return { ...answer, state: asked.state, detail: asked.detail, ms: Math.round(performance.now() - from) }
      } catch (error) {
        if (error instanceof CatalogueError) return { ...answer, state: error.state, detail: error.message, ms: null }
        return { ...answer, state: 'timeout' as const, detail: '', ms: null }
      }
    },
  }
}

/** What stands in the request already was typed by somebody, here or at the asking library: it stays. */
function fill(core: Core, requestId: string, key: string, target: string, index: number, note: string) {
  const kept = keptHoldings(core, requestId)
  const found = kept?.found.find((one) => one.key === key && one.target === target)
  const item = found?.items[index]
  if (!item) throw new DeskError('not_found', { id: requestId })
  const outcome: { filled: Field[]; kept: Field[] } = { filled: [], kept: [] }
  core.db.write(() => {
    const fields: RequestDetail['fields'] | undefined = core.views.request(requestId)?.row.fields
    if (!fields) throw new DeskError('not_found', { id: requestId })
    for (const field of ['callNumber', 'location'] as const) {
      const value = item[field]
      if (value === '' || fields[field] === value) continue
      if (fields[field] !== '') outcome.kept.push(field)
      else {
        core.act({ objectId: requestId, kind: 'setField', args: { field, value } })
        outcome.filled.push(field)
      }
    }
    if (note.trim() !== '') core.act({ objectId: requestId, kind: 'note', args: { text: note } })
  })
  return outcome
}
