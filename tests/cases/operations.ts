/**
 * The oracle of the operations: typed by hand from the table "Operations" of the sync design, before either machine.
 *
 * One case = a small world (`given`), one operation by one actor, and what must come of it (`then`). The guards of the
 * centre (electron/centre) and the machine of the desk (electron/domain) are two implementations; both are held against
 * this file. It is data: no case computes anything.
 *
 * How to read a case
 * - Only what differs from a fresh world is written. A fresh request is a copy for us to supply: RequestReceived, queued,
 *   nobody's. A fresh loan (service: 'loan') has one volume on the shelf, no barcode, delivery by courier. A fresh bag is
 *   open, ours, addressed to the partner, in no manifest, empty. A fresh manifest is open, ours, without bags.
 * - An object that is not in `given` does not exist; `given: {}` with a request kind means: the request is unknown.
 * - The object of the op is the request, bag, manifest, anomaly, library ... that OBJECT_TYPE_OF_KIND names, unless `on`
 *   says otherwise. `request2`, `bag2`, `manifest2` are second objects of the same library.
 * - `by`: 'staff' = a staff member at desk 1 (default); 'supervisor' = a supervisor at desk 1.
 * - `claim`: 'mine' = desk 1 holds it, 'other' = desk 2 holds it, 'lapsed' = desk 2 held it and its lease is over.
 * - `then` for 'applied' lists only the fields the case is about; `anomaly: true` = a fact that did not fit was recorded with
 *   an anomaly for a person, false or absent = no anomaly. For 'rejected' nothing changes and `code` says why; `info` names
 *   keys the refusal must carry.
 * - `centreOnly` marks what a desk cannot know or decide alone (who was first in a field, where a request is forwarded to).
 */
import type { OpKind, RejectCode } from '../../electron/contract/ops.contract.ts'
import type { BagRow, ManifestRow, RequestRow, VolumeState } from '../../electron/contract/centre.contract.ts'

/** Identities used by the cases. Ids that end on the object they name. */
export const WHO = {
  library: 'RUC',
  partner: 'BUCT',
  third: 'PKU',
  desk1: 'desk-1',
  desk2: 'desk-2',
  staff: 'ruc-wang',
  supervisor: 'ruc-lin',
} as const

export const IDS = {
  request: 'HG00003902',
  request2: 'HG00003901',
  bag: '00000000-0000-4000-8000-0000000000b1',
  bag2: '00000000-0000-4000-8000-0000000000b2',
  manifest: '00000000-0000-4000-8000-0000000000c1',
  manifest2: '00000000-0000-4000-8000-0000000000c2',
  anomaly: '00000000-0000-4000-8000-0000000000d1',
  notice: '00000000-0000-4000-8000-0000000000e1',
  registration: '00000000-0000-4000-8000-0000000000f1',
  training: '00000000-0000-4000-8000-0000000000a1',
  library: 'RUC',
} as const
export type ObjectName = keyof typeof IDS

/** The instant of every case: Wednesday 2026-03-11 10:00 in Beijing. */
export const NOW = Date.UTC(2026, 2, 11, 2, 0, 0)
export const DAY = 86_400_000

/** Blobs the centre has verified (`BLOB`) and one it has never seen (`BLOB_MISSING`). */
export const BLOB = 'a'.repeat(64)
export const BLOB_MISSING = 'b'.repeat(64)

export interface GivenVolume {
  barcode?: string | null
  bag?: 'bag' | 'bag2' | null
  place?: VolumeState['place']
  condition?: VolumeState['condition']
}
export interface GivenRequest {
  service?: RequestRow['service']
  role?: RequestRow['role']
  status?: RequestRow['status']
  stage?: RequestRow['stage']
  claim?: 'mine' | 'other' | 'lapsed' | null
  cancelAsked?: boolean
  complaint?: string | null
  /** Days from NOW. */
  renewAsked?: number | null
  /** Days from NOW. */
  dueAt?: number | null
  deliveryMethod?: RequestRow['fields']['deliveryMethod']
  pickupCode?: string | null
  /** Days from NOW. */
  pickupUntil?: number | null
  callNumber?: string
  location?: string
  notePartner?: string
  reason?: string
  /** What was said when the other side was pressed for an answer last; null = it was not. */
  chased?: string | null
  /** Where the reader was told to collect it; null = not told. */
  notified?: string | null
  volumes?: GivenVolume[]
  /** Reason of the tombstone: the request left our part. */
  gone?: string
  /** Another desk changed this field after the version the op has seen. */
  changedSinceSeen?: 'callNumber' | 'location' | 'notePartner'
}
export interface GivenBag {
  state?: BagRow['state']
  owner?: 'us' | 'partner'
  destination?: 'us' | 'partner' | 'third'
  manifest?: 'manifest' | 'manifest2' | null
  seal?: string
  items?: { of: 'request' | 'request2'; volume: number; barcode: string; arrived?: '' | 'arrived' | 'missing' }[]
}
export interface GivenManifest {
  state?: ManifestRow['state']
  bags?: ('bag' | 'bag2')[]
}
export interface World {
  request?: GivenRequest
  request2?: GivenRequest
  bag?: GivenBag
  bag2?: GivenBag
  manifest?: GivenManifest
  manifest2?: GivenManifest
  anomaly?: { state?: 'open' | 'resolved'; person?: string }
  notice?: { read?: boolean }
  registration?: { state?: 'open' | 'asked' | 'approved' | 'refused' }
  training?: object
  /** Our own directory row. */
  library?: { paused?: boolean }
}
/** What a case expects of a request beside the given shape. */
export type ThenRequest = Omit<GivenRequest, 'dueAt' | 'pickupUntil' | 'changedSinceSeen'> & {
  /** Days from NOW, or just whether a date must stand there. */
  dueAt?: number | null | 'set'
  finished?: boolean
  delivered?: boolean
}
export type Then =
  | {
      outcome: 'applied'
      request?: ThenRequest
      request2?: ThenRequest
      bag?: GivenBag
      bag2?: GivenBag
      manifest?: GivenManifest & { handedOver?: boolean }
      manifest2?: GivenManifest
      anomaly?: boolean
      anomalyRow?: { state?: 'open' | 'resolved'; person?: string }
      notice?: { read?: boolean }
      registration?: { state?: 'open' | 'asked' | 'approved' | 'refused'; asked?: boolean }
      /** Whether it still counts. */
      training?: { stands: boolean }
      library?: { paused?: boolean }
    }
  | { outcome: 'rejected'; code: RejectCode; info?: string[] }
  | { outcome: 'retry'; code: 'missing_blob' | 'prev_unsettled' }

export interface OperationCase {
  says: string
  kind: OpKind
  args?: Record<string, unknown>
  by?: 'staff' | 'supervisor'
  on?: ObjectName
  given: World
  then: Then
  centreOnly?: true
}

const PAGES = { pages: 9, bytes: 120_000 }
const SIGNATURE = {
  strokes: [
    [0.1, 0.2, 0.4, 0.6],
    [0.5, 0.5, 0.9, 0.4],
  ],
}
const HANDED = { driver: '张师傅', signature: SIGNATURE, digest: 'd'.repeat(64) }
const ITEM = { requestId: IDS.request, volume: 1 }
const ITEM2 = { requestId: IDS.request2, volume: 1 }
const IN_BAG = { of: 'request', volume: 1, barcode: 'RUC0001' } as const
const OPEN_LOAN: GivenRequest = { service: 'loan', status: 'WillSupply' }
const CHECKED: GivenRequest = { ...OPEN_LOAN, stage: 'checked', volumes: [{ barcode: 'RUC0001', place: 'desk' }] }
const PACKED: GivenRequest = {
  ...OPEN_LOAN,
  stage: 'packed',
  volumes: [{ barcode: 'RUC0001', place: 'bag', bag: 'bag' }],
}
const OUT: GivenRequest = {
  service: 'loan',
  status: 'Loaned',
  stage: 'handed_over',
  dueAt: 32,
  volumes: [{ barcode: 'RUC0001', place: 'courier', bag: 'bag' }],
}
const AT_BORROWER: GivenRequest = {
  ...OUT,
  stage: 'at_borrower',
  volumes: [{ barcode: 'RUC0001', place: 'borrower' }],
}
const RETURNING: GivenRequest = { ...OUT, stage: 'returning', volumes: [{ barcode: 'RUC0001', place: 'courier' }] }
/** One volume is with the borrower, the other lies in an open bag here. */
const REST_PACKED: GivenRequest = {
  ...AT_BORROWER,
  volumes: [
    { barcode: 'RUC0001', place: 'borrower' },
    { barcode: 'RUC0002', place: 'bag', bag: 'bag' },
  ],
}
const REST_BAG: GivenBag = { items: [{ of: 'request', volume: 2, barcode: 'RUC0002' }] }
const applied = { outcome: 'applied' } as const

// prettier-ignore
export const OPERATION_CASES: OperationCase[] = [
  // ---- claim: free or mine (no-op) / already_claimed{by,at}
  { says: 'a free request is claimed', kind: 'claim', given: { request: {} }, then: { ...applied, request: { claim: 'mine', status: 'RequestReceived', stage: 'queued' } } },
  { says: 'claiming my own request again changes nothing', kind: 'claim', given: { request: { claim: 'mine' } }, then: { ...applied, request: { claim: 'mine' } } },
  { says: 'another desk holds it: the claim is refused and says who', kind: 'claim', given: { request: { claim: 'other' } }, then: { outcome: 'rejected', code: 'already_claimed', info: ['by', 'at'] } },
  { says: 'a lease that is over holds nobody off', kind: 'claim', given: { request: { claim: 'lapsed' } }, then: { ...applied, request: { claim: 'mine' } } },
  { says: 'a forwarded request is no longer ours to claim', kind: 'claim', given: { request: { gone: 'forwarded' } }, then: { outcome: 'rejected', code: 'no_longer_ours' } },
  { says: 'a request nobody knows is not found', kind: 'claim', given: {}, then: { outcome: 'rejected', code: 'not_found' } },
  // ---- release: mine / not_holder
  { says: 'my claim is given back', kind: 'release', given: { request: { claim: 'mine' } }, then: { ...applied, request: { claim: null } } },
  { says: 'what nobody holds cannot be given back', kind: 'release', given: { request: {} }, then: { outcome: 'rejected', code: 'not_holder' } },
  { says: "another desk's claim is not mine to give back", kind: 'release', given: { request: { claim: 'other' } }, then: { outcome: 'rejected', code: 'not_holder' } },
  // ---- takeOver: lease over by server time, or supervisor / not_allowed
  { says: 'staff take over when the lease is over', kind: 'takeOver', given: { request: { claim: 'lapsed' } }, then: { ...applied, request: { claim: 'mine' } } },
  { says: 'staff may not take over a running lease', kind: 'takeOver', given: { request: { claim: 'other' } }, then: { outcome: 'rejected', code: 'not_allowed' } },
  { says: 'a supervisor takes over a running lease', kind: 'takeOver', by: 'supervisor', given: { request: { claim: 'other' } }, then: { ...applied, request: { claim: 'mine' } } },
  { says: 'taking over what is free is a claim', kind: 'takeOver', given: { request: {} }, then: { ...applied, request: { claim: 'mine' } } },
  // ---- accept: RequestReceived, mine or free
  { says: 'a free request is accepted', kind: 'accept', given: { request: {} }, then: { ...applied, request: { status: 'WillSupply', claim: null } } },
  { says: 'my request is accepted and stays mine', kind: 'accept', given: { request: { claim: 'mine' } }, then: { ...applied, request: { status: 'WillSupply', claim: 'mine' } } },
  { says: 'accepting keeps the stage the work has reached', kind: 'accept', given: { request: { stage: 'pulled' } }, then: { ...applied, request: { status: 'WillSupply', stage: 'pulled' } } },
  { says: 'what another desk holds is not accepted here', kind: 'accept', given: { request: { claim: 'other' } }, then: { outcome: 'rejected', code: 'already_claimed', info: ['by', 'at'] } },
  { says: 'a lapsed lease does not hinder accepting', kind: 'accept', given: { request: { claim: 'lapsed' } }, then: { ...applied, request: { status: 'WillSupply' } } },
  { says: 'accepting twice is refused', kind: 'accept', given: { request: { status: 'WillSupply' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a delivered copy is not accepted again', kind: 'accept', given: { request: { status: 'CopyCompleted', stage: 'sent' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a cancelled request is not accepted', kind: 'accept', given: { request: { status: 'Cancelled' } }, then: { outcome: 'rejected', code: 'cancelled' } },
  { says: 'a request that was forwarded is not accepted', kind: 'accept', given: { request: { gone: 'forwarded' } }, then: { outcome: 'rejected', code: 'no_longer_ours' } },
  { says: 'the asking side does not accept its own request', kind: 'accept', given: { request: { role: 'requester' } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- unaccept: WillSupply, mine, nothing sent or packed / state
  { says: 'an accepted request is put back', kind: 'unaccept', given: { request: { status: 'WillSupply', claim: 'mine', stage: 'pulled' } }, then: { ...applied, request: { status: 'RequestReceived', stage: 'pulled', claim: 'mine' } } },
  { says: 'putting back what was accepted without a claim is possible', kind: 'unaccept', given: { request: { status: 'WillSupply' } }, then: { ...applied, request: { status: 'RequestReceived' } } },
  { says: 'putting back a checked loan frees its items', kind: 'unaccept', given: { request: CHECKED }, then: { ...applied, request: { status: 'RequestReceived', stage: 'pulled', volumes: [{ barcode: null, place: 'shelf' }] } } },
  { says: 'what is packed is not put back', kind: 'unaccept', given: { request: PACKED, bag: { items: [IN_BAG] } }, then: { outcome: 'rejected', code: 'state' } },
  { says: "another desk's acceptance is not mine to take back", kind: 'unaccept', given: { request: { status: 'WillSupply', claim: 'other' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'what was never accepted is not put back', kind: 'unaccept', given: { request: {} }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a delivered copy is not put back', kind: 'unaccept', given: { request: { status: 'CopyCompleted', stage: 'sent' } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- setField: unchanged since seen / field_changed{theirs}
  { says: 'a shelf mark is corrected', kind: 'setField', args: { field: 'callNumber', value: 'I267/1034' }, given: { request: { callNumber: 'I267/1' } }, then: { ...applied, request: { callNumber: 'I267/1034' } } },
  { says: 'a note to the partner is written', kind: 'setField', args: { field: 'notePartner', value: '附赠光盘一张' }, given: { request: {} }, then: { ...applied, request: { notePartner: '附赠光盘一张' } } },
  { says: 'a field changed by another desk meanwhile is not overwritten', kind: 'setField', args: { field: 'callNumber', value: 'I267/1034' }, given: { request: { callNumber: 'I267/9', changedSinceSeen: 'callNumber' } }, then: { outcome: 'rejected', code: 'field_changed', info: ['theirs'] }, centreOnly: true },
  { says: 'a change of another field does not hinder', kind: 'setField', args: { field: 'location', value: '总馆三层' }, given: { request: { changedSinceSeen: 'callNumber' } }, then: { ...applied, request: { location: '总馆三层' } }, centreOnly: true },
  { says: 'fields of a forwarded request are no longer ours', kind: 'setField', args: { field: 'location', value: '总馆三层' }, given: { request: { gone: 'forwarded' } }, then: { outcome: 'rejected', code: 'no_longer_ours' } },
  // ---- note, printed, scanned: always
  { says: 'a note is always kept', kind: 'note', args: { text: '读者急用' }, given: { request: { status: 'Unfilled', claim: 'other' } }, then: { ...applied, request: { status: 'Unfilled', claim: 'other' } } },
  { says: 'a printed pull slip makes it pulled', kind: 'printed', args: { kind: 'pullSlip', copy: 1 }, given: { request: {} }, then: { ...applied, request: { stage: 'pulled', status: 'RequestReceived' } } },
  { says: 'a reprint does not set the work back', kind: 'printed', args: { kind: 'pullSlip', copy: 2 }, given: { request: { status: 'WillSupply', stage: 'scanning' } }, then: { ...applied, request: { stage: 'scanning' } } },
  { says: 'a book slip moves nothing', kind: 'printed', args: { kind: 'bookSlip', copy: 1 }, given: { request: CHECKED }, then: { ...applied, request: { stage: 'checked' } } },
  { says: 'a printed bag label moves nothing', kind: 'printed', on: 'bag', args: { kind: 'bagLabel', copy: 1 }, given: { bag: { state: 'closed' } }, then: { ...applied, bag: { state: 'closed' } } },
  { says: 'the first scanned page begins scanning', kind: 'scanned', args: { pages: 1 }, given: { request: { status: 'WillSupply', stage: 'pulled' } }, then: { ...applied, request: { stage: 'scanning', status: 'WillSupply' } } },
  { says: 'scanning may begin without a slip', kind: 'scanned', args: { pages: 4 }, given: { request: {} }, then: { ...applied, request: { stage: 'scanning' } } },
  { says: 'pages scanned after delivery do not set it back', kind: 'scanned', args: { pages: 2 }, given: { request: { status: 'CopyCompleted', stage: 'sent' } }, then: { ...applied, request: { stage: 'sent', status: 'CopyCompleted' } } },
  // ---- fulfil: accepted or new, mine or free, blobs verified
  { says: 'an accepted copy is delivered', kind: 'fulfil', args: { blobs: [BLOB], ...PAGES }, given: { request: { status: 'WillSupply', claim: 'mine', stage: 'scanning' } }, then: { ...applied, request: { status: 'CopyCompleted', stage: 'sent', delivered: true, finished: true, claim: 'mine' } } },
  { says: 'a new request may be delivered at once', kind: 'fulfil', args: { blobs: [BLOB], ...PAGES }, given: { request: {} }, then: { ...applied, request: { status: 'CopyCompleted', stage: 'sent', delivered: true } } },
  { says: 'delivery answers an open cancel question', kind: 'fulfil', args: { blobs: [BLOB], ...PAGES }, given: { request: { status: 'WillSupply', cancelAsked: true } }, then: { ...applied, request: { status: 'CopyCompleted', cancelAsked: false } } },
  { says: 'nothing is delivered twice', kind: 'fulfil', args: { blobs: [BLOB], ...PAGES }, given: { request: { status: 'CopyCompleted', stage: 'sent' } }, then: { outcome: 'rejected', code: 'already_fulfilled' } },
  { says: 'what another desk holds is not delivered here', kind: 'fulfil', args: { blobs: [BLOB], ...PAGES }, given: { request: { status: 'WillSupply', claim: 'other' } }, then: { outcome: 'rejected', code: 'already_claimed', info: ['by', 'at'] } },
  { says: 'a lapsed lease does not hinder delivery', kind: 'fulfil', args: { blobs: [BLOB], ...PAGES }, given: { request: { status: 'WillSupply', claim: 'lapsed' } }, then: { ...applied, request: { status: 'CopyCompleted' } } },
  { says: 'a cancelled request is not delivered', kind: 'fulfil', args: { blobs: [BLOB], ...PAGES }, given: { request: { status: 'Cancelled' } }, then: { outcome: 'rejected', code: 'cancelled' } },
  { says: 'a forwarded request is not delivered', kind: 'fulfil', args: { blobs: [BLOB], ...PAGES }, given: { request: { gone: 'forwarded' } }, then: { outcome: 'rejected', code: 'no_longer_ours' } },
  { says: 'an unfilled request is not delivered', kind: 'fulfil', args: { blobs: [BLOB], ...PAGES }, given: { request: { status: 'Unfilled' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a loan is not delivered as a file', kind: 'fulfil', args: { blobs: [BLOB], ...PAGES }, given: { request: OPEN_LOAN }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'delivery waits for bytes the centre has not verified', kind: 'fulfil', args: { blobs: [BLOB_MISSING], ...PAGES }, given: { request: { status: 'WillSupply' } }, then: { outcome: 'retry', code: 'missing_blob' }, centreOnly: true },
  { says: 'a refusal does not wait for missing bytes', kind: 'fulfil', args: { blobs: [BLOB_MISSING], ...PAGES }, given: { request: { status: 'CopyCompleted', stage: 'sent' } }, then: { outcome: 'rejected', code: 'already_fulfilled' } },
  // ---- resend: CopyCompleted and complaint open / not_asked, state
  { says: 'a complaint is answered by sending again', kind: 'resend', args: { blobs: [BLOB], ...PAGES }, given: { request: { status: 'CopyCompleted', stage: 'resend', complaint: '缺第 14 页' } }, then: { ...applied, request: { status: 'CopyCompleted', stage: 'sent', complaint: null, delivered: true } } },
  { says: 'nothing is sent again unasked', kind: 'resend', args: { blobs: [BLOB], ...PAGES }, given: { request: { status: 'CopyCompleted', stage: 'sent' } }, then: { outcome: 'rejected', code: 'not_asked' } },
  { says: 'what was never delivered is not sent again', kind: 'resend', args: { blobs: [BLOB], ...PAGES }, given: { request: { status: 'WillSupply' } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- cannotSupply, retryLater: not final / state
  { says: 'a new request is answered with a reason', kind: 'cannotSupply', args: { reason: 'NotOnShelf' }, given: { request: {} }, then: { ...applied, request: { status: 'Unfilled', reason: 'NotOnShelf', finished: true } } },
  { says: 'an accepted request may still turn out unfilled', kind: 'cannotSupply', args: { reason: 'PoorCondition' }, given: { request: { status: 'WillSupply' } }, then: { ...applied, request: { status: 'Unfilled', reason: 'PoorCondition' } } },
  { says: 'a delivered copy cannot become unfilled', kind: 'cannotSupply', args: { reason: 'NotHeld' }, given: { request: { status: 'CopyCompleted', stage: 'sent' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a cancelled request cannot become unfilled', kind: 'cannotSupply', args: { reason: 'NotHeld' }, given: { request: { status: 'Cancelled' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a packed loan is unpacked before it is refused', kind: 'cannotSupply', args: { reason: 'PoorCondition' }, given: { request: PACKED, bag: { items: [IN_BAG] } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a lent book cannot become unfilled', kind: 'cannotSupply', args: { reason: 'NotHeld' }, given: { request: AT_BORROWER }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a book on loan is asked for again later', kind: 'retryLater', args: { reason: 'OnLoan', when: NOW + 14 * DAY }, given: { request: { service: 'loan' } }, then: { ...applied, request: { status: 'RetryPossible', reason: 'OnLoan' } } },
  { says: 'an answered request is not put off', kind: 'retryLater', args: { reason: 'AtBindery' }, given: { request: { status: 'Unfilled' } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- forward: not final / state; tombstone on success
  { says: 'a forwarded request leaves our part', kind: 'forward', args: { reason: 'NotHeld', to: WHO.third }, given: { request: {} }, then: { ...applied, request: { gone: 'forwarded' } } },
  { says: 'without a target the centre finds one', kind: 'forward', args: { reason: 'NotHeld' }, given: { request: { status: 'WillSupply' } }, then: { ...applied, request: { gone: 'forwarded' } } },
  { says: 'a delivered copy is not forwarded', kind: 'forward', args: { reason: 'NotHeld', to: WHO.third }, given: { request: { status: 'CopyCompleted', stage: 'sent' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a request is not forwarded twice', kind: 'forward', args: { reason: 'NotHeld', to: WHO.third }, given: { request: { gone: 'forwarded' } }, then: { outcome: 'rejected', code: 'no_longer_ours' } },
  { says: 'a request is not forwarded to the library that asks', kind: 'forward', args: { reason: 'NotHeld', to: WHO.partner }, given: { request: {} }, then: { outcome: 'rejected', code: 'invalid', info: ['fields'] }, centreOnly: true },
  // ---- answerCancel: cancel asked / state
  { says: 'yes to a cancel ends the request', kind: 'answerCancel', args: { yes: true }, given: { request: { status: 'WillSupply', cancelAsked: true } }, then: { ...applied, request: { status: 'Cancelled', cancelAsked: false, finished: true } } },
  { says: 'no to a cancel goes on', kind: 'answerCancel', args: { yes: false }, given: { request: { status: 'WillSupply', cancelAsked: true } }, then: { ...applied, request: { status: 'WillSupply', cancelAsked: false } } },
  { says: 'after hand-over a cancel is answered no', kind: 'answerCancel', args: { yes: true }, given: { request: { ...OUT, cancelAsked: true }, bag: { state: 'handed_over', items: [IN_BAG] } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'nobody asked: there is nothing to answer', kind: 'answerCancel', args: { yes: true }, given: { request: { status: 'WillSupply' } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- bindItem, unbindItem: accepted, item in no open bag or loan elsewhere / item_elsewhere{where}
  { says: 'the last volume bound makes the loan checked', kind: 'bindItem', args: { volume: 1, barcode: 'RUC0001' }, given: { request: { ...OPEN_LOAN, stage: 'pulled' } }, then: { ...applied, request: { stage: 'checked', volumes: [{ barcode: 'RUC0001', place: 'desk' }] } } },
  { says: 'one of two volumes bound is not yet checked', kind: 'bindItem', args: { volume: 1, barcode: 'RUC0001' }, given: { request: { ...OPEN_LOAN, stage: 'pulled', volumes: [{}, {}] } }, then: { ...applied, request: { stage: 'pulled', volumes: [{ barcode: 'RUC0001', place: 'desk' }, { barcode: null, place: 'shelf' }] } } },
  { says: 'the second of two volumes completes the check', kind: 'bindItem', args: { volume: 2, barcode: 'RUC0002' }, given: { request: { ...OPEN_LOAN, stage: 'pulled', volumes: [{ barcode: 'RUC0001', place: 'desk' }, {}] } }, then: { ...applied, request: { stage: 'checked' } } },
  { says: 'a wrong barcode is replaced before packing', kind: 'bindItem', args: { volume: 1, barcode: 'RUC0009' }, given: { request: CHECKED }, then: { ...applied, request: { stage: 'checked', volumes: [{ barcode: 'RUC0009', place: 'desk' }] } } },
  { says: 'self pick-up waits for the reader once checked', kind: 'bindItem', args: { volume: 1, barcode: 'RUC0001' }, given: { request: { ...OPEN_LOAN, deliveryMethod: 'self' } }, then: { ...applied, request: { stage: 'awaiting_pickup' } } },
  { says: 'a volume found beside the ones asked for is added', kind: 'bindItem', args: { volume: 2, barcode: 'RUC0002' }, given: { request: { ...CHECKED } }, then: { ...applied, request: { stage: 'checked', volumes: [{ barcode: 'RUC0001' }, { barcode: 'RUC0002', place: 'desk' }] } } },
  { says: 'an item bound to another loan is elsewhere', kind: 'bindItem', args: { volume: 1, barcode: 'RUC0002' }, given: { request: OPEN_LOAN, request2: { ...OPEN_LOAN, stage: 'checked', volumes: [{ barcode: 'RUC0002', place: 'desk' }] } }, then: { outcome: 'rejected', code: 'item_elsewhere', info: ['where'] } },
  { says: 'an item that came back from another loan is free', kind: 'bindItem', args: { volume: 1, barcode: 'RUC0002' }, given: { request: OPEN_LOAN, request2: { service: 'loan', status: 'LoanCompleted', stage: 'checked_in', volumes: [{ barcode: 'RUC0002', place: 'shelf' }] } }, then: { ...applied, request: { stage: 'checked' } } },
  { says: 'a packed volume is not rebound', kind: 'bindItem', args: { volume: 1, barcode: 'RUC0002' }, given: { request: PACKED, bag: { items: [IN_BAG] } }, then: { outcome: 'rejected', code: 'item_elsewhere', info: ['where'] } },
  { says: 'an item is bound only after accepting', kind: 'bindItem', args: { volume: 1, barcode: 'RUC0001' }, given: { request: { service: 'loan' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a copy has no item to bind', kind: 'bindItem', args: { volume: 1, barcode: 'RUC0001' }, given: { request: { status: 'WillSupply' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a lent book is not rebound', kind: 'bindItem', args: { volume: 1, barcode: 'RUC0002' }, given: { request: AT_BORROWER }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'the volume of a set that stayed behind is bound while the other is out', kind: 'bindItem', args: { volume: 2, barcode: 'RUC0002' }, given: { request: { ...AT_BORROWER, volumes: [{ barcode: 'RUC0001', place: 'borrower' }, {}] } }, then: { ...applied, request: { status: 'Loaned', stage: 'at_borrower', volumes: [{ place: 'borrower' }, { barcode: 'RUC0002', place: 'desk' }] } } },
  { says: 'a volume that is to follow is unbound again', kind: 'unbindItem', args: { volume: 2 }, given: { request: { ...AT_BORROWER, volumes: [{ barcode: 'RUC0001', place: 'borrower' }, { barcode: 'RUC0002', place: 'desk' }] } }, then: { ...applied, request: { status: 'Loaned', stage: 'at_borrower', volumes: [{ place: 'borrower' }, { barcode: null, place: 'shelf' }] } } },
  { says: 'a binding is taken back', kind: 'unbindItem', args: { volume: 1 }, given: { request: CHECKED }, then: { ...applied, request: { stage: 'pulled', volumes: [{ barcode: null, place: 'shelf' }] } } },
  { says: 'a packed volume is not unbound', kind: 'unbindItem', args: { volume: 1 }, given: { request: PACKED, bag: { items: [IN_BAG] } }, then: { outcome: 'rejected', code: 'item_elsewhere', info: ['where'] } },
  { says: 'a lent volume is not unbound', kind: 'unbindItem', args: { volume: 1 }, given: { request: AT_BORROWER }, then: { outcome: 'rejected', code: 'state' } },
  // ---- openBag, openManifest: always
  { says: 'a bag is opened', kind: 'openBag', args: { code: 'B-RUC-1-1', destination: WHO.partner, route: '北线' }, given: {}, then: { ...applied, bag: { state: 'open', owner: 'us', destination: 'partner', manifest: null, items: [] } } },
  { says: 'a manifest is opened', kind: 'openManifest', args: { number: 'M-RUC-1-2026-1', run: '上午' }, given: {}, then: { ...applied, manifest: { state: 'open', bags: [] } } },
  // ---- moveBag: bag in no closed manifest / state
  { says: 'a bag is put on a manifest', kind: 'moveBag', args: { manifestId: IDS.manifest }, given: { bag: { state: 'closed' }, manifest: {} }, then: { ...applied, bag: { manifest: 'manifest' }, manifest: { bags: ['bag'] } } },
  { says: 'a bag moves from one open manifest to another', kind: 'moveBag', args: { manifestId: IDS.manifest2 }, given: { bag: { state: 'closed', manifest: 'manifest' }, manifest: { bags: ['bag'] }, manifest2: {} }, then: { ...applied, bag: { manifest: 'manifest2' }, manifest: { bags: [] }, manifest2: { bags: ['bag'] } } },
  { says: 'a bag on a closed manifest stays there', kind: 'moveBag', args: { manifestId: IDS.manifest2 }, given: { bag: { state: 'closed', manifest: 'manifest' }, manifest: { state: 'closed', bags: ['bag'] }, manifest2: {} }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'no bag joins a closed manifest', kind: 'moveBag', args: { manifestId: IDS.manifest }, given: { bag: { state: 'closed' }, manifest: { state: 'closed' } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- pack, unpack: bag open and ours / bag_closed, item_elsewhere
  { says: 'a checked item goes into an open bag', kind: 'pack', args: { item: ITEM, bagId: IDS.bag }, given: { request: CHECKED, bag: {} }, then: { ...applied, request: { stage: 'packed', volumes: [{ bag: 'bag', place: 'bag' }] }, bag: { items: [IN_BAG] } } },
  { says: 'one of two volumes in the bag is not yet packed', kind: 'pack', args: { item: ITEM, bagId: IDS.bag }, given: { request: { ...CHECKED, volumes: [{ barcode: 'RUC0001', place: 'desk' }, { barcode: 'RUC0002', place: 'desk' }] }, bag: {} }, then: { ...applied, request: { stage: 'checked', volumes: [{ bag: 'bag' }, { bag: null, place: 'desk' }] } } },
  { says: 'the rest of a set follows in a bag of its own', kind: 'pack', args: { item: { requestId: IDS.request, volume: 2 }, bagId: IDS.bag }, given: { request: { ...AT_BORROWER, volumes: [{ barcode: 'RUC0001', place: 'borrower' }, { barcode: 'RUC0002', place: 'desk' }] }, bag: {} }, then: { ...applied, request: { status: 'Loaned', stage: 'at_borrower', volumes: [{ place: 'borrower' }, { bag: 'bag', place: 'bag' }] } } },
  { says: 'packing into the same bag again changes nothing', kind: 'pack', args: { item: ITEM, bagId: IDS.bag }, given: { request: PACKED, bag: { items: [IN_BAG] } }, then: { ...applied, bag: { items: [IN_BAG] } } },
  { says: 'an item in another bag is elsewhere', kind: 'pack', args: { item: ITEM, bagId: IDS.bag2 }, given: { request: PACKED, bag: { items: [IN_BAG] }, bag2: {} }, then: { outcome: 'rejected', code: 'item_elsewhere', info: ['where'] } },
  { says: 'nothing goes into a closed bag', kind: 'pack', args: { item: ITEM, bagId: IDS.bag }, given: { request: CHECKED, bag: { state: 'closed' } }, then: { outcome: 'rejected', code: 'bag_closed' } },
  { says: "nothing goes into another library's bag", kind: 'pack', args: { item: ITEM, bagId: IDS.bag }, given: { request: CHECKED, bag: { owner: 'partner', destination: 'us' } }, then: { outcome: 'rejected', code: 'bag_closed' } },
  { says: 'nothing goes into a bag for somebody else', kind: 'pack', args: { item: ITEM, bagId: IDS.bag }, given: { request: CHECKED, bag: { destination: 'third' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'an unchecked item is not packed', kind: 'pack', args: { item: ITEM, bagId: IDS.bag }, given: { request: { ...OPEN_LOAN, stage: 'pulled' }, bag: {} }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a bag nobody knows is not found', kind: 'pack', args: { item: ITEM, bagId: IDS.bag }, given: { request: CHECKED }, then: { outcome: 'rejected', code: 'not_found' } },
  { says: 'a cancelled loan is not packed', kind: 'pack', args: { item: ITEM, bagId: IDS.bag }, given: { request: { ...CHECKED, status: 'Cancelled' }, bag: {} }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'an item is taken out of an open bag', kind: 'unpack', args: { item: ITEM, bagId: IDS.bag }, given: { request: PACKED, bag: { items: [IN_BAG] } }, then: { ...applied, request: { stage: 'checked', volumes: [{ bag: null, place: 'desk' }] }, bag: { items: [] } } },
  { says: 'nothing is taken out of a closed bag', kind: 'unpack', args: { item: ITEM, bagId: IDS.bag }, given: { request: PACKED, bag: { state: 'closed', items: [IN_BAG] } }, then: { outcome: 'rejected', code: 'bag_closed' } },
  { says: 'what is not in the bag is not taken out', kind: 'unpack', args: { item: ITEM2, bagId: IDS.bag }, on: 'request2', given: { request2: { ...OPEN_LOAN, stage: 'checked', volumes: [{ barcode: 'RUC0002', place: 'desk' }] }, bag: {} }, then: { outcome: 'rejected', code: 'item_elsewhere' } },
  { says: 'an item of a cancelled loan may still be taken out', kind: 'unpack', args: { item: ITEM, bagId: IDS.bag }, given: { request: { ...PACKED, status: 'Cancelled' }, bag: { items: [IN_BAG] } }, then: { ...applied, request: { status: 'Cancelled', volumes: [{ bag: null, place: 'desk' }] }, bag: { items: [] } } },
  // ---- closeBag, reopenBag: no handed-over manifest holds it / state
  { says: 'a bag is closed with its seal', kind: 'closeBag', args: { seal: 'S-778' }, given: { request: PACKED, bag: { items: [IN_BAG] } }, then: { ...applied, bag: { state: 'closed', seal: 'S-778' } } },
  { says: 'a broken seal is replaced', kind: 'closeBag', args: { seal: 'S-779' }, given: { bag: { state: 'closed', seal: 'S-778' } }, then: { ...applied, bag: { state: 'closed', seal: 'S-779' } } },
  { says: 'a handed-over bag is not closed again', kind: 'closeBag', args: { seal: 'S-779' }, given: { bag: { state: 'handed_over', manifest: 'manifest' }, manifest: { state: 'handed_over', bags: ['bag'] } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a closed bag is opened again', kind: 'reopenBag', given: { bag: { state: 'closed', seal: 'S-778' } }, then: { ...applied, bag: { state: 'open', seal: '' } } },
  { says: 'a handed-over bag is not opened here', kind: 'reopenBag', given: { bag: { state: 'handed_over', manifest: 'manifest' }, manifest: { state: 'handed_over', bags: ['bag'] } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a bag on a closed manifest is not opened again', kind: 'reopenBag', given: { bag: { state: 'closed', seal: 'S-778', manifest: 'manifest' }, manifest: { state: 'closed', bags: ['bag'] } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a seal that a closed manifest names is not replaced', kind: 'closeBag', args: { seal: 'S-779' }, given: { bag: { state: 'closed', seal: 'S-778', manifest: 'manifest' }, manifest: { state: 'closed', bags: ['bag'] } }, then: { outcome: 'rejected', code: 'state' } },
  { says: "another library's bag is not ours to close", kind: 'closeBag', args: { seal: 'S-1' }, given: { bag: { owner: 'partner', destination: 'us' } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- the way home: the asking side packs what it borrowed
  { says: 'a borrowed book is packed for its way home', kind: 'pack', args: { item: ITEM, bagId: IDS.bag }, given: { request: { ...AT_BORROWER, role: 'requester' }, bag: {} }, then: { ...applied, request: { status: 'Loaned', stage: 'at_borrower', volumes: [{ bag: 'bag', place: 'bag' }] }, bag: { items: [IN_BAG] } } },
  { says: "a book in the reader's hands is not packed", kind: 'pack', args: { item: ITEM, bagId: IDS.bag }, given: { request: { ...AT_BORROWER, role: 'requester', volumes: [{ barcode: 'RUC0001', place: 'reader' }] }, bag: {} }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a borrowed book taken out again is with the borrower', kind: 'unpack', args: { item: ITEM, bagId: IDS.bag }, given: { request: { ...AT_BORROWER, role: 'requester', volumes: [{ barcode: 'RUC0001', place: 'bag', bag: 'bag' }] }, bag: { items: [IN_BAG] } }, then: { ...applied, request: { stage: 'at_borrower', volumes: [{ bag: null, place: 'borrower' }] }, bag: { items: [] } } },
  { says: 'handing over the way home lends nothing', kind: 'handedOver', args: HANDED, given: { request: { ...AT_BORROWER, role: 'requester', volumes: [{ barcode: 'RUC0001', place: 'bag', bag: 'bag' }] }, bag: { state: 'closed', manifest: 'manifest', items: [IN_BAG] }, manifest: { state: 'closed', bags: ['bag'] } }, then: { ...applied, request: { status: 'Loaned', stage: 'returning', dueAt: 32, volumes: [{ place: 'courier' }] }, bag: { state: 'handed_over' } } },
  { says: 'a borrowed book that arrives is with the borrower', kind: 'itemArrived', args: { item: ITEM, condition: 'worn' }, given: { request: { ...OUT, role: 'requester' }, bag: { owner: 'partner', destination: 'us', state: 'arrived', items: [IN_BAG] } }, then: { ...applied, request: { volumes: [{ place: 'borrower', condition: 'worn', bag: null }] } } },
  { says: 'what was checked in before its bag was ticked off stays on the shelf', kind: 'itemArrived', args: { item: ITEM, condition: 'good' }, given: { request: { ...RETURNING, status: 'LoanCompleted', stage: 'checked_in', volumes: [{ barcode: 'RUC0001', place: 'shelf' }] }, bag: { owner: 'partner', destination: 'us', state: 'arrived', items: [IN_BAG] } }, then: { ...applied, request: { status: 'LoanCompleted', volumes: [{ place: 'shelf' }] } } },
  // ---- closeManifest, amendManifest: bags closed, in no other open manifest / bag_elsewhere
  { says: 'a manifest is closed over its bags', kind: 'closeManifest', args: { bagIds: [IDS.bag] }, given: { bag: { state: 'closed' }, manifest: {} }, then: { ...applied, manifest: { state: 'closed', bags: ['bag'] }, bag: { state: 'closed', manifest: 'manifest' } } },
  { says: 'a bag left out at closing is free again', kind: 'closeManifest', args: { bagIds: [IDS.bag] }, given: { bag: { state: 'closed', manifest: 'manifest' }, bag2: { state: 'closed', manifest: 'manifest' }, manifest: { bags: ['bag', 'bag2'] } }, then: { ...applied, manifest: { state: 'closed', bags: ['bag'] }, bag2: { manifest: null } } },
  { says: 'an open bag holds the manifest up', kind: 'closeManifest', args: { bagIds: [IDS.bag] }, given: { bag: {}, manifest: {} }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a bag on another manifest is elsewhere', kind: 'closeManifest', args: { bagIds: [IDS.bag] }, given: { bag: { state: 'closed', manifest: 'manifest2' }, manifest: {}, manifest2: { bags: ['bag'] } }, then: { outcome: 'rejected', code: 'bag_elsewhere', info: ['where'] } },
  { says: 'a closed manifest is not closed again', kind: 'closeManifest', args: { bagIds: [IDS.bag] }, given: { bag: { state: 'closed', manifest: 'manifest' }, manifest: { state: 'closed', bags: ['bag'] } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a bag nobody knows holds the manifest up', kind: 'closeManifest', args: { bagIds: [IDS.bag] }, given: { manifest: {} }, then: { outcome: 'rejected', code: 'not_found' } },
  { says: 'a closed manifest is changed by a signed amendment only', kind: 'amendManifest', args: { text: '第 2 袋封签号更正', signature: SIGNATURE }, given: { manifest: { state: 'closed' } }, then: { ...applied, manifest: { state: 'closed' } } },
  { says: 'an open manifest needs no amendment', kind: 'amendManifest', args: { text: '更正', signature: SIGNATURE }, given: { manifest: {} }, then: { outcome: 'rejected', code: 'state' } },
  // ---- voidManifest: open and empty / state
  { says: 'a manifest opened for nothing is void', kind: 'voidManifest', given: { manifest: {} }, then: { ...applied, manifest: { state: 'void' } } },
  { says: 'a manifest with a bag on it is not void', kind: 'voidManifest', given: { bag: { state: 'closed', manifest: 'manifest' }, manifest: { bags: ['bag'] } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a closed manifest stays what it says', kind: 'voidManifest', given: { manifest: { state: 'closed' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a void manifest is not handed over, and a person is told', kind: 'handedOver', args: HANDED, given: { manifest: { state: 'void' } }, then: { ...applied, anomaly: true, manifest: { state: 'void' } } },
  { says: 'no bag is put on a void manifest', kind: 'moveBag', args: { manifestId: IDS.manifest }, given: { bag: {}, manifest: { state: 'void' } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- facts: always recorded; with an anomaly where the state does not fit
  { says: 'hand-over lends every item of every bag', kind: 'handedOver', args: HANDED, given: { request: PACKED, bag: { state: 'closed', manifest: 'manifest', items: [IN_BAG] }, manifest: { state: 'closed', bags: ['bag'] } }, then: { ...applied, request: { status: 'Loaned', stage: 'handed_over', dueAt: 'set', volumes: [{ place: 'courier' }] }, bag: { state: 'handed_over' }, manifest: { state: 'handed_over', handedOver: true } } },
  { says: 'hand-over of an open manifest is recorded with an anomaly', kind: 'handedOver', args: HANDED, given: { request: PACKED, bag: { state: 'closed', manifest: 'manifest', items: [IN_BAG] }, manifest: { bags: ['bag'] } }, then: { ...applied, anomaly: true, request: { status: 'Loaned', stage: 'handed_over' }, bag: { state: 'handed_over' }, manifest: { state: 'handed_over' } } },
  { says: 'a second hand-over is recorded and hands nothing over again', kind: 'handedOver', args: HANDED, given: { request: AT_BORROWER, bag: { state: 'arrived', manifest: 'manifest', items: [IN_BAG] }, manifest: { state: 'handed_over', bags: ['bag'] } }, then: { ...applied, anomaly: true, request: { status: 'Loaned', stage: 'at_borrower' }, bag: { state: 'arrived' } } },
  { says: 'a request cancelled while its bag left stays cancelled, and a person is told', kind: 'handedOver', args: HANDED, given: { request: { ...PACKED, status: 'Cancelled' }, bag: { state: 'closed', manifest: 'manifest', items: [IN_BAG] }, manifest: { state: 'closed', bags: ['bag'] } }, then: { ...applied, anomaly: true, request: { status: 'Cancelled', volumes: [{ place: 'courier' }] }, manifest: { state: 'handed_over' } } },
  { says: 'hand-over of a manifest nobody knows is still recorded', kind: 'handedOver', args: HANDED, given: {}, then: { ...applied, anomaly: true } },
  { says: 'a bag sent to us arrives', kind: 'bagArrived', args: {}, given: { bag: { owner: 'partner', destination: 'us', state: 'handed_over' } }, then: { ...applied, bag: { state: 'arrived' } } },
  { says: 'a bag that arrives before its hand-over was reported is recorded with an anomaly', kind: 'bagArrived', args: {}, given: { bag: { owner: 'partner', destination: 'us', state: 'closed' } }, then: { ...applied, anomaly: true, bag: { state: 'arrived' } } },
  { says: 'a bag of ours that stands here has not arrived anywhere', kind: 'bagArrived', args: {}, given: { bag: { state: 'closed', items: [IN_BAG] } }, then: { ...applied, anomaly: true, bag: { state: 'closed' } } },
  { says: 'what lies in our own bag here is not ticked off as arrived', kind: 'itemArrived', args: { item: ITEM, condition: 'good' }, given: { request: PACKED, bag: { items: [IN_BAG] } }, then: { ...applied, anomaly: true, request: { volumes: [{ place: 'bag', bag: 'bag' }] }, bag: { state: 'open', items: [{ ...IN_BAG, arrived: '' }] } } },
  { says: 'a bag that arrives twice is recorded with an anomaly', kind: 'bagArrived', args: {}, given: { bag: { owner: 'partner', destination: 'us', state: 'arrived' } }, then: { ...applied, anomaly: true, bag: { state: 'arrived' } } },
  { says: 'the last item ticked off settles the bag', kind: 'itemArrived', args: { item: ITEM, condition: 'good' }, given: { request: RETURNING, bag: { owner: 'partner', destination: 'us', state: 'arrived', items: [IN_BAG] } }, then: { ...applied, bag: { state: 'reconciled', items: [{ ...IN_BAG, arrived: 'arrived' }] }, request: { volumes: [{ place: 'desk', condition: 'good' }] } } },
  { says: 'an item that arrives damaged is ticked off, with an anomaly for a person', kind: 'itemArrived', args: { item: ITEM, condition: 'damaged' }, given: { request: RETURNING, bag: { owner: 'partner', destination: 'us', state: 'arrived', items: [IN_BAG] } }, then: { ...applied, anomaly: true, bag: { state: 'reconciled', items: [{ ...IN_BAG, arrived: 'arrived' }] }, request: { volumes: [{ place: 'desk', condition: 'damaged' }] } } },
  { says: 'a bag for another library is taken in with an anomaly', kind: 'bagArrived', args: {}, given: { bag: { owner: 'partner', destination: 'third', state: 'handed_over' } }, then: { ...applied, anomaly: true, bag: { state: 'arrived' } } },
  { says: 'an item that was not in the bag is recorded with an anomaly', kind: 'itemArrived', args: { item: ITEM, condition: 'good' }, given: { request: RETURNING, bag: { owner: 'partner', destination: 'us', state: 'arrived' } }, then: { ...applied, anomaly: true } },
  { says: 'a missing item becomes an anomaly', kind: 'itemMissing', args: { item: ITEM }, given: { request: RETURNING, bag: { owner: 'partner', destination: 'us', state: 'arrived', items: [IN_BAG] } }, then: { ...applied, anomaly: true, bag: { state: 'reconciled', items: [{ ...IN_BAG, arrived: 'missing' }] } } },
  { says: 'a surplus item becomes an anomaly', kind: 'itemSurplus', args: { barcode: 'XX999' }, given: { bag: { owner: 'partner', destination: 'us', state: 'arrived' } }, then: { ...applied, anomaly: true } },
  { says: 'a misrouted bag travels on', kind: 'bagForwarded', args: { to: WHO.third }, given: { bag: { owner: 'partner', destination: 'us', state: 'arrived' } }, then: { ...applied, bag: { state: 'handed_over', destination: 'third' } } },
  { says: 'the borrower has the book', kind: 'received', args: {}, given: { request: OUT, bag: { state: 'arrived', items: [IN_BAG] } }, then: { ...applied, request: { status: 'Loaned', stage: 'at_borrower', volumes: [{ place: 'borrower', bag: null }] } } },
  { says: 'a book received before its hand-over is recorded with an anomaly', kind: 'received', args: {}, given: { request: CHECKED }, then: { ...applied, anomaly: true, request: { status: 'WillSupply' } } },
  { says: 'the book is on its way back', kind: 'shippedBack', args: {}, given: { request: AT_BORROWER }, then: { ...applied, request: { status: 'Loaned', stage: 'returning', volumes: [{ place: 'courier' }] } } },
  { says: 'a return may begin without a receipt: people skip steps', kind: 'shippedBack', args: {}, given: { request: OUT, bag: { state: 'handed_over', items: [IN_BAG] } }, then: { ...applied, request: { stage: 'returning' } } },
  { says: 'a recalled book is on its way back', kind: 'shippedBack', args: {}, given: { request: { ...AT_BORROWER, status: 'Recalled' } }, then: { ...applied, request: { status: 'Recalled', stage: 'returning' } } },
  { says: 'the last volume checked in completes the loan', kind: 'checkedIn', args: { volume: 1, condition: 'worn' }, given: { request: RETURNING }, then: { ...applied, request: { status: 'LoanCompleted', stage: 'checked_in', finished: true, volumes: [{ place: 'shelf', condition: 'worn' }] } } },
  { says: 'a book that comes back damaged is checked in, with an anomaly for a person', kind: 'checkedIn', args: { volume: 1, condition: 'damaged' }, given: { request: RETURNING }, then: { ...applied, anomaly: true, request: { status: 'LoanCompleted', volumes: [{ place: 'shelf', condition: 'damaged' }] } } },
  { says: 'one of two volumes back does not complete the loan', kind: 'checkedIn', args: { volume: 1, condition: 'good' }, given: { request: { ...RETURNING, volumes: [{ barcode: 'RUC0001', place: 'courier' }, { barcode: 'RUC0002', place: 'courier' }] } }, then: { ...applied, request: { status: 'Loaned', stage: 'returning', volumes: [{ place: 'shelf' }, { place: 'courier' }] } } },
  { says: 'a return may arrive from any loan state', kind: 'checkedIn', args: { volume: 1, condition: 'good' }, given: { request: OUT, bag: { state: 'handed_over', items: [IN_BAG] } }, then: { ...applied, request: { status: 'LoanCompleted', stage: 'checked_in' } } },
  { says: 'an overdue book comes back', kind: 'checkedIn', args: { volume: 1, condition: 'good' }, given: { request: { ...RETURNING, status: 'Overdue', dueAt: -3 } }, then: { ...applied, request: { status: 'LoanCompleted' } } },
  { says: 'a return of what never left is recorded with an anomaly', kind: 'checkedIn', args: { volume: 1, condition: 'good' }, given: { request: CHECKED }, then: { ...applied, anomaly: true, request: { status: 'WillSupply' } } },
  { says: 'a return of a forwarded request is recorded with an anomaly', kind: 'checkedIn', args: { volume: 1, condition: 'good' }, given: { request: { gone: 'forwarded' } }, then: { ...applied, anomaly: true, request: { gone: 'forwarded' } } },
  { says: 'a second check-in is recorded with an anomaly', kind: 'checkedIn', args: { volume: 1, condition: 'good' }, given: { request: { ...RETURNING, status: 'LoanCompleted', stage: 'checked_in', volumes: [{ barcode: 'RUC0001', place: 'shelf' }] } }, then: { ...applied, anomaly: true, request: { status: 'LoanCompleted', stage: 'checked_in' } } },
  { says: 'a borrowed book is not checked in by its borrower: that is for the library that owns it', kind: 'checkedIn', args: { volume: 1, condition: 'good' }, given: { request: { ...AT_BORROWER, role: 'requester', volumes: [{ barcode: 'RUC0001', place: 'reader' }] } }, then: { ...applied, anomaly: true, request: { status: 'Loaned', stage: 'at_borrower', volumes: [{ place: 'reader' }] } } },
  { says: 'a book that lies in a bag of ours here is not checked in past the bag', kind: 'checkedIn', args: { volume: 2, condition: 'good' }, given: { request: REST_PACKED, bag: REST_BAG }, then: { ...applied, anomaly: true, request: { status: 'Loaned', volumes: [{ place: 'borrower' }, { bag: 'bag', place: 'bag' }] } } },
  { says: 'nor is it lost', kind: 'lost', args: { volume: 2 }, given: { request: REST_PACKED, bag: REST_BAG }, then: { ...applied, anomaly: true, request: { status: 'Loaned', volumes: [{ place: 'borrower' }, { bag: 'bag', place: 'bag' }] } } },
  { says: 'what is packed here does not travel with the rest of its set', kind: 'shippedBack', args: {}, given: { request: REST_PACKED, bag: REST_BAG }, then: { ...applied, request: { stage: 'returning', volumes: [{ place: 'courier' }, { bag: 'bag', place: 'bag' }] } } },
  { says: 'nor is it received with it', kind: 'received', args: {}, given: { request: { ...REST_PACKED, stage: 'handed_over', volumes: [{ barcode: 'RUC0001', place: 'courier' }, { barcode: 'RUC0002', place: 'bag', bag: 'bag' }] }, bag: REST_BAG }, then: { ...applied, request: { stage: 'at_borrower', volumes: [{ place: 'borrower' }, { bag: 'bag', place: 'bag' }] } } },
  { says: 'an item that is packed here did not arrive in the bag it left in before', kind: 'itemArrived', args: { item: { requestId: IDS.request, volume: 2 }, condition: 'good' }, given: { request: REST_PACKED, bag: REST_BAG, bag2: { state: 'handed_over', items: [{ of: 'request', volume: 2, barcode: 'RUC0002' }] } }, on: 'bag2', then: { ...applied, anomaly: true, request: { volumes: [{ place: 'borrower' }, { bag: 'bag', place: 'bag' }] } } },
  { says: 'a lost book ends the loan without return', kind: 'lost', args: { volume: 1 }, given: { request: AT_BORROWER }, then: { ...applied, request: { status: 'CompletedWithoutReturn', finished: true, volumes: [{ place: 'lost' }] } } },
  { says: 'a lost book that turns up is checked in all the same', kind: 'checkedIn', args: { volume: 1, condition: 'good' }, given: { request: { ...AT_BORROWER, status: 'CompletedWithoutReturn', volumes: [{ barcode: 'RUC0001', place: 'lost' }] } }, then: { ...applied, anomaly: true, request: { status: 'LoanCompleted', stage: 'checked_in', volumes: [{ place: 'shelf' }] } } },
  { says: 'damage is noted on the volume', kind: 'damaged', args: { volume: 1, note: '封面撕裂' }, given: { request: RETURNING }, then: { ...applied, request: { status: 'Loaned', volumes: [{ condition: 'damaged' }] } } },
  { says: 'the reader collects with the code', kind: 'pickedUp', args: { code: 'P-12345678' }, given: { request: { ...CHECKED, stage: 'awaiting_pickup', deliveryMethod: 'self', pickupCode: 'P-12345678' } }, then: { ...applied, request: { status: 'Loaned', stage: 'picked_up', dueAt: 'set', volumes: [{ place: 'reader' }] } } },
  { says: 'a pick-up code works once', kind: 'pickedUp', args: { code: 'P-12345678' }, given: { request: { service: 'loan', status: 'Loaned', stage: 'picked_up', dueAt: 30, deliveryMethod: 'self', pickupCode: 'P-12345678', volumes: [{ barcode: 'RUC0001', place: 'reader' }] } }, then: { ...applied, anomaly: true, request: { status: 'Loaned', stage: 'picked_up', dueAt: 30 } } },
  { says: 'a pick-up code that has run out is recorded with an anomaly', kind: 'pickedUp', args: { code: 'P-12345678' }, given: { request: { ...CHECKED, stage: 'awaiting_pickup', deliveryMethod: 'self', pickupCode: 'P-12345678', pickupUntil: -1 } }, then: { ...applied, anomaly: true, request: { status: 'Loaned', stage: 'picked_up' } } },
  { says: 'a wrong pick-up code is recorded with an anomaly', kind: 'pickedUp', args: { code: 'P-00000000' }, given: { request: { ...CHECKED, stage: 'awaiting_pickup', deliveryMethod: 'self', pickupCode: 'P-12345678' } }, then: { ...applied, anomaly: true, request: { status: 'Loaned', stage: 'picked_up' } } },
  { says: 'a borrowed book is lent to our reader', kind: 'lentToReader', args: {}, given: { request: { ...AT_BORROWER, role: 'requester' } }, then: { ...applied, request: { volumes: [{ place: 'reader' }] } } },
  { says: 'our reader brings it back', kind: 'returnedByReader', args: {}, given: { request: { ...AT_BORROWER, role: 'requester', volumes: [{ barcode: 'RUC0001', place: 'reader' }] } }, then: { ...applied, request: { volumes: [{ place: 'borrower' }] } } },
  // ---- renewal, recall, due date: Loaned or Overdue / state
  { says: 'the asking side asks for more time', kind: 'renewAsk', args: { until: NOW + 40 * DAY }, given: { request: { ...AT_BORROWER, role: 'requester' } }, then: { ...applied, request: { renewAsked: 40 } } },
  { says: 'a book that is not out is not renewed', kind: 'renewAsk', args: { until: NOW + 40 * DAY }, given: { request: { ...AT_BORROWER, role: 'requester', status: 'LoanCompleted' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a granted renewal moves the due date', kind: 'renewAnswer', args: { yes: true }, given: { request: { ...AT_BORROWER, renewAsked: 40 } }, then: { ...applied, request: { dueAt: 40, renewAsked: null } } },
  { says: 'a renewal may be granted for a shorter time', kind: 'renewAnswer', args: { yes: true, until: NOW + 35 * DAY }, given: { request: { ...AT_BORROWER, renewAsked: 40 } }, then: { ...applied, request: { dueAt: 35, renewAsked: null } } },
  { says: 'a granted renewal heals an overdue loan', kind: 'renewAnswer', args: { yes: true }, given: { request: { ...AT_BORROWER, status: 'Overdue', dueAt: -2, renewAsked: 10 } }, then: { ...applied, request: { status: 'Loaned', dueAt: 10 } } },
  { says: 'a refused renewal leaves the due date', kind: 'renewAnswer', args: { yes: false }, given: { request: { ...AT_BORROWER, renewAsked: 40 } }, then: { ...applied, request: { dueAt: 32, renewAsked: null } } },
  { says: 'nobody asked for more time', kind: 'renewAnswer', args: { yes: true }, given: { request: AT_BORROWER }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a lent book is called back', kind: 'recall', args: {}, given: { request: AT_BORROWER }, then: { ...applied, request: { status: 'Recalled', stage: 'at_borrower' } } },
  { says: 'a book on the shelf is not called back', kind: 'recall', args: {}, given: { request: CHECKED }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a due date is moved with a reason', kind: 'setDue', args: { date: NOW + 60 * DAY, reason: '寒假' }, given: { request: AT_BORROWER }, then: { ...applied, request: { dueAt: 60 } } },
  { says: 'a later due date heals an overdue loan', kind: 'setDue', args: { date: NOW + 5 * DAY, reason: '校园封闭' }, given: { request: { ...AT_BORROWER, status: 'Overdue', dueAt: -1 } }, then: { ...applied, request: { status: 'Loaned', dueAt: 5 } } },
  { says: 'what is not lent has no due date to move', kind: 'setDue', args: { date: NOW + 5 * DAY, reason: '寒假' }, given: { request: { ...OPEN_LOAN } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- anomalies: open / state
  { says: 'an open anomaly is given to a person', kind: 'assignAnomaly', args: { person: WHO.staff }, given: { anomaly: {} }, then: { ...applied, anomalyRow: { state: 'open', person: WHO.staff } } },
  { says: 'a settled anomaly is given to nobody', kind: 'assignAnomaly', args: { person: WHO.staff }, given: { anomaly: { state: 'resolved' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'an open anomaly is settled', kind: 'resolveAnomaly', args: { text: '已找到' }, given: { anomaly: {} }, then: { ...applied, anomalyRow: { state: 'resolved' } } },
  { says: 'an anomaly is settled once', kind: 'resolveAnomaly', args: { text: '已找到' }, given: { anomaly: { state: 'resolved' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a settled anomaly is opened again', kind: 'reopenAnomaly', given: { anomaly: { state: 'resolved' } }, then: { ...applied, anomalyRow: { state: 'open' } } },
  { says: 'an open anomaly needs no reopening', kind: 'reopenAnomaly', given: { anomaly: {} }, then: { outcome: 'rejected', code: 'state' } },
  // ---- complain (requester): CopyCompleted / state
  { says: 'the asking side complains about a delivered copy', kind: 'complain', args: { reason: '第 3 页模糊' }, given: { request: { role: 'requester', status: 'CopyCompleted', stage: 'sent' } }, then: { ...applied, request: { complaint: '第 3 页模糊', stage: 'resend' } } },
  { says: 'nothing came: there is nothing to complain about', kind: 'complain', args: { reason: '第 3 页模糊' }, given: { request: { role: 'requester', status: 'WillSupply' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'the supplying side does not complain to itself', kind: 'complain', args: { reason: '第 3 页模糊' }, given: { request: { status: 'CopyCompleted', stage: 'sent' } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- chase (requester, 催询): not answered for good, not out / state
  { says: 'an unanswered request is pressed for', kind: 'chase', args: { text: '读者急用' }, given: { request: { role: 'requester' } }, then: { ...applied, request: { status: 'RequestReceived', chased: '读者急用' } } },
  { says: 'an accepted request is pressed for without a word', kind: 'chase', args: {}, given: { request: { role: 'requester', status: 'WillSupply' } }, then: { ...applied, request: { status: 'WillSupply', chased: '' } } },
  { says: 'a request put off is pressed for', kind: 'chase', args: { text: '可否提前' }, given: { request: { role: 'requester', status: 'RetryPossible' } }, then: { ...applied, request: { chased: '可否提前' } } },
  { says: 'what was delivered is not pressed for', kind: 'chase', args: {}, given: { request: { role: 'requester', status: 'CopyCompleted', stage: 'sent' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a book that is out is not pressed for', kind: 'chase', args: {}, given: { request: { ...OUT, role: 'requester' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'the supplying side does not press itself', kind: 'chase', args: {}, given: { request: {} }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'delivery answers the pressing', kind: 'fulfil', args: { blobs: [BLOB], ...PAGES }, given: { request: { status: 'WillSupply', chased: '急用' } }, then: { ...applied, request: { status: 'CopyCompleted', chased: null } } },
  { says: 'hand-over answers the pressing', kind: 'handedOver', args: HANDED, given: { request: { ...PACKED, chased: '急用' }, bag: { state: 'closed', manifest: 'manifest', items: [IN_BAG] }, manifest: { state: 'closed', bags: ['bag'] } }, then: { ...applied, request: { status: 'Loaned', chased: null } } },
  // ---- notifyReader (requester): it is there / state
  { says: 'our reader is told of a copy that came', kind: 'notifyReader', args: { place: '' }, given: { request: { role: 'requester', status: 'CopyCompleted', stage: 'sent' } }, then: { ...applied, request: { notified: '' } } },
  { says: 'our reader is told where a borrowed book waits', kind: 'notifyReader', args: { place: '总服务台 3 架', until: NOW + 7 * DAY }, given: { request: { ...AT_BORROWER, role: 'requester' } }, then: { ...applied, request: { notified: '总服务台 3 架' } } },
  { says: 'a book that is on its way is not announced', kind: 'notifyReader', args: { place: '总服务台' }, given: { request: { ...OUT, role: 'requester' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a book that the reader has is not announced', kind: 'notifyReader', args: { place: '总服务台' }, given: { request: { ...AT_BORROWER, role: 'requester', volumes: [{ barcode: 'RUC0001', place: 'reader' }] } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a copy that has not come is not announced', kind: 'notifyReader', args: { place: '' }, given: { request: { role: 'requester', status: 'WillSupply' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: "another library's reader is not ours to tell", kind: 'notifyReader', args: { place: '' }, given: { request: { status: 'CopyCompleted', stage: 'sent' } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- askReader, noticeRead, trainingHeld: always; trainingDropped: there
  { says: 'the reader is asked', kind: 'askReader', args: { text: '请补充卷期' }, given: { request: {} }, then: { ...applied, request: { status: 'RequestReceived' } } },
  { says: 'a notice is read', kind: 'noticeRead', given: { notice: {} }, then: { ...applied, notice: { read: true } } },
  { says: 'a training is reported', kind: 'trainingHeld', args: { date: NOW - DAY, staff: [WHO.staff], kind: '新生培训', attendees: 120 }, given: {}, then: { ...applied, training: { stands: true } } },
  { says: 'a training is reported with what it left behind', kind: 'trainingHeld', args: { date: NOW - DAY, staff: [], kind: '馆际互借讲座', attendees: 30, papers: [{ kind: 'exam', title: '检索小测', count: 28 }] }, given: {}, then: { ...applied, training: { stands: true } } },
  { says: 'a training reported by mistake no longer counts', kind: 'trainingDropped', given: { training: {} }, then: { ...applied, training: { stands: false } } },
  { says: 'a training nobody reported is not taken back', kind: 'trainingDropped', given: {}, then: { outcome: 'rejected', code: 'not_found' } },
  // ---- pause, resume: supervisor / not_allowed
  { says: 'a supervisor pauses the service', kind: 'pause', by: 'supervisor', args: { from: NOW, to: NOW + 50 * DAY, reason: '寒假' }, given: { library: {} }, then: { ...applied, library: { paused: true } } },
  { says: 'staff do not pause the service', kind: 'pause', args: { from: NOW, to: NOW + 50 * DAY, reason: '寒假' }, given: { library: {} }, then: { outcome: 'rejected', code: 'not_allowed' } },
  { says: 'a supervisor resumes the service', kind: 'resume', by: 'supervisor', given: { library: { paused: true } }, then: { ...applied, library: { paused: false } } },
  { says: 'staff do not resume the service', kind: 'resume', given: { library: { paused: true } }, then: { outcome: 'rejected', code: 'not_allowed' } },
  // ---- asking side: request.create, request.cancel
  { says: 'a request for a reader is filed', kind: 'requestCreate', args: { service: 'loan', title: '万历十五年', year: '2014', supplier: WHO.third, callNumber: 'K248.307/4', deliveryMethod: 'courier', readerKey: 'r-1' }, given: {}, then: { ...applied, request: { role: 'requester', status: 'RequestReceived', service: 'loan' } }, centreOnly: true },
  { says: 'a loan without a shelf mark is not filed', kind: 'requestCreate', args: { service: 'loan', title: '万历十五年', year: '2014', supplier: WHO.third, callNumber: '', deliveryMethod: 'courier', readerKey: 'r-1' }, given: {}, then: { outcome: 'rejected', code: 'invalid', info: ['fields'] } },
  { says: 'nobody asks at an unknown library', kind: 'requestCreate', args: { service: 'copy', title: '万历十五年', year: '2014', supplier: 'NOBODY', callNumber: '', deliveryMethod: 'electronic', readerKey: 'r-1' }, given: {}, then: { outcome: 'rejected', code: 'invalid', info: ['fields'] }, centreOnly: true },
  { says: 'an unanswered request is withdrawn at once', kind: 'requestCancel', args: {}, given: { request: { role: 'requester' } }, then: { ...applied, request: { status: 'Cancelled', finished: true } } },
  { says: 'an accepted request is asked to be cancelled', kind: 'requestCancel', args: {}, given: { request: { role: 'requester', status: 'WillSupply' } }, then: { ...applied, request: { status: 'WillSupply', cancelAsked: true } } },
  { says: 'a request put off is withdrawn at once', kind: 'requestCancel', args: {}, given: { request: { role: 'requester', status: 'RetryPossible' } }, then: { ...applied, request: { status: 'Cancelled', finished: true } } },
  { says: 'giving up what is out is a question to its library', kind: 'requestCancel', args: {}, given: { request: { ...OUT, role: 'requester' } }, then: { ...applied, request: { status: 'Loaned', cancelAsked: true } } },
  { says: 'the supplying side does not withdraw the request of another', kind: 'requestCancel', args: {}, given: { request: {} }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a delivered request is not withdrawn', kind: 'requestCancel', args: {}, given: { request: { role: 'requester', status: 'CopyCompleted', stage: 'sent' } }, then: { outcome: 'rejected', code: 'state' } },
  // ---- registrations: open or asked / state
  { says: 'a reader is admitted', kind: 'approveReader', given: { registration: {} }, then: { ...applied, registration: { state: 'approved' } } },
  { says: 'a reader is turned down with a reason', kind: 'refuseReader', args: { reason: '学号无效' }, given: { registration: {} }, then: { ...applied, registration: { state: 'refused' } } },
  { says: 'a decided registration stays decided', kind: 'approveReader', given: { registration: { state: 'refused' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'an admitted reader is not turned down', kind: 'refuseReader', args: { reason: '学号无效' }, given: { registration: { state: 'approved' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a question goes back to the applicant', kind: 'askApplicant', args: { text: '请补充院系' }, given: { registration: {} }, then: { ...applied, registration: { state: 'asked', asked: true } } },
  { says: 'one question at a time', kind: 'askApplicant', args: { text: '请补充院系' }, given: { registration: { state: 'asked' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'who is decided about is not asked any more', kind: 'askApplicant', args: { text: '请补充院系' }, given: { registration: { state: 'approved' } }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'a question is taken back', kind: 'withdrawQuestion', given: { registration: { state: 'asked' } }, then: { ...applied, registration: { state: 'open', asked: false } } },
  { says: 'there is no question to take back', kind: 'withdrawQuestion', given: { registration: {} }, then: { outcome: 'rejected', code: 'state' } },
  { says: 'an asked reader may be admitted before the answer comes', kind: 'approveReader', given: { registration: { state: 'asked' } }, then: { ...applied, registration: { state: 'approved' } } },
  { says: 'or turned down', kind: 'refuseReader', args: { reason: '逾期未答复' }, given: { registration: { state: 'asked' } }, then: { ...applied, registration: { state: 'refused' } } },
]
