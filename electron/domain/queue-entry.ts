/** What the queue keeps of a request and can be told from the request alone: sort keys, words to be found by, what is owed. */
import type { RequestRow } from '../contract/centre.contract.ts'
import { callNumberKey } from './call-number.ts'
import { writeInitials } from './pinyin.ts'
import { writeWords } from './search-text.ts'
import { titleKey } from './sort-keys.ts'
import { owesWork } from './urgency.ts'
import { Utf8Text } from './utf8-text.ts'

type Kept = 'id' | 'service' | 'role' | 'status' | 'stage' | 'urgent' | 'appliedAt' | 'dueAt'

export interface QueueEntry extends Pick<RequestRow, Kept> {
  partner: string
  /** Desk that holds it. */
  holder: string | null
  open: boolean
  /** Null when the requester is content. */
  complaint: true | null
  titleKey: string
  callKey: string
  /** Of the texts, so that a change of state does not index again. */
  textHash: number
  /** What it is found by; made into words only when they changed. */
  texts: readonly string[]
  /** The words as UTF-8, where they were made beforehand. */
  words?: Uint8Array
  /** Barcodes of a loan's volumes. */
  items: readonly (readonly [volume: number, barcode: string])[]
}

export function queueEntry(row: RequestRow): QueueEntry {
  const texts = searchable(row)
  return {
    id: row.id,
    service: row.service,
    role: row.role,
    status: row.status,
    stage: row.stage,
    urgent: row.urgent,
    appliedAt: row.appliedAt,
    dueAt: row.dueAt,
    partner: row.fields.partner,
    holder: row.claim?.desk ?? null,
    open: owesWork(row),
    complaint: row.complaint === null ? null : true,
    titleKey: titleKey(row.fields.title),
    callKey: callNumberKey(row.fields.callNumber),
    textHash: hashOf(texts),
    texts,
    items: row.volumes.flatMap(({ volume, barcode }) => (barcode === null ? [] : [[volume, barcode] as const])),
  }
}

/** Writes the words the search index stores for a request. */
export function writeEntryWords({ texts }: Pick<QueueEntry, 'texts'>, out: Utf8Text): void {
  writeWords(texts, out)
  writeInitials(texts, out)
}

const scratch = new Utf8Text()

/** The same words, as UTF-8. */
export function entryWords(entry: Pick<QueueEntry, 'words' | 'texts'>): Uint8Array {
  if (entry.words) return entry.words
  scratch.length = 0
  writeEntryWords(entry, scratch)
  return scratch.copy()
}

/** The partner's name is not among them: it is the same for thousands of rows and found by its own list (queue-index). */
function searchable(row: RequestRow): string[] {
  const f = row.fields
  return [row.id, f.centreNo, f.title, f.articleTitle, f.author, f.journal, f.publisher, f.isbn, f.issn, f.callNumber]
}

/** FNV-1a over the texts: cheap enough to ask "did the text change?" for every row. */
function hashOf(texts: readonly string[]): number {
  let hash = 0x811c9dc5
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ 0x1f, 0x01000193)
  }
  return hash | 0
}
