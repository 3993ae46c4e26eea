/** Requests as readers type them, labelled with the records that answer them: from how they were made, not by comparing. */
import type { Wanted } from '../../../electron/domain/holdings/match.ts'
import type { Random } from '../pages/random.ts'
import { isbn10, makeWork, type CatalogueRecord, type Edition, type Work } from './catalogue.ts'
import * as W from './words.ts'

export interface Labelled {
  wanted: Wanted
  /** Keys of the records that answer it; empty when the catalogue does not hold it. */
  truth: Set<string>
  /** How it was made, for reading the misses. */
  story: string
}

const LATIN = 'abcdefghijklmnopqrstuvwxyz'

/** One slip of a typist: a mistaken, missing, doubled or swapped character. */
function mistype(random: Random, text: string): string {
  const characters = [...text]
  const at = random.int(1, Math.max(1, characters.length - 2))
  const here = characters[at]!
  const kind = random.int(0, 3)
  if (kind === 0) characters[at] = W.CONFUSED[here] ?? (/[a-z]/i.test(here) ? random.pick([...LATIN]) : '的')
  else if (kind === 1) characters.splice(at, 1)
  else if (kind === 2) characters.splice(at, 0, here)
  else [characters[at - 1], characters[at]] = [here, characters[at - 1]!]
  return characters.join('')
}

const traditional = (text: string) => [...text].map((one) => W.TRADITIONAL[one] ?? one).join('')
const fullWidth = (text: string) => text.replace(/[A-Za-z0-9:() ]/g, (c) => (c === ' ' ? '\u3000' : String.fromCharCode(c.charCodeAt(0) + 0xfee0))) // prettier-ignore

/** The edition, volume and title as one of many readers writes them. */
function typed(random: Random, work: Work, edition: Edition, volume: string | null, story: string[]): Wanted {
  let title = work.title
  if (work.subtitle && random.chance(0.6)) title += random.pick(['：', ': ', '——', ' ']) + work.subtitle
  if (random.chance(0.28)) {
    title = mistype(random, title)
    story.push('typing error')
  }
  if (work.language === 'zh' && random.chance(0.1)) title = traditional(title)
  if (random.chance(0.06)) title = fullWidth(title)
  if (random.chance(0.1)) title = `《${title}》`
  const number = edition.number
  let said = ''
  if (number > 1 && random.chance(0.7)) {
    const words = work.language === 'zh' ? random.pick([`第${number}版`, `第${'一二三'[number - 1]}版`]) : random.pick([`${number === 2 ? '2nd' : '3rd'} edition`, `${number === 2 ? '2nd' : '3rd'} ed.`]) // prettier-ignore
    if (random.chance(0.5)) title += random.pick([` ${words}`, `(${words})`])
    else said = words
    story.push('edition said')
  }
  const labels: string[] = []
  if (volume !== null) {
    if (random.chance(0.5)) labels.push(volume)
    else title += random.pick([` ${volume}`, `（${volume}）`])
  }
  let isbn = ''
  if (edition.isbn && random.chance(0.45)) {
    isbn = random.chance(0.2) ? isbn10(edition.isbn) : edition.isbn
    if (random.chance(0.4)) isbn = `${isbn.slice(0, 3)}-${isbn.slice(3, 4)}-${isbn.slice(4, 8)}-${isbn.slice(8, -1)}-${isbn.slice(-1)}` // prettier-ignore
    if (random.chance(0.1)) {
      const at = random.int(4, isbn.length - 1)
      isbn = isbn.slice(0, at) + String(random.int(0, 9)) + isbn.slice(at + 1)
      story.push('isbn typed wrong')
    }
  }
  let author = random.chance(0.85) ? work.author : ''
  if (author && work.language === 'en' && random.chance(0.5)) author = author.replace(/(\w+), (\w)\w+/, random.pick(['$2. $1', '$1, $2.'])) // prettier-ignore
  if (author && work.language === 'zh' && random.chance(0.3)) author += random.pick(['著', ' 主编', '编著'])
  const year = random.chance(0.88) ? String(edition.year + (random.chance(0.04) ? random.pick([-1, 1]) : 0)) : ''
  const issn = edition.issn && random.chance(0.5) ? edition.issn : ''
  return { title, author, year, edition: said, isbn, issn, volumes: labels, serial: work.serial }
}

/** Records that answer a wish for this edition and volume. */
function answers(
  all: readonly CatalogueRecord[],
  isWork: (work: Work) => boolean,
  isEdition: (edition: Edition) => boolean,
  volume: string | null,
): Set<string> {
  const found = all.filter((one) => isWork(one.work) && isEdition(one.edition))
  return new Set(
    found.filter((one) => volume === null || one.volume === null || one.volume === volume).map(({ key }) => key),
  )
}

/** Namesakes that nothing in what was typed tells from the work meant: a journal of the same name, a book of that year. */
function indistinct(wanted: Wanted, work: Work): (other: Work) => boolean {
  const told = wanted.author !== '' || wanted.issn !== '' || wanted.isbn !== '' || (!work.serial && wanted.year === '')
  return (other) => other === work || (!told && other.title === work.title && other.serial === work.serial)
}

/** A reader who says neither edition, year nor ISBN takes any edition. */
const anyEdition = (wanted: Wanted, story: readonly string[]) =>
  wanted.isbn === '' && wanted.year === '' && !story.includes('edition said')

/** `share` of the requests are for what the catalogue does not hold, most of them close to something it does. */
export function labelledRequests(
  random: Random,
  all: readonly CatalogueRecord[],
  count: number,
  share = 0.3,
): Labelled[] {
  const works = [...new Set(all.map(({ work }) => work))]
  return Array.from({ length: count }, (_, n) =>
    random.chance(share) ? notHeld(random, all, works, n) : held(random, all, works),
  )
}

function held(random: Random, all: readonly CatalogueRecord[], works: readonly Work[]): Labelled {
  const work = random.pick(works)
  const edition = random.pick(work.editions)
  const volume = edition.volumes.length > 0 ? random.pick(edition.volumes) : null
  const story = ['held', ...(volume ? ['volume'] : []), ...(work.editions.length > 1 ? ['editions'] : [])]
  const wanted = typed(random, work, edition, volume, story)
  const sameYear = (other: Edition) => work.serial || other === edition || other.year === edition.year
  const truth = answers(all, indistinct(wanted, work), anyEdition(wanted, story) ? () => true : sameYear, volume)
  return { wanted, truth, story: story.join(', ') }
}

/** Near misses: another edition, a volume more than there are, a namesake by somebody else, a sister title. */
function notHeld(random: Random, all: readonly CatalogueRecord[], works: readonly Work[], n: number): Labelled {
  const near = random.pick(works.filter((work) => !work.serial))
  const last = near.editions.at(-1)!
  const other = makeWork(random, 1_000_000 + n)
  const kind = random.pick(['edition', 'volume', 'namesake', 'sister', 'stranger'] as const)
  const story = [`not held: ${kind}`]
  const none = new Set<string>()
  if (kind === 'edition') {
    const edition: Edition = { ...last, number: 3, year: last.year + random.int(4, 9), isbn: '' }
    if (last.number >= 3) return held(random, all, works)
    const wanted = typed(random, near, edition, null, story)
    // Without a word of edition or year nothing tells it from those that are held.
    const truth = anyEdition(wanted, story)
      ? answers(
          all,
          (work) => work === near,
          () => true,
          null,
        )
      : none
    return { wanted, truth, story: story.join(', ') }
  }
  if (kind === 'volume' && last.volumes.length > 0) {
    const wanted = typed(random, near, { ...last, isbn: '' }, near.language === 'zh' ? '第九册' : 'v. 9', story)
    return { wanted, truth: none, story: story.join(', ') }
  }
  if (kind === 'namesake' || kind === 'sister') {
    const title = kind === 'namesake' ? near.title : sister(random, near)
    const author = kind === 'namesake' ? makeAuthor(random, near) : near.author
    if (works.some((work) => work.title === title && (work.author === author || kind === 'sister')))
      return held(random, all, works)
    const twin: Work = { ...near, title, author, subtitle: '' }
    const wanted = typed(random, twin, { ...last, isbn: '', year: last.year + random.int(-6, 6), number: 1 }, null, story)
    if (wanted.author === '' && kind === 'namesake') wanted.author = author
    return { wanted, truth: none, story: story.join(', ') }
  } // prettier-ignore
  const same = works.some((work) => work.title === other.title && (work.author === other.author || other.serial))
  if (same) return held(random, all, works)
  const wanted = typed(random, other, other.editions[0]!, null, story)
  if (!other.serial && wanted.author === '') wanted.author = other.author
  return { wanted, truth: none, story: story.join(', ') }
}

/** Somebody else of the same tongue. */
function makeAuthor(random: Random, near: Work): string {
  for (;;) {
    const one = makeWork(random, 0)
    if (one.language === near.language && !one.serial && one.author[0] !== near.author[0]) return one.author
  }
}

/** A title of the same series by the same hand: 概论 and 导论, 习题集 beside the textbook. */
function sister(random: Random, near: Work): string {
  if (near.language === 'en') return near.title.replace(/^\S+/, random.pick(['Exercises in', 'Selected', 'Essays on']))
  return near.title + random.pick(['参考资料', '案例集', '续编', '图解', '题典'])
}
