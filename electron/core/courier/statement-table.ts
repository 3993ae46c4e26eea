/** The statement as a table for the centre and the courier; heads are bilingual like everything that leaves the house. */
import type { DifferenceView, StatementLine } from '../../contract/core.contract.ts'
import { dayOf } from '../../domain/working-days.ts'
import { asTable, type Table } from '../sheets/table.ts'

const yuan = (fen: number | null) => (fen === null ? null : fen / 100)
const kilos = (grams: number | null) => (grams === null ? null : grams / 1000)

const lineTable = (rows: readonly StatementLine[]): Table<StatementLine> => ({
  name: '对账 Statement',
  columns: [
    { title: '日期 Date', kind: 'day', of: (line) => dayOf(line.at) },
    { title: '交接单 Manifest', kind: 'text', of: (line) => line.manifest },
    { title: '袋号 Bag', kind: 'text', of: (line) => line.bag },
    { title: '承运 Courier', kind: 'text', of: (line) => line.courier },
    { title: '线路 Route', kind: 'text', of: (line) => line.route },
    { title: '目的馆 Destination', kind: 'text', of: (line) => line.destinationName },
    { title: '司机 Driver', kind: 'text', of: (line) => line.driver },
    { title: '册数 Items', kind: 'number', of: (line) => line.items },
    { title: '重量 kg', kind: 'number', of: (line) => kilos(line.weightGrams) },
    { title: '费用 元 CNY', kind: 'number', of: (line) => yuan(line.priceFen) },
    { title: '签收摘要 SHA-256', kind: 'text', of: (line) => line.digest },
  ],
  rows,
})

const KINDS: Record<DifferenceView['kind'], string> = {
  missing: '对方缺 Missing',
  extra: '对方多 Extra',
  price: '价格不同 Price',
  weight: '重量不同 Weight',
}
const differenceTable = (rows: readonly DifferenceView[]): Table<DifferenceView> => ({
  name: '差异 Differences',
  columns: [
    { title: '差异 Difference', kind: 'text', of: (one) => KINDS[one.kind] },
    { title: '袋号 Bag', kind: 'text', of: (one) => one.bag },
    { title: '对方行 Row', kind: 'number', of: (one) => ('row' in one ? one.row : null) },
    { title: '本馆 元 Ours', kind: 'number', of: (one) => yuan('oursFen' in one ? one.oursFen : null) },
    { title: '对方 元 Theirs', kind: 'number', of: (one) => yuan('theirsFen' in one ? one.theirsFen : null) },
    { title: '本馆 kg Ours', kind: 'number', of: (one) => kilos('oursGrams' in one ? one.oursGrams : null) },
    { title: '对方 kg Theirs', kind: 'number', of: (one) => kilos('theirsGrams' in one ? one.theirsGrams : null) },
  ],
  rows,
})

/** The statement, and the differences where there are some; CSV holds the statement alone. */
export function statementTables(
  lines: readonly StatementLine[],
  differences: readonly DifferenceView[],
): Table<never>[] {
  return [asTable(lineTable(lines)), ...(differences.length > 0 ? [asTable(differenceTable(differences))] : [])]
}
