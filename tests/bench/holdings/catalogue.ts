/**
 * A catalogue of invented works as MARC records, from a seed. What is true of a record (its work, edition, volume) is known
 * from how it was made; nothing of the product's matcher is used.
 */
import type { Random } from '../pages/random.ts'
import type { WrittenRecord } from '../../support/marc.ts'
import * as W from './words.ts'

export interface Work {
  id: number
  language: 'zh' | 'en'
  serial: boolean
  title: string
  subtitle: string
  author: string
  editions: Edition[]
}
export interface Edition {
  /** 1 for the first, which says nothing. */
  number: number
  year: number
  isbn: string
  issn: string
  publisher: string
  /** Labels of its volumes; empty for a work in one. */
  volumes: string[]
}
export interface CatalogueRecord {
  key: string
  work: Work
  edition: Edition
  /** Of a record for one volume; null for the whole. */
  volume: string | null
  marc: WrittenRecord
}

const digits = (random: Random, count: number) => Array.from({ length: count }, () => random.int(0, 9)).join('')

export function isbn13(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0)
  return twelve + String((10 - (sum % 10)) % 10)
}
export function isbn10(thirteen: string): string {
  const nine = thirteen.slice(3, 12)
  const sum = [...nine].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0)
  const check = (11 - (sum % 11)) % 11
  return nine + (check === 10 ? 'X' : check)
}
function issn(seven: string): string {
  const sum = [...seven].reduce((total, digit, i) => total + Number(digit) * (8 - i), 0)
  const check = (11 - (sum % 11)) % 11
  return `${seven.slice(0, 4)}-${seven.slice(4)}${check === 10 ? 'X' : check}`
}

function personOf(random: Random, language: Work['language']): string {
  if (language === 'en') return `${random.pick(W.EN_NAMES)}, ${random.pick(W.EN_GIVEN)}`
  return random.pick(W.SURNAMES) + random.pick(W.GIVEN) + (random.chance(0.7) ? random.pick(W.GIVEN) : '')
}

/** One work with its editions. Titles repeat among authors, as textbooks do. */
export function makeWork(random: Random, id: number): Work {
  const language = random.chance(0.25) ? 'en' : 'zh'
  const serial = random.chance(0.07)
  const title = serial
    ? language === 'zh'
      ? random.pick(W.PLACES) + random.pick(W.SUBJECTS) + random.pick(W.JOURNAL_ENDS)
      : `Journal of ${random.pick(W.EN_HEADS.slice(6, 9))} ${random.pick(W.EN_SUBJECTS)} ${random.int(0, 3) || ''}`.trim()
    : language === 'zh'
      ? random.pick(W.PLACES) + random.pick(W.SUBJECTS) + random.pick(W.FORMS)
      : `${random.pick(W.EN_HEADS)} ${random.pick(W.EN_SUBJECTS)}`
  const subtitle = !serial && random.chance(0.3) ? random.pick(language === 'zh' ? W.SUBTITLES : W.EN_SUBTITLES) : ''
  const author = serial ? '' : personOf(random, language)
  const inParts = !serial && random.chance(0.14)
  const labels = inParts
    ? language === 'en'
      ? ['v. 1', 'v. 2']
      : random.pick([['上册', '下册'], ['上', '下'], ['上册', '中册', '下册'], ['第一册', '第二册', '第三册'], ['第1卷', '第2卷']]) // prettier-ignore
    : []
  const count = serial ? 1 : random.pick([1, 1, 1, 1, 2, 2, 3])
  let year = random.int(1978, 2012)
  const publisher = random.pick(language === 'zh' ? W.PRESSES : W.EN_PRESSES)
  const editions = Array.from({ length: count }, (_, i): Edition => {
    if (i > 0) year += random.int(3, 7)
    const isbn = serial || year < 1987 ? '' : isbn13(`978${language === 'zh' ? '7' : '0'}${digits(random, 8)}`)
    return { number: i + 1, year, isbn, issn: serial ? issn(digits(random, 7)) : '', publisher, volumes: labels }
  })
  return { id, language, serial, title, subtitle, author, editions }
}

const ORDINAL = ['', '', '2nd ed.', '3rd ed.']

/** The records of an edition: one for the set, or one for each volume, as cataloguers differ. */
export function recordsOf(random: Random, work: Work, edition: Edition): CatalogueRecord[] {
  const apart = edition.volumes.length > 0 && random.chance(0.6)
  const cnmarc = work.language === 'zh' && random.chance(0.8)
  const inTitle = random.chance(0.3)
  const make = (volume: string | null): CatalogueRecord => {
    const key = `W${work.id}E${edition.number}${volume === null ? '' : `V${edition.volumes.indexOf(volume) + 1}`}`
    const marc = (cnmarc ? asCnmarc : asMarc21)(work, edition, volume, key, inTitle)
    return { key, work, edition, volume, marc }
  }
  return apart ? edition.volumes.map(make) : [make(null)]
}

function asCnmarc(work: Work, edition: Edition, volume: string | null, key: string, inTitle: boolean): WrittenRecord {
  const part = volume === null ? '' : inTitle ? '' : `$h${volume}`
  const title = volume !== null && inTitle ? `${work.title} ${volume}` : work.title
  const many = volume === null ? edition.volumes.length : 0
  const copies = many > 0 ? edition.volumes : ['']
  return {
    leader: work.serial ? 'nas0 ' : 'nam0 ',
    fields: [
      ['001', key],
      ...(edition.isbn ? [['010', `##$a${edition.isbn}$dCNY39.00`] as [string, string]] : []),
      ...(edition.issn ? [['011', `##$a${edition.issn}`] as [string, string]] : []),
      ['100', `##$a20100101d${edition.year}    em y0chiy0110    ea`],
      ['200', `1#$a${title}${part}${work.subtitle ? `$e${work.subtitle}` : ''}${work.author ? `$f${work.author}主编` : ''}`],
      ...(edition.number > 1 ? [['205', `##$a第${edition.number}版`] as [string, string]] : []),
      ['210', `##$a北京$c${edition.publisher}$d${edition.year}`],
      ['215', `##$a${many > 1 ? `${many}册` : '382页'}$d26cm`],
      ...(work.author ? [['701', `#0$a${work.author}$4主编`] as [string, string]] : []),
      ...copies.map((label, i): [string, string] => ['905', `##$aRUC$b${key}-${i}$c总书库$dTP31$e${work.id}$v${label}`]),
    ],
  } // prettier-ignore
}

function asMarc21(work: Work, edition: Edition, volume: string | null, key: string, inTitle: boolean): WrittenRecord {
  const part = volume === null || inTitle ? '' : `$n${volume}`
  const title = volume !== null && inTitle ? `${work.title} ${volume}` : work.title
  const copies = volume === null && edition.volumes.length > 0 ? edition.volumes : ['']
  return {
    leader: work.serial ? 'nas a' : 'nam a',
    fields: [
      ['001', key],
      ['008', `100101s${edition.year}    cc            000 0 chi d`],
      ...(edition.isbn ? [['020', `##$a${edition.isbn} (pbk.)`] as [string, string]] : []),
      ...(edition.issn ? [['022', `##$a${edition.issn}`] as [string, string]] : []),
      ...(work.author ? [['100', `1#$a${work.author},$eauthor.`] as [string, string]] : []),
      ['245', `10$a${title}${part}${work.subtitle ? ` :$b${work.subtitle}` : ''}${work.author ? ` /$c${work.author}.` : ''}`],
      ...(edition.number > 1 ? [['250', `##$a${work.language === 'zh' ? `第${edition.number}版` : ORDINAL[edition.number]}`] as [string, string]] : []),
      ['264', `#1$aBeijing :$b${edition.publisher},$c${edition.year}.`],
      ['300', `##$a${copies.length > 1 ? `${copies.length} v.` : 'xii, 382 p.'}`],
      ...copies.map((label, i): [string, string] => ['952', `##$aRUC$bRUC$cSTACK$oQA76 .${work.id}$p${key}-${i}$h${label}`]),
    ],
  } // prettier-ignore
}
