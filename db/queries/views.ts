/** Rows as they are shown: what the centre said, folded with what staff did since. */
import type { BagRow, LibraryRow, ManifestRow, RequestRow, StaffRow } from '../../electron/contract/centre.contract.ts'
import type { OutboxState } from '../../electron/contract/core.contract.ts'
import type { Role, Stage } from '../../electron/contract/words.ts'

/** A request as the desk sees it; `stage` may also be ready or sending, which never travel. */
export type RequestView = Omit<RequestRow, 'stage'> & { stage: Stage }

export interface Folded<Row> {
  row: Row
  /** State of the newest op that is still on its way for this object, 'none' when it is as the centre has it. */
  pending: OutboxState | 'none'
}

export interface Views {
  request(id: string): Folded<RequestView> | undefined
  bag(id: string): Folded<BagRow> | undefined
  /** Bags that are not reconciled or gone, newest first. */
  bags(): Folded<BagRow>[]
  bagByCode(code: string): Folded<BagRow> | undefined
  manifest(id: string): Folded<ManifestRow> | undefined
  manifests(): Folded<ManifestRow>[]
  library(id: string): LibraryRow | undefined
  libraries(): LibraryRow[]
  staff(): StaffRow[]
  /** The request's own work changed (a document was made): its stage follows. Call it in that transaction. */
  materialise(id: string): void
  /** Requests whose volume carries this barcode, the ones with a loan still open first. */
  byBarcode(barcode: string): { requestId: string; volume: number }[]
  /** Ids of requests at these stages, in order of application; `loansAs` = only loans in which we have that part. */
  requestIdsAtStage(stages: readonly Stage[], loansAs?: Role): string[]
}
