/** Files for the centre, the yearly summary and the drawer. Each is stored as a blob that the person then saves. */
import { DeskError } from '../../contract/errors.ts'
import type { Bytes } from '../blobs/blob-store.ts'
import type { Core } from '../context.ts'
import { csvOf } from './csv.ts'
import type { LongTable, Writing } from './table.ts'
import { XLSX_MIME, xlsxOf } from './xlsx.ts'

export interface Made {
  blob: string
  name: string
}
export type TableFormat = 'xlsx' | 'csv'

export async function keep(core: Core, bytes: Bytes, mime: string, name: string): Promise<Made> {
  const { sha256 } = await core.blobs.put(bytes, mime)
  return { blob: sha256, name }
}

/** @param tables all of them in a workbook; of CSV, which has one table a file, the first */
export const keepTables = (
  core: Core,
  tables: readonly LongTable<never>[],
  format: TableFormat,
  name: string,
  writing: Writing = {},
): Promise<Made> =>
  format === 'xlsx'
    ? keep(core, xlsxOf(tables, writing), XLSX_MIME, `${name}.xlsx`)
    : keep(core, csvOf(tables[0]!, writing), 'text/csv', `${name}.csv`)

/**
 * Makes a file as a job: the window shows how far it is and can end it; the call ends with the job.
 * @param total rows there will be, null when nobody knows
 * @throws DeskError cancelled, disk_full, read_only
 */
export async function inBackground(
  core: Core,
  total: number | null,
  body: (writing: Required<Writing>) => Promise<Made>,
): Promise<Made> {
  let made: Made | undefined
  const id = core.jobs.start('export', null, async ({ signal, report }) => {
    let rows = 0
    report({ done: 0, total })
    made = await body({ signal, onRows: (more) => report({ done: (rows += more), total }) })
  })
  const { state, error } = await core.jobs.settled(id)
  if (made && state === 'done') return made
  throw state === 'cancelled' || !error ? new DeskError('cancelled') : new DeskError(error.code, error.params)
}
