/** The courier's own table against our statement. What was read stays in memory until another is read. */
import { mappingOf, rememberMapping } from '../../../db/queries/settlement.ts'
import type { DifferenceView, MappingView } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { compareLines } from '../../domain/settlement/compare.ts'
import { guessMapping, readLines } from '../../domain/settlement/courier-file.ts'
import type { Core } from '../context.ts'
import type { TableReader } from '../sheets/granted-table.ts'
import { statementLines } from './statement.ts'

const KEPT = 4
const HEAD_ROWS = 8
/** Differences shown at most; a file that shares nothing with us is the wrong file. */
const MOST_BAD = 200

export class CourierFiles {
  private readonly core: Core
  private readonly tableOf: TableReader
  private readonly read = new Map<string, string[][]>()
  private readonly found = new Map<string, DifferenceView[]>()

  constructor(core: Core, tableOf: TableReader) {
    this.core = core
    this.tableOf = tableOf
  }

  /** @throws DeskError not_found, sheet_too_large, sheet_unreadable, sheet_empty */
  async open(courier: string, fileId: string) {
    const { rows } = await this.tableOf(fileId)
    this.read.set(fileId, rows)
    const oldest = this.read.keys().next().value
    if (this.read.size > KEPT && oldest !== undefined) this.read.delete(oldest)
    const known = mappingOf(this.core.db, courier)
    return {
      fileId,
      head: rows.slice(0, HEAD_ROWS).map((row) => row.slice(0, 40).map((cell) => cell.slice(0, 200))),
      rows: rows.length,
      mapping: known ?? guessMapping(rows),
      remembered: known !== undefined,
    }
  }

  compare(month: string, courier: string, fileId: string, mapping: MappingView) {
    const rows = this.read.get(fileId)
    if (!rows) throw new DeskError('not_found', { id: fileId })
    this.core.db.write(() => rememberMapping(this.core.db, courier, mapping, this.core.now()))
    const { lines, bad } = readLines(rows, mapping)
    const ours = statementLines(this.core, month, courier)
    const differences = compareLines(ours, lines)
    this.found.set(`${month} ${courier}`, differences)
    const touched = new Set(differences.map((one) => one.bag))
    return {
      ours: ours.length,
      theirs: lines.length,
      same: ours.filter((line) => !touched.has(line.bag)).length,
      differences,
      bad: bad.slice(0, MOST_BAD),
    }
  }

  /** Of the last comparison of this month and courier. */
  differences(month: string, courier: string): DifferenceView[] {
    return this.found.get(`${month} ${courier}`) ?? []
  }
}
