/** The worker's part of reading a table: why it is refused is an answer, not an accident. */
import { readFile } from 'node:fs/promises'
import { readSheet, SheetError } from '../sheets/read.ts'
import type { TableRead } from './tasks.ts'

export async function readTable(path: string): Promise<TableRead> {
  try {
    const { name, rows } = readSheet(await readFile(path))
    return { name, rows: Buffer.from(JSON.stringify(rows)), refused: null }
  } catch (error) {
    if (error instanceof SheetError) return { name: '', rows: new Uint8Array(), refused: error.code }
    throw error
  }
}
