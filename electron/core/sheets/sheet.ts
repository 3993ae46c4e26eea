/** What a table read out of a file is, without the library that reads workbooks. */

/** Bytes taken at most: a monthly statement has some hundred kilobytes. */
export const SHEET_BYTES = 20 * 1024 * 1024

export interface Sheet {
  /** Of the first table that has rows; '' for a CSV file. */
  name: string
  /** Trimmed text, every row as long as its last filled cell. The first row is usually the head. */
  rows: string[][]
}

/** A number as people type it in a table: "1,234.50", "10,259", full-width digits, "¥12". NaN when it is none. */
export function numberOf(cell: string): number {
  const plain = cell.normalize('NFKC').replace(/[,\s¥￥元]/g, '')
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}
