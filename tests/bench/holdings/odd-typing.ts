/**
 * Ways of typing that the measured set has not: each alone, on requests for what is held, so that one sees which way
 * costs what. Not a goal of its own; told beside it.
 */
import { lookUp } from '../../../electron/core/holdings/look-up.ts'
import type { Wanted } from '../../../electron/domain/holdings/match.ts'
import type { Question } from '../../../electron/domain/holdings/wanted.ts'
import { random as randomOf, type Random } from '../pages/random.ts'
import type { CatalogueRecord } from './catalogue.ts'
import type { SmallCatalogue } from './small-catalogue.ts'
import * as W from './words.ts'

const traditional = (text: string) => [...text].map((one) => W.TRADITIONAL[one] ?? one).join('')
const chinese = (one: CatalogueRecord) => one.work.language === 'zh'
type Way = (wanted: Wanted, one: CatalogueRecord, random: Random) => Wanted | null

/** null: this way of typing does not fit this work. */
export const WAYS: Readonly<Record<string, Way>> = {
  'as printed': (wanted) => wanted,
  'in traditional characters': (wanted, one) => (chinese(one) ? { ...wanted, title: traditional(wanted.title), author: traditional(wanted.author) } : null), // prettier-ignore
  'without the subtitle': (wanted, one) => (one.work.subtitle ? wanted : null),
  'subtitle run on': (wanted, one) => (one.work.subtitle ? { ...wanted, title: wanted.title + (chinese(one) ? '' : ' ') + one.work.subtitle } : null), // prettier-ignore
  'edition in the title': (wanted, one) => (one.edition.number > 1 && chinese(one) ? { ...wanted, title: `${wanted.title}（第${one.edition.number}版）` } : null), // prettier-ignore
  'volume in the title': (wanted, one) => (one.volume ? { ...wanted, title: `${wanted.title} ${one.volume}`, volumes: [] } : null), // prettier-ignore
  'author behind the title': (wanted) => ({ ...wanted, title: `${wanted.title} / ${wanted.author}`, author: '' }),
  'author and what he did behind the title': (wanted, one) => (chinese(one) ? { ...wanted, title: `${wanted.title} ${wanted.author}著`, author: '' } : null), // prettier-ignore
  'publisher behind the title': (wanted, one, random) => (chinese(one) ? { ...wanted, title: `${wanted.title}，${random.pick(W.PRESSES)}` } : null), // prettier-ignore
  'two slips': (wanted, one, random) => {
    const letters = [...wanted.title]
    if (letters.length < 6) return null
    letters[random.int(0, 2)] = '的'
    letters[random.int(letters.length - 3, letters.length - 1)] = chinese(one) ? '之' : 'x'
    return { ...wanted, title: letters.join('') }
  },
  'ISBN alone': (wanted, one) => (one.edition.isbn ? { ...wanted, title: '', author: '', year: '', isbn: one.edition.isbn } : null), // prettier-ignore
  'title and year alone': (wanted) => ({ ...wanted, author: '' }),
}

export interface OddLine {
  way: string
  asked: number
  /** Shares of what was asked: named right, named wrong, left to a person. */
  right: number
  wrong: number
}

/** @param all what the catalogue holds */
export async function oddTyping(
  seed: number,
  all: readonly CatalogueRecord[],
  catalogue: SmallCatalogue,
  each: number,
) {
  const random = randomOf(seed)
  const ask = async (question: Question) => catalogue.search(question)
  const lines: OddLine[] = []
  for (const [way, type] of Object.entries(WAYS)) {
    let [asked, right, wrong] = [0, 0, 0]
    for (let tries = 0; asked < each && tries < each * 40; tries++) {
      const one = random.pick(all)
      if (one.work.serial) continue
      const { title, author } = one.work
      const plain: Wanted = { title, author, year: String(one.edition.year), edition: '', isbn: '', issn: '', volumes: one.volume ? [one.volume] : [], serial: false } // prettier-ignore
      const wanted = type(plain, one, random)
      if (!wanted) continue
      asked++
      const [best] = (await lookUp(wanted, ask)).filter(({ match }) => match.verdict === 'same')
      const same = (other: CatalogueRecord) => other.work === one.work && other.edition.year === one.edition.year && (one.volume === null || other.volume === null || other.volume === one.volume || wanted.title === '') // prettier-ignore
      if (best && all.some((other) => other.key === best.record.controlNo && same(other))) right++
      else if (best) wrong++
    }
    lines.push({ way, asked, right: asked ? right / asked : 0, wrong: asked ? wrong / asked : 0 })
  }
  return lines
}
