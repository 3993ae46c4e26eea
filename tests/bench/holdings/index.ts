/**
 * How well a request finds its record: 500 labelled requests against 20,000 records, through the questions the desk asks a
 * catalogue. The catalogue answers as plain ones do: all words must occur, at most 50 records, in no order of likelihood.
 */
import { readIso2709 } from '../../../electron/domain/holdings/iso2709.ts'
import { bibRecordOf, type BibRecord } from '../../../electron/domain/holdings/record.ts'
import type { Question } from '../../../electron/domain/holdings/wanted.ts'
import { lookUp } from '../../../electron/core/holdings/look-up.ts'
import { toIso2709 } from '../../support/marc.ts'
import type { BenchContext, Measured } from '../line.ts'
import { random as randomOf, type Random } from '../pages/random.ts'
import { makeWork, recordsOf, type CatalogueRecord } from './catalogue.ts'
import { oddTyping } from './odd-typing.ts'
import { labelledRequests } from './requests.ts'
import { SmallCatalogue } from './small-catalogue.ts'

const RECORDS = 20_000
const REQUESTS = 500
const ODD_RECORDS = 8000
const ODD_EACH = 120

export function makeCatalogue(random: Random, count: number): CatalogueRecord[] {
  const all: CatalogueRecord[] = []
  for (let id = 1; all.length < count; id++) {
    const work = makeWork(random, id)
    for (const edition of work.editions) all.push(...recordsOf(random, work, edition))
  }
  return all
}

function catalogueOf(all: CatalogueRecord[]) {
  const read: BibRecord[] = all.map(({ marc }) => bibRecordOf(readIso2709(toIso2709(marc)).records[0]!))
  return { all, catalogue: new SmallCatalogue(read) }
}

export interface Judged {
  precision: number
  recall: number
  told: number
  misses: string[]
}

/** Precision: of the records the desk would name, how many answer the request. Recall: of the requests held, how many it names right. */
export async function judge(seed: number, records = RECORDS, requests = REQUESTS): Promise<Judged> {
  const random = randomOf(seed)
  const all = makeCatalogue(random, records)
  const { catalogue } = catalogueOf(all)
  const ask = async (question: Question) => catalogue.search(question)
  let told = 0
  let right = 0
  let held = 0
  const misses: string[] = []
  for (const { wanted, truth, story } of labelledRequests(random, all, requests)) {
    const [best] = (await lookUp(wanted, ask)).filter(({ match }) => match.verdict === 'same')
    if (truth.size > 0) held++
    if (best) told++
    if (best && truth.has(best.record.controlNo)) right++
    else if (best || truth.size > 0)
      misses.push(`${story}: ${JSON.stringify(wanted)} -> ${best ? `${best.record.controlNo} ${best.match.score}` : '-'}, true ${[...truth].join(' ') || '-'}`) // prettier-ignore
  }
  return { precision: right / told, recall: right / held, told, misses }
}

export async function measure(context: BenchContext): Promise<Measured[]> {
  const all: Judged[] = []
  const odd = catalogueOf(makeCatalogue(randomOf(99), ODD_RECORDS))
  for (const seed of [20231, 20232, 20233]) all.push(await judge(seed))
  for (const miss of all.flatMap(({ misses }) => misses).slice(0, 12)) context.log(miss)
  for (const { way, asked, right, wrong } of await oddTyping(7, odd.all, odd.catalogue, ODD_EACH))
    context.log(`typed ${way}: ${asked} asked, ${(right * 100).toFixed(1)} % named right, ${(wrong * 100).toFixed(1)} % wrong`) // prettier-ignore
  const worst = (pick: (judged: Judged) => number) => Math.min(...all.map(pick))
  return [
    { id: 'holdings.precision', value: worst((one) => one.precision), n: REQUESTS },
    { id: 'holdings.recall', value: worst((one) => one.recall), n: REQUESTS },
  ]
}
