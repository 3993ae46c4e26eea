/** A table that a person chose, read in a worker process: a workbook made for harm keeps that one busy, not core. */
import { stat } from 'node:fs/promises'
import { DeskError } from '../../contract/errors.ts'
import type { DocumentEngine } from '../documents/index.ts'
import type { GrantedFiles } from '../workbench/granted-files.ts'
import { SHEET_BYTES, type Sheet } from './sheet.ts'

/** @throws DeskError not_found, sheet_too_large, sheet_unreadable, sheet_empty */
export type TableReader = (fileId: string) => Promise<Sheet>

export function createTableReader(files: GrantedFiles, engine: Pick<DocumentEngine, 'table'>): TableReader {
  return async (fileId) => {
    const [path = ''] = files.take([fileId])
    const found = await stat(path).catch(() => undefined)
    if (!found?.isFile()) throw new DeskError('not_found')
    if (found.size > SHEET_BYTES) throw new DeskError('sheet_too_large')
    const { name, rows, refused } = await engine.table(path).catch((error: unknown) => {
      throw new DeskError('sheet_unreadable', {}, { cause: error })
    })
    if (refused) throw new DeskError(refused)
    return { name, rows: JSON.parse(Buffer.from(rows).toString()) as string[][] }
  }
}
