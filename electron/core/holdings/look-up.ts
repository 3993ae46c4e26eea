/** Finding a wanted work in a catalogue: questions one after the other until something sure is found, answers ranked. */
import { matchRecord, type Match, type Wanted } from '../../domain/holdings/match.ts'
import { tidied } from '../../domain/holdings/pasted.ts'
import type { BibRecord } from '../../domain/holdings/record.ts'
import { questionsFor, type Question } from '../../domain/holdings/wanted.ts'

export interface Found {
  record: BibRecord
  match: Match
}

/** Matches kept: more a person does not read. */
const KEPT = 12

/** A key by which the same record is known again in another answer. */
export function recordKey(record: BibRecord): string {
  return record.controlNo || [record.title, record.part, record.year, record.isbns[0] ?? ''].join('|')
}

/**
 * @param ask one question to one catalogue
 * @returns what may be it, the likeliest first; empty when nothing like it was found
 */
export async function lookUp(typed: Wanted, ask: (question: Question) => Promise<BibRecord[]>): Promise<Found[]> {
  const wanted = tidied(typed)
  const found = new Map<string, Found>()
  for (const question of questionsFor(wanted)) {
    for (const record of await ask(question)) {
      const key = recordKey(record)
      if (!found.has(key)) found.set(key, { record, match: matchRecord(wanted, record) })
    }
    if ([...found.values()].some(({ match }) => match.verdict === 'same')) break
  }
  return [...found.values()]
    .filter(({ match }) => match.verdict !== 'other')
    .toSorted((a, b) => rank(b) - rank(a) || b.record.year.localeCompare(a.record.year))
    .slice(0, KEPT)
}

/** Sure ones before likely ones, whatever their points; what can be had before what cannot. */
function rank({ match, record }: Found): number {
  const here = record.items.some(({ availability }) => availability === 'available')
  return (match.verdict === 'same' ? 1000 : 0) + match.score * 2 + (here ? 1 : 0)
}
