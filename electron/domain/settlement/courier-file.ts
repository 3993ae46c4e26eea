/** A courier's table as lines we can compare: which column is what, in which unit, guessed from its head once and then remembered. */
import { parseScan } from '../codes.ts'
import type { TheirLine } from './compare.ts'

export const FIELDS = ['bag', 'price', 'weight'] as const
export type Field = (typeof FIELDS)[number]

export interface Mapping {
  /** Lines above the first line of data. */
  headRows: number
  /** Column of each field, from 0; null = not in the file. */
  columns: Record<Field, number | null>
  price: 'yuan' | 'fen'
  weight: 'kg' | 'g'
}

const NAMES: Record<Field, RegExp> = {
  bag: /袋|运单|单号|包裹|条码|bag|waybill|tracking|parcel/iu,
  price: /费|金额|价|元|price|amount|fee|charge/iu,
  weight: /重|weight|kg|公斤|千克/iu,
}
/** A head stands within the first lines of a sheet. */
const HEAD_WITHIN = 8

/** What the head of the table says; the person corrects it. */
export function guessMapping(rows: readonly (readonly string[])[]): Mapping {
  const found = rows.slice(0, HEAD_WITHIN).findIndex((row) => row.some((cell) => NAMES.bag.test(cell)))
  const head = rows[found] ?? []
  const taken = new Set<number>()
  const column = (field: Field): number | null => {
    const at = head.findIndex((cell, index) => !taken.has(index) && NAMES[field].test(cell))
    if (at >= 0) taken.add(at)
    return at < 0 ? null : at
  }
  const columns = { bag: column('bag'), weight: column('weight'), price: column('price') }
  const text = (at: number | null) => (at === null ? '' : (head[at] ?? ''))
  return {
    headRows: found + 1,
    columns,
    price: /分/u.test(text(columns.price)) ? 'fen' : 'yuan',
    weight: /克|g(?!\w)/iu.test(text(columns.weight)) && !/千克|公斤|kg/iu.test(text(columns.weight)) ? 'g' : 'kg',
  }
}

/** A cell that says something but no number. */
export interface BadCell {
  row: number
  field: Field
  text: string
}

/** "1,234.50", "¥12", full-width digits. Null when it is no number. */
export function readNumber(cell: string): number | null {
  const plain = cell.normalize('NFKC').replace(/[,\s¥￥元]|千克|公斤|kg|g|克/giu, '')
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

/** Lines of the file by a mapping. Lines without a bag code (totals, remarks) are passed over. */
export function readLines(
  rows: readonly (readonly string[])[],
  mapping: Mapping,
): { lines: TheirLine[]; bad: BadCell[] } {
  const lines: TheirLine[] = []
  const bad: BadCell[] = []
  rows.slice(mapping.headRows).forEach((cells, index) => {
    const row = mapping.headRows + index + 1
    const text = (field: Field) => (mapping.columns[field] === null ? '' : (cells[mapping.columns[field]] ?? '')).trim()
    const code = parseScan(text('bag'))
    if (code.kind !== 'bag') return
    const number = (field: 'price' | 'weight', scale: number): number | null => {
      if (text(field) === '') return null
      const value = readNumber(text(field))
      if (value === null) bad.push({ row, field, text: text(field).slice(0, 60) })
      return value === null ? null : Math.round(value * scale)
    }
    lines.push({
      row,
      bag: code.id,
      priceFen: number('price', mapping.price === 'yuan' ? 100 : 1),
      weightGrams: number('weight', mapping.weight === 'kg' ? 1000 : 1),
    })
  })
  return { lines, bad }
}
