/**
 * Rows on their way from the thread that reads them to the one that writes them. Their long texts cross as UTF-8, as the
 * database takes them, in one buffer that changes hands; as strings they would be copied three times, and the collector
 * of the writing thread would have to carry those of the pages that wait. All else crosses as one flat list: with the
 * names of twenty fields beside every row it would take five times as long to unpack.
 */
import { writeEntryWords, type QueueEntry } from '../../domain/queue-entry.ts'
import { Utf8Text } from '../../domain/utf8-text.ts'
import type { ReadRow } from './read-row.ts'

type Plain = string | number | boolean | null

export interface PackedRows {
  /** The values of row after row, each begun by its shape; whatever is not simply a row as it is. */
  values: (Plain | ReadRow)[]
  /** Body and words of row after row. */
  bytes: Uint8Array<ArrayBuffer>
  /** Where each of these texts ends. */
  ends: Uint32Array<ArrayBuffer>
}

const BARE = 0
const WITH_ENTRY = 1

/** Small at first, then as large as the largest slice that came. */
const texts = new Utf8Text()

export function packRows(read: readonly ReadRow[]): PackedRows {
  const values: PackedRows['values'] = []
  const ends: number[] = []
  texts.length = 0
  for (const one of read) {
    if (one.kind !== 'row') {
      values.push(one)
      continue
    }
    const { row, entry } = one
    values.push(entry ? WITH_ENTRY : BARE, row.type, row.id, row.version, row.seq, row.understood)
    texts.text(row.body as string)
    ends.push(texts.length)
    if (!entry) continue
    pushEntry(entry, values)
    writeEntryWords(entry, texts)
    ends.push(texts.length)
  }
  return { values, bytes: texts.copy(), ends: Uint32Array.from(ends) }
}

/** In the order in which `readEntry` takes them. */
function pushEntry(entry: QueueEntry, values: PackedRows['values']): void {
  const { id, service, role, status, stage, urgent, appliedAt, dueAt, partner, holder, open } = entry
  values.push(id, service, role, status, stage, urgent, appliedAt, dueAt, partner, holder, open)
  values.push(entry.complaint, entry.titleKey, entry.callKey, entry.textHash, entry.items.length)
  for (const [volume, barcode] of entry.items) values.push(volume, barcode)
}

/** The rows as they were, each text as a piece of the one buffer. */
export function unpackRows({ values, bytes, ends }: PackedRows): ReadRow[] {
  const rows: ReadRow[] = []
  let at = 0
  let text = 0
  let from = 0
  const value = <T extends Plain>() => values[at++] as T
  const piece = () => bytes.subarray(from, (from = ends[text++]!))

  const readEntry = (): QueueEntry => ({
    id: value(),
    service: value(),
    role: value(),
    status: value(),
    stage: value(),
    urgent: value(),
    appliedAt: value(),
    dueAt: value(),
    partner: value(),
    holder: value(),
    open: value(),
    complaint: value(),
    titleKey: value(),
    callKey: value(),
    textHash: value(),
    items: Array.from({ length: value<number>() }, () => [value<number>(), value<string>()] as const),
    texts: [],
    words: piece(),
  })

  while (at < values.length) {
    const shape = values[at++]!
    if (typeof shape === 'object') {
      rows.push(shape)
      continue
    }
    const row = {
      type: value<string>(),
      id: value<string>(),
      version: value<number>(),
      seq: value<number>(),
      understood: value<boolean>(),
      body: piece(),
    }
    rows.push(shape === WITH_ENTRY ? { kind: 'row', row, entry: readEntry() } : { kind: 'row', row })
  }
  return rows
}
