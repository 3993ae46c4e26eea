/** Tables of the centre that people import: who has how many, and what readers said in the questionnaire. */
import type { EvaluationInputs, RankingList } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { columnSum, type Entry } from '../../domain/evaluation/ranking.ts'
import { replaceRanking } from '../../../db/queries/evaluation.ts'
import type { Core } from '../context.ts'
import { numberOf } from '../sheets/sheet.ts'
import { changeInputs, ownName } from './evaluation.ts'

/**
 * Takes a list of the centre: one column names libraries, one counts. A head row, a rank column and a sum row are told apart.
 * @throws DeskError sheet_columns when there is no such pair of columns
 */
export function importRanking(core: Core, year: number, list: RankingList, rows: readonly string[][]) {
  const found = entriesOf(rows)
  if (found.length === 0) throw new DeskError('sheet_columns')
  const nameOf = memberNames(core)
  const entries = found.map(({ library, value }) => ({ library: nameOf(library) ?? library, value }))
  replaceRanking(core.db, year, list, entries)
  const own = ownName(core)
  return {
    libraries: entries.length,
    sum: columnSum(entries),
    unknown: found
      .flatMap(({ library }) => (nameOf(library) === undefined ? [library.slice(0, 200)] : []))
      .slice(0, 50),
    own: entries.find((entry) => entry.library === own)?.value ?? null,
  }
}

/** The directory's name of a library that a list names in its own way: brackets, width, English, word order. */
function memberNames(core: Core): (text: string) => string | undefined {
  const names = new Map<string, string>()
  for (const { name, nameEn } of core.views.libraries()) {
    if (nameEn !== '') names.set(keyOf(nameEn), name)
    names.set(keyOf(name), name)
  }
  return (text) => names.get(keyOf(text))
}

/** "Library of Renmin University of China" and "Renmin University of China Library" are the same words. */
const keyOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '' && !['library', 'of', 'the', 'and'].includes(word))
    .toSorted()
    .join(' ')

const isName = (cell: string) => /[\p{Script=Han}\p{Letter}]{2,}/u.test(cell) && Number.isNaN(numberOf(cell))
const isNumber = (cell: string) => !Number.isNaN(numberOf(cell))

/** Rows that name a library and a count; the count is the last column that holds numbers in most of them. */
export function entriesOf(rows: readonly string[][]): Entry[] {
  const width = Math.max(0, ...rows.map((row) => row.length))
  const filled = (column: number, test: (cell: string) => boolean) =>
    rows.filter((row) => row[column] !== undefined && test(row[column])).length
  const columns = Array.from({ length: width }, (_, column) => column)
  const names = columns.find((column) => filled(column, isName) > rows.length / 2)
  const values = columns.findLast((column) => column !== names && filled(column, isNumber) > rows.length / 2)
  if (names === undefined || values === undefined) return []
  return rows.flatMap((row) => {
    const library = (row[names] ?? '').trim()
    const value = numberOf(row[values] ?? '')
    return isName(library) && !/^(合计|总计|共计|小计|total|sum)/i.test(library) && !Number.isNaN(value)
      ? [{ library, value }]
      : []
  })
}

type Satisfaction = NonNullable<EvaluationInputs['satisfaction']>
/** Table 6, 用户满意度, longer words first: 不太满意 ends in 满意 too. */
const WORDS: readonly [RegExp, Satisfaction][] = [
  [/投诉|complaint/i, 'complaint'],
  [/不太?满意|little|dissatisfied/i, 'little'],
  [/比较满意|较满意|fairly/i, 'fairly'],
  [/^(很|非常)?满意$|^(very )?satisfied$/i, 'satisfied'],
  [/^一般$|neutral/i, 'neutral'],
]

/**
 * Takes what the centre's questionnaire says of us: the row that names our library, the cell with one of the table's words.
 * @throws DeskError sheet_columns when no row names us or it has no such word
 */
export function importSatisfaction(core: Core, year: number, rows: readonly string[][]): Satisfaction {
  const nameOf = memberNames(core)
  const own = ownName(core)
  const row = rows.find((cells) => cells.some((cell) => cell !== '' && nameOf(cell) === own))
  const said = row?.flatMap((cell) => WORDS.find(([word]) => word.test(cell.trim()))?.[1] ?? [])[0]
  if (said === undefined) throw new DeskError('sheet_columns')
  changeInputs(core, year, { satisfaction: said })
  return said
}
