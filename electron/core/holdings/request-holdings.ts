/** Looking a request up in our own catalogues, and what is kept of it. */
import type { HoldingFound, Proposal, TargetReport } from '../../contract/core.contract.ts'
import type { RequestRow } from '../../contract/centre.contract.ts'
import { fittingItems, proposalFor } from '../../domain/holdings/proposal.ts'
import type { BibRecord } from '../../domain/holdings/record.ts'
import { questionsFor, wantedOf } from '../../domain/holdings/wanted.ts'
import { holdingOf, putHolding } from '../../../db/queries/holdings.ts'
import type { Core } from '../context.ts'
import type { Answered, Catalogues } from './catalogues.ts'
import { lookUp, recordKey, type Found } from './look-up.ts'

export interface RequestHoldings {
  at: number
  state: 'held' | 'possible' | 'not_held' | 'unknown'
  targets: TargetReport[]
  found: HoldingFound[]
  proposal: Proposal
}

/** How far texts of a stranger's record go into ours. */
const cut = (text: string, length = 200) => text.slice(0, length)

export function workView(record: BibRecord) {
  return {
    title: cut(record.title, 2000),
    subtitle: cut(record.subtitle, 2000),
    part: cut(record.part),
    authors: record.authors.slice(0, 20).map((name) => cut(name)),
    edition: cut(record.edition),
    publisher: cut(record.publisher),
    year: record.year,
    isbns: record.isbns.slice(0, 20),
    issns: record.issns.slice(0, 20),
  }
}

export function itemViews(record: BibRecord) {
  return record.items.slice(0, 200).map((item) => ({
    callNumber: cut(item.callNumber),
    location: cut(item.location),
    barcode: cut(item.barcode, 64),
    volume: cut(item.volume),
    availability: item.availability,
    until: cut(item.until),
  }))
}

function foundView(target: string, { record, match }: Found): HoldingFound {
  return {
    ...workView(record),
    key: cut(recordKey(record)),
    target,
    score: match.score,
    verdict: match.verdict === 'same' ? 'same' : 'possible',
    evidence: match.evidence,
    items: itemViews(record),
  }
}

export interface LookUpOptions {
  /** True: a person asked, so answers of a while ago will not do. */
  fresh: boolean
  signal: AbortSignal
  /** Before each question: keeps the pace of a catalogue. */
  pace?: (targetId: string) => Promise<void>
}

/** Looks a request up in every own catalogue, and keeps what was found. A request without a title or number stays unknown. */
export async function lookUpRequest(
  core: Core,
  catalogues: Catalogues,
  row: Pick<RequestRow, 'id' | 'service' | 'fields' | 'volumes'>,
  options: LookUpOptions,
): Promise<RequestHoldings> {
  const wanted = wantedOf(row)
  const own = questionsFor(wanted).length === 0 ? [] : catalogues.own()
  const parts = await Promise.all(
    own.map(async (target) => {
      const answers: Answered[] = []
      const found = await lookUp(wanted, async (question) => {
        // What is away now stays away for this request: its cache may still know.
        await options.pace?.(target.id)
        const answer = await catalogues.ask(target, question, options.fresh, options.signal)
        answers.push(answer)
        return answer.records
      })
      return { found: found.map((one) => foundView(target.id, one)), report: reportOf(target, answers) }
    }),
  )
  const found = parts.flatMap((part) => part.found).toSorted((a, b) => (a.verdict === b.verdict ? b.score - a.score : a.verdict === 'same' ? -1 : 1)) // prettier-ignore
  const targets = parts.map((part) => part.report)
  const state = stateOf(found, targets)
  const labels = wanted.volumes
  const items = found.filter(({ verdict }) => verdict === 'same').flatMap((one) => fittingItems(one.items, labels))
  const result: RequestHoldings = {
    at: core.now(),
    state,
    targets,
    found,
    proposal: proposalFor(row.service, state, items),
  }
  core.db.writeSoon(() => putHolding(core.db, row.id, { at: result.at, state, body: JSON.stringify(result) }))
  core.events.emit('holdings', row.id)
  return result
}

function stateOf(found: readonly HoldingFound[], targets: readonly TargetReport[]): RequestHoldings['state'] {
  if (found.some(({ verdict }) => verdict === 'same')) return 'held'
  if (found.length > 0) return 'possible'
  return targets.length > 0 && targets.every(({ state }) => state === 'ok') ? 'not_held' : 'unknown'
}

/** How a catalogue fared over all questions: the worst counts, for "not held" needs every one of them answered. */
export function reportOf(
  target: { id: string; name: string; library: string; own: boolean },
  answers: readonly Answered[],
): TargetReport {
  const bad = answers.find(({ state }) => state !== 'ok')
  const cached = answers.map(({ cachedAt }) => cachedAt).filter((at) => at !== null)
  return {
    id: target.id,
    name: target.name,
    library: target.library,
    own: target.own,
    state: bad?.state ?? 'ok',
    detail: bad?.detail ?? '',
    hits: Math.max(0, ...answers.map(({ hits }) => hits)),
    more: answers.some(({ more }) => more),
    damaged: Math.max(0, ...answers.map(({ damaged }) => damaged)),
    ms: answers.reduce<number | null>((sum, { ms }) => (ms === null ? sum : (sum ?? 0) + ms), null),
    cachedAt: cached.length > 0 ? Math.min(...cached) : null,
  }
}

export function keptHoldings(core: Core, requestId: string): RequestHoldings | null {
  const row = holdingOf(core.db, requestId)
  return row ? (JSON.parse(row.body) as RequestHoldings) : null
}
