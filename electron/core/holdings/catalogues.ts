/** The catalogues of the settings: asked with a cache behind them, each with its health. */
import type { Dispatcher } from 'undici'
import type { CatalogueTarget, TargetState } from '../../contract/core.contract.ts'
import { cqlOf } from '../../domain/holdings/cql.ts'
import type { BibRecord } from '../../domain/holdings/record.ts'
import type { Question } from '../../domain/holdings/wanted.ts'
import { cacheAnswer, cachedAnswer, healthOf, noteHealth, type HealthRow } from '../../../db/queries/holdings.ts'
import type { Core } from '../context.ts'
import { connectThrough } from '../sync/network.ts'
import { CatalogueError } from './catalogue-error.ts'
import { rehearsalCatalogues } from './rehearsal-catalogues.ts'
import { explain, searchRetrieve } from './sru-client.ts'
import { HITS_COUNTED, type Explained, type SruAnswer } from './sru-answer.ts'
import { searchZ3950 } from './z3950.ts'

/** An answer this young is not asked for again by the desk itself, ms. */
export const FRESH_MS = 10 * 60_000
/** A catalogue that failed is left alone by the desk itself for so long, ms. */
const REST_MS = 60_000

export interface Answered {
  records: BibRecord[]
  hits: number
  more: boolean
  damaged: number
  ms: number | null
  /** When it was asked, where this is an older answer. */
  cachedAt: number | null
  state: Exclude<TargetState, 'waiting' | 'off'>
  detail: string
}

export class Catalogues {
  private readonly core: Core
  private readonly ways = new Map<string, Promise<Dispatcher>>()

  constructor(core: Core) {
    this.core = core
  }

  /** Every catalogue of the settings; in rehearsal those of the rehearsal where none is set. */
  all(): CatalogueTarget[] {
    const { catalogues } = this.core.settings.get()
    return catalogues.length > 0 ? catalogues : rehearsalCatalogues(this.core)
  }

  on(): CatalogueTarget[] {
    return this.all().filter((target) => target.on)
  }

  own(): CatalogueTarget[] {
    return this.on().filter((target) => target.own)
  }

  health(target: CatalogueTarget): (HealthRow & { state: TargetState }) | undefined {
    return healthOf(this.core.db, target.id) as (HealthRow & { state: TargetState }) | undefined
  }

  /** True while a catalogue that failed is left alone by what no person waits for. */
  resting(target: CatalogueTarget): boolean {
    const health = this.health(target)
    return health !== undefined && health.state !== 'ok' && health.state !== 'diagnostic' && this.core.now() - health.at < REST_MS
  } // prettier-ignore

  /**
   * One question to one catalogue. Never throws for what the catalogue does: an older answer stands in where there is one,
   * and the state says how it went.
   * @param fresh false: a young answer will do
   */
  async ask(target: CatalogueTarget, question: Question, fresh: boolean, signal: AbortSignal): Promise<Answered> {
    const { db } = this.core
    const key = JSON.stringify(question.terms)
    const known = cachedAnswer(db, target.id, key)
    const kept = known && { ...(JSON.parse(known.body) as Pick<Answered, 'records' | 'damaged'>), hits: known.hits, more: known.hits > HITS_COUNTED } // prettier-ignore
    if (known && kept && !fresh && this.core.now() - known.at < FRESH_MS)
      return { ...kept, ms: null, cachedAt: null, state: 'ok', detail: '' }
    const from = performance.now()
    try {
      const answer = await this.send(target, question, signal)
      const ms = Math.round(performance.now() - from)
      const { records, damaged, hits } = answer
      db.writeSoon(() => {
        cacheAnswer(db, target.id, key, { at: this.core.now(), hits, body: JSON.stringify({ records, damaged }) })
        noteHealth(db, target.id, { at: this.core.now(), state: 'ok', detail: '', ms })
      })
      return { ...answer, hits: Math.min(hits, HITS_COUNTED), more: hits > HITS_COUNTED, ms, cachedAt: null, state: 'ok', detail: '' } // prettier-ignore
    } catch (error) {
      if (!(error instanceof CatalogueError)) throw error
      const { state, message: detail } = error
      db.writeSoon(() => noteHealth(db, target.id, { at: this.core.now(), state, detail, ms: null }))
      const none = { records: [], hits: 0, more: false, damaged: 0 }
      return { ...(kept ?? none), ms: null, cachedAt: known?.at ?? null, state, detail }
    }
  }

  /** @throws CatalogueError */
  private async send(target: CatalogueTarget, question: Question, signal: AbortSignal): Promise<SruAnswer> {
    if (target.kind === 'z3950') return searchZ3950(target, question, signal)
    const cql = cqlOf(question, target.indexes)
    // A catalogue without such an index has nothing to say to this question.
    if (cql === null) return { hits: 0, records: [], damaged: 0 }
    return searchRetrieve(await this.wayTo(target), target, cql, signal)
  }

  /** @throws CatalogueError */
  async explain(target: CatalogueTarget, signal: AbortSignal): Promise<Explained> {
    return explain(await this.wayTo(target), target, signal)
  }

  /** Proxy and certificates are those by which the desk reaches its centre. */
  private wayTo(target: CatalogueTarget): Promise<Dispatcher> {
    const { proxy, ca } = this.core.settings.get().network
    const { origin } = new URL(target.address)
    const key = JSON.stringify([origin, proxy, ca?.pem])
    let way = this.ways.get(key)
    if (!way) {
      way = connectThrough(new URL(origin), { proxy, ca: ca?.pem ?? '' }, this.core.options.systemProxy)
      this.ways.set(key, way)
    }
    return way
  }

  async close(): Promise<void> {
    for (const way of this.ways.values()) await (await way).destroy()
    this.ways.clear()
  }
}
