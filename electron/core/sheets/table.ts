/** Tables we give away, whatever file they go into. */

export interface Column<Row> {
  title: string
  /**
   * `text` also for numbers that are names (barcodes, ISBN, request numbers); `day` is days since 1970-01-01, `moment` ms
   * UTC: both are written as dates, as they are in Beijing.
   */
  kind: 'text' | 'number' | 'day' | 'moment'
  of(row: Row): string | number | null
}

/** A table whose rows come as they are written: a million of them need not be there at once. */
export interface LongTable<Row = unknown> {
  name: string
  columns: readonly Column<Row>[]
  rows: Iterable<Row> | AsyncIterable<Row>
}

export interface Table<Row = unknown> extends LongTable<Row> {
  rows: readonly Row[]
}

/** A table whose rows are of one type, as one of several of different types. */
export const asTable = <Row>(table: Table<Row>) => table as unknown as Table<never>
export const asLongTable = <Row>(table: LongTable<Row>) => table as unknown as LongTable<never>

export const DAY_MS = 86_400_000
/** Beijing is 8 hours ahead of UTC, all year. */
export const BEIJING_MS = 8 * 3_600_000

/** Rows between which others have their turn. */
const SLICE = 200

/** Rows in slices; between two of them the queue and the sync have their turn. @throws the signal's reason */
export async function* slicesOf<Row>(
  rows: LongTable<Row>['rows'],
  signal: AbortSignal | undefined,
  onRows: (more: number) => void = () => {},
): AsyncGenerator<Row[]> {
  let slice: Row[] = []
  for await (const row of rows) {
    slice.push(row)
    if (slice.length < SLICE) continue
    yield slice
    onRows(slice.length)
    slice = []
    await new Promise((resolve) => setImmediate(resolve))
    signal?.throwIfAborted()
  }
  if (slice.length === 0) return
  yield slice
  onRows(slice.length)
}

export interface Writing {
  signal?: AbortSignal
  /** So many rows more are written. */
  onRows?: (more: number) => void
}
