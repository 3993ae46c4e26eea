/**
 * Rows on their way from the thread that reads them to the one that writes them. Their long texts cross as UTF-8, as the
 * database takes them, in one buffer that changes hands: as strings they would be copied three times, and the collector
 * of the writing thread would have to carry those of the pages that wait.
 */
import { entryWords } from '../../domain/queue-entry.ts'
import type { ReadRow } from './read-row.ts'

export interface PackedRows {
  /** With nothing in place of body and words. */
  rows: ReadRow[]
  /** Body and words of row after row. */
  bytes: Uint8Array<ArrayBuffer>
  /** Where each of these texts ends. */
  ends: Uint32Array<ArrayBuffer>
}

const MOST_BYTES_A_UNIT = 3
let scratch = Buffer.alloc(0)

export function packRows(read: readonly ReadRow[]): PackedRows {
  const texts: string[] = []
  const rows = read.map((one): ReadRow => {
    if (one.kind !== 'row') return one
    const { kind, row, entry } = one
    texts.push(row.body as string)
    const bare = { ...row, body: '' }
    if (!entry) return { kind, row: bare }
    texts.push(entryWords(entry) as string)
    return { kind, row: bare, entry: { ...entry, texts: [], words: '' } }
  })
  const most = texts.reduce((sum, { length }) => sum + length * MOST_BYTES_A_UNIT, 0)
  if (scratch.length < most) scratch = Buffer.alloc(most)
  let at = 0
  const ends = Uint32Array.from(texts, (text) => (at += scratch.write(text, at)))
  return { rows, bytes: new Uint8Array(scratch.subarray(0, at)), ends }
}

/** The rows as they were, each text as a piece of the one buffer. */
export function unpackRows({ rows, bytes, ends }: PackedRows): ReadRow[] {
  let text = 0
  let at = 0
  const next = () => bytes.subarray(at, (at = ends[text++]!))
  for (const read of rows) {
    if (read.kind !== 'row') continue
    read.row.body = next()
    if (read.entry) read.entry.words = next()
  }
  return rows
}
