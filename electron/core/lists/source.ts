/** What a list is made of before anybody says what file it becomes. */
import type { ListWords } from '../../contract/core.contract.ts'
import { asLongTable, type Column, type LongTable } from '../sheets/table.ts'

/** Words for codes and heads, as the window has them. */
export interface Words {
  /** `status.Loaned`; the code itself where there is no word. */
  word(group: string, code: string): string
  head(column: string): string
}

export function wordsOf(given: ListWords): Words {
  const word = (group: string, code: string) => (code === '' ? '' : (given[`${group}.${code}`] ?? code))
  return { word, head: (column) => word('column', column) }
}

export interface ListSource {
  table: LongTable<never>
  /** Rows there will be, null when nobody knows. */
  total: number | null
}

type Cell<Row> = Pick<Column<Row>, 'kind' | 'of'>
export type Columns<Row> = Readonly<Record<string, Cell<Row>>>
/** How a column of rows of one type is made. */
export interface Kinds<Row> {
  text(of: (row: Row) => string | null): Cell<Row>
  number(of: (row: Row) => number | null): Cell<Row>
  /** ms UTC */
  moment(of: (row: Row) => number | null): Cell<Row>
}

const KINDS: Kinds<never> = {
  text: (of) => ({ kind: 'text', of }),
  number: (of) => ({ kind: 'number', of }),
  moment: (of) => ({ kind: 'moment', of }),
}

/** @param columns by their names, each under the head that the window has for it */
export function source<Row>(
  words: Words,
  rows: LongTable<Row>['rows'],
  columns: (kinds: Kinds<Row>) => Columns<Row>,
  total: number | null = Array.isArray(rows) ? rows.length : null,
): ListSource {
  const named = Object.entries(columns(KINDS as unknown as Kinds<Row>)).map(([id, column]) => ({
    title: words.head(id),
    ...column,
  }))
  return { table: asLongTable({ name: '', columns: named, rows }), total }
}
