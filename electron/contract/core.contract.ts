/**
 * What a window may ask of core, one object per method, and the events core sends.
 *
 * Rules (design: architecture, "Contract between processes"): both sides parse strictly; no exception crosses; no path
 * crosses, files go by id; events only name a topic, the page re-reads what it shows.
 */
import { z } from 'zod'
import { BagRow, HistoryEntry, LibraryRef, ManifestRow, RequestFields, VolumeState } from './centre.contract.ts'
import { ErrorCode, ErrorParams } from './errors.ts'
import { OpArgs, OpKind, RejectCode } from './ops.contract.ts'
import {
  Condition,
  Id,
  LongText,
  Millis,
  Role,
  Service,
  Sha256,
  ShortText,
  Stage,
  StaffRole,
  Status,
  Uuid,
} from './words.ts'

export const CORE_PROTOCOL = 1

const empty = z.strictObject({})
const done = z.strictObject({ ok: z.literal(true) })

// ---------------------------------------------------------------- requests and queue

/** ▲ late, ◐ due today, ○ safe; `done` when nothing is owed any more. */
export const Urgency = z.enum(['late', 'today', 'safe', 'done'])
export type Urgency = z.infer<typeof Urgency>

/** What staff may do with a request now; computed by core's request machine, the window only draws it. */
export const Action = z.enum([
  'claim',
  'release',
  'takeOver',
  'accept',
  'unaccept',
  'note',
  'setField',
  'fulfil',
  'resend',
  'cannotSupply',
  'retryLater',
  'forward',
  'answerCancel',
  'bindItem',
  'unbindItem',
  'pack',
  'unpack',
  'checkedIn',
  'lost',
  'damaged',
  'recall',
  'setDue',
  'renewAnswer',
  'scan',
  'printPullSlip',
  'printBookSlip',
  'pickedUp',
])
export type Action = z.infer<typeof Action>

/** Ops of a request that are on their way, newest state first. */
export const PendingMark = z.enum(['none', 'held', 'queued', 'waiting_blob', 'sending', 'parked', 'rejected'])

export const QueueRow = z.strictObject({
  id: Id,
  centreNo: ShortText,
  service: Service,
  role: Role,
  status: Status,
  stage: Stage,
  urgent: z.boolean(),
  title: LongText,
  /** Second line: journal and pages of a copy, call number and place of a loan. */
  subtitle: LongText,
  partner: Id,
  partnerName: ShortText,
  appliedAt: Millis,
  promiseAt: Millis,
  urgency: Urgency,
  dueAt: Millis.nullable(),
  holder: z.strictObject({ user: Id, name: ShortText, desk: Id, mine: z.boolean(), tentative: z.boolean() }).nullable(),
  pending: PendingMark,
  cancelAsked: z.boolean(),
  complaint: z.boolean(),
  pageCount: z.int(),
  can: z.array(Action),
  /** False when a newer centre sent a type or state this version does not know: shown, not touched. */
  understood: z.boolean(),
})
export type QueueRow = z.infer<typeof QueueRow>

export const QueueFilter = z.strictObject({
  service: Service.optional(),
  role: Role.optional(),
  status: z.array(Status).max(20).optional(),
  stage: z.array(Stage).max(20).optional(),
  mine: z.boolean().optional(),
  urgent: z.boolean().optional(),
  urgency: Urgency.optional(),
  partner: Id.optional(),
  /** Only requests still owing work (the default view). */
  open: z.boolean().optional(),
})
export type QueueFilter = z.infer<typeof QueueFilter>
export const QueueSort = z.enum(['due', 'title', 'partner', 'applied', 'callNumber'])
export type QueueSort = z.infer<typeof QueueSort>
export const QueueQuery = z.strictObject({
  text: z.string().max(200),
  filter: QueueFilter,
  sort: QueueSort,
  descending: z.boolean(),
})
export type QueueQuery = z.infer<typeof QueueQuery>

export const TimelineEntry = HistoryEntry.extend({ pending: z.boolean() })

export const RequestDetail = z.strictObject({
  row: QueueRow,
  fields: RequestFields,
  volumes: z.array(VolumeState),
  delivery: z
    .strictObject({ link: LongText, expiresAt: Millis, openedAt: Millis.nullable(), pages: z.int(), bytes: z.int() })
    .nullable(),
  reason: ShortText,
  complaintText: LongText.nullable(),
  pickupCode: ShortText.nullable(),
  history: z.array(TimelineEntry),
  document: z.lazy(() => DocumentState).nullable(),
})
export type RequestDetail = z.infer<typeof RequestDetail>

/** An action with its arguments, as the window asks for it. Arguments are parsed by the schema of the op kind. */
export const ActCall = z.strictObject({ objectId: z.string().min(1).max(64), kind: OpKind, args: z.unknown() })
export type ActCall = z.infer<typeof ActCall>
export const Acted = z.strictObject({ opId: Uuid, heldUntil: Millis.nullable() })

// ---------------------------------------------------------------- outbox

export const OutboxState = z.enum([
  'held',
  'queued',
  'waiting_blob',
  'sending',
  'applied',
  'rejected',
  'parked',
  'withdrawn',
])
export type OutboxState = z.infer<typeof OutboxState>
export const OutboxEntry = z.strictObject({
  opId: Uuid,
  n: z.int().nullable(),
  kind: OpKind,
  objectId: z.string(),
  title: LongText,
  state: OutboxState,
  at: Millis,
  who: ShortText,
  heldUntil: Millis.nullable(),
  bytes: z.int(),
  sentBytes: z.int(),
})
export type OutboxEntry = z.infer<typeof OutboxEntry>

/** A refused or parked action with both sides of the story. */
export const RefusedCard = z.strictObject({
  opId: Uuid,
  kind: OpKind,
  objectId: z.string(),
  title: LongText,
  service: Service.nullable(),
  state: z.enum(['rejected', 'parked']),
  code: z.union([RejectCode, z.string().max(64)]),
  info: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  ours: z.strictObject({ at: Millis, who: ShortText, offline: z.boolean(), bytes: z.int(), pages: z.int() }),
  theirs: z.strictObject({
    status: Status.nullable(),
    stage: Stage.nullable(),
    holder: ShortText,
    at: Millis.nullable(),
  }),
  /** What a person may do next, the gentlest first. */
  next: z.array(z.enum(['dismiss', 'takeOver', 'redo', 'saveFile'])),
})
export type RefusedCard = z.infer<typeof RefusedCard>

// ---------------------------------------------------------------- scanning and pages

export const ScanSource = z.enum(['flatbed', 'feeder', 'feeder_duplex'])
export const ScanMode = z.enum(['lineart', 'grey', 'colour'])
export const ScannerInfo = z.strictObject({
  id: z.string().max(200),
  name: ShortText,
  driver: z.string().max(40),
  state: z.enum(['ready', 'busy', 'offline', 'attention']),
  sources: z.array(ScanSource),
  modes: z.array(ScanMode),
  dpi: z.array(z.int()).max(64),
})
export type ScannerInfo = z.infer<typeof ScannerInfo>

export const ScanProfile = z.strictObject({
  scannerId: z.string().max(200),
  source: ScanSource,
  mode: ScanMode,
  dpi: z.int().min(75).max(1200),
  /** Settings of this one device by its own names (brightness, filename of a software scanner); kept as they are. */
  options: z.record(z.string().max(80), z.string().max(300)).optional(),
})
export type ScanProfile = z.infer<typeof ScanProfile>

export const PageView = z.strictObject({
  id: Uuid,
  seq: z.int(),
  /** Blob served at app://desk/blob/<previewBlob>, turned as `rotate` says by the window. */
  previewBlob: z.string().max(80),
  thumbBlob: z.string().max(80),
  width: z.int(),
  height: z.int(),
  dpi: z.int(),
  rotate: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  kind: z.enum(['image', 'pdf']),
  /** For `pdf`: which page of previewBlob (from 1); the window draws it, text and vectors stay as they are. */
  pdfPage: z.int().min(1).nullable(),
  source: z.string().max(40),
  bytes: z.int(),
})
export type PageView = z.infer<typeof PageView>

export const StampTemplate = z.enum(['header-footer', 'footer', 'watermark', 'none'])
export const DocumentOptions = z.strictObject({
  profile: z.enum(['clean', 'paper', 'grey', 'colour', 'original']),
  bilevel: z.enum(['jbig2', 'g4']),
  stamp: StampTemplate,
  qr: z.boolean(),
  cover: z.boolean(),
  freeText: ShortText,
  /** 0 = no limit. */
  budgetBytes: z.int().min(0),
})
export type DocumentOptions = z.infer<typeof DocumentOptions>

export const DocumentState = z.strictObject({
  blob: z.string().max(80),
  sha256: Sha256,
  pages: z.int(),
  bytesIn: z.int(),
  bytesOut: z.int(),
  choices: z.strictObject({ bilevel: z.int(), mixed: z.int(), grey: z.int(), colour: z.int(), kept: z.int() }),
  warnings: z.array(z.string().max(80)),
  /** True when pages or options changed since: must be made again before sending. */
  stale: z.boolean(),
  madeAt: Millis,
})
export type DocumentState = z.infer<typeof DocumentState>

/** Pages asked for against pages present. */
export const Completeness = z.strictObject({
  asked: z.int().nullable(),
  present: z.int(),
  verdict: z.enum(['unknown', 'complete', 'missing', 'surplus']),
})

export const JobKind = z.enum(['scan', 'import', 'document', 'print', 'upload'])
export const JobView = z.strictObject({
  id: Uuid,
  kind: JobKind,
  requestId: Id.nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'paused']),
  done: z.int(),
  total: z.int().nullable(),
  etaMs: z.int().nullable(),
  error: z.strictObject({ code: ErrorCode, params: ErrorParams }).nullable(),
})
export type JobView = z.infer<typeof JobView>

// ---------------------------------------------------------------- printing

export const PrintKind = z.enum(['pullSlip', 'bookSlip', 'addressLabel', 'bagLabel', 'contentsList', 'manifest'])
export type PrintKind = z.infer<typeof PrintKind>
export const PrinterInfo = z.strictObject({
  id: z.string().max(300),
  name: ShortText,
  driver: z.string().max(40),
  state: z.enum(['idle', 'printing', 'stopped', 'offline', 'unknown']),
  reasons: z.array(z.string().max(80)).max(32),
})
export type PrinterInfo = z.infer<typeof PrinterInfo>
/** `handed_over` = the queue took it, `confirmed` = the device itself said completed. */
export const PrintState = z.enum([
  'waiting',
  'sending',
  'handed_over',
  'printing',
  'attention',
  'confirmed',
  'failed',
  'cancelled',
])
export const PrintJobView = z.strictObject({
  id: Uuid,
  kind: PrintKind,
  title: LongText,
  objectIds: z.array(z.string().max(64)).max(500),
  printerName: ShortText,
  copies: z.int(),
  /** 1 = first print, n = reprint n. */
  copyNo: z.int(),
  state: PrintState,
  reasons: z.array(z.string().max(80)),
  error: z.strictObject({ code: ErrorCode, params: ErrorParams }).nullable(),
  at: Millis,
  blob: z.string().max(80),
})
export type PrintJobView = z.infer<typeof PrintJobView>

// ---------------------------------------------------------------- loans and courier

/** What a scanned code turned out to be. */
export const Resolved = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('request'), id: Id, title: LongText, service: Service }),
  z.strictObject({ kind: z.literal('item'), requestId: Id, volume: z.int(), barcode: z.string(), title: LongText }),
  z.strictObject({ kind: z.literal('bag'), id: Uuid, code: Id }),
  z.strictObject({ kind: z.literal('manifest'), id: Uuid, number: Id }),
  z.strictObject({ kind: z.literal('unknown'), text: z.string().max(200) }),
])
export type Resolved = z.infer<typeof Resolved>

export const BagView = BagRow.omit({ type: true, version: true, seq: true }).extend({
  destinationName: ShortText,
  pending: PendingMark,
})
export type BagView = z.infer<typeof BagView>
export const ManifestView = ManifestRow.omit({ type: true, version: true, seq: true }).extend({
  bagCount: z.int(),
  itemCount: z.int(),
  destinationCount: z.int(),
  weightGrams: z.int().nullable(),
  pending: PendingMark,
})
export type ManifestView = z.infer<typeof ManifestView>
export const PackCandidate = z.strictObject({
  requestId: Id,
  volume: z.int(),
  title: LongText,
  barcode: z.string(),
  partner: Id,
  partnerName: ShortText,
  callNumber: ShortText,
})
export type PackCandidate = z.infer<typeof PackCandidate>

// ---------------------------------------------------------------- desk, status, settings

export const Connection = z.enum(['online', 'offline', 'portal', 'sign_in', 'protocol', 'not_enrolled'])
export const StatusLine = z.strictObject({
  connection: Connection,
  /** Since when the connection is as it is. */
  since: Millis,
  lastSyncAt: Millis.nullable(),
  syncing: z.boolean(),
  /** Rows applied / expected during a first sync. */
  firstSync: z.strictObject({ rows: z.int() }).nullable(),
  waiting: z.strictObject({ ops: z.int(), files: z.int(), bytes: z.int() }),
  held: z.int(),
  refused: z.int(),
  quarantined: z.int(),
  clockSkewMs: z.int().nullable(),
  scanner: z.strictObject({ name: ShortText, state: ScannerInfo.shape.state }).nullable(),
  printer: z.strictObject({ name: ShortText, state: PrinterInfo.shape.state, reasons: z.array(z.string()) }).nullable(),
  printWaiting: z.int(),
  keyStore: z.enum(['system', 'file']),
})
export type StatusLine = z.infer<typeof StatusLine>

export const Counts = z.strictObject({
  all: z.int(),
  mine: z.int(),
  new: z.int(),
  urgent: z.int(),
  loan: z.int(),
  copy: z.int(),
  pull: z.int(),
  scan: z.int(),
  loanDesk: z.int(),
  courier: z.int(),
  refused: z.int(),
  late: z.int(),
  today: z.int(),
})
export type Counts = z.infer<typeof Counts>

export const Settings = z.strictObject({
  language: z.enum(['zh-CN', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['normal', 'compact']),
  centreUrl: z.string().max(300),
  holdSeconds: z.int().min(0).max(30),
  scan: ScanProfile.nullable(),
  /** Addresses of network scanners typed in by hand (eSCL). */
  scannerAddresses: z.array(z.string().max(300)).max(20),
  printerId: z.string().max(300).nullable(),
  printerAddresses: z.array(z.string().max(300)).max(20),
  document: DocumentOptions,
  /** Times between keys of a barcode scanner, ms (design: devices, "Keyboard wedge"). */
  wedgeMaxGapMs: z.int().min(10).max(500),
  sounds: z.boolean(),
})
export type Settings = z.infer<typeof Settings>

export const Me = z.strictObject({ id: Id, name: ShortText, role: StaffRole })
export const Hello = z.strictObject({
  protocol: z.int(),
  version: ShortText,
  rehearsal: z.boolean(),
  desk: z.strictObject({ id: Id, name: ShortText, library: LibraryRef }).nullable(),
  me: Me.nullable(),
  settings: Settings,
})
export type Hello = z.infer<typeof Hello>

const requestId = z.strictObject({ requestId: Id })
const jobId = z.strictObject({ jobId: Uuid })
const codes = z.string().min(1).max(200)

export const coreContract = {
  'app.hello': { in: z.strictObject({ protocol: z.int() }), out: Hello },
  'status.get': { in: empty, out: StatusLine },
  'counts.get': { in: empty, out: Counts },
  'settings.get': { in: empty, out: Settings },
  'settings.set': { in: Settings.partial(), out: Settings },

  // centre and people
  'desk.enrol': {
    in: z.strictObject({ url: z.string().max(300), code: ShortText, deskName: ShortText }),
    out: LibraryRef,
  },
  'desk.signIn': { in: z.strictObject({ staff: Id, password: z.string().min(1).max(200) }), out: Me },
  'desk.signOut': { in: empty, out: done },
  'desk.staff': { in: empty, out: z.array(Me) },
  'libraries.list': {
    in: empty,
    out: z.array(z.strictObject({ id: Id, name: ShortText, nameEn: ShortText, code: ShortText, route: ShortText })),
  },

  // queue
  'queue.window': {
    in: z.strictObject({ query: QueueQuery, offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    out: z.strictObject({ rev: z.int(), total: z.int(), rows: z.array(QueueRow) }),
  },
  /** Place of a request in a view, to keep the cursor on it; -1 when it is not in the view. */
  'queue.indexOf': { in: z.strictObject({ query: QueueQuery, id: Id }), out: z.strictObject({ index: z.int() }) },
  'request.get': { in: z.strictObject({ id: Id }), out: RequestDetail },
  'code.resolve': { in: z.strictObject({ text: codes }), out: Resolved },

  // actions
  'op.act': { in: ActCall, out: Acted },
  'op.actMany': {
    in: z.strictObject({ calls: z.array(ActCall).min(1).max(1000) }),
    out: z.array(
      z.strictObject({
        objectId: z.string(),
        opId: Uuid.nullable(),
        error: z.strictObject({ code: ErrorCode, params: ErrorParams }).nullable(),
      }),
    ),
  },
  'op.withdraw': { in: z.strictObject({ opId: Uuid }), out: done },
  'outbox.list': { in: z.strictObject({ states: z.array(OutboxState).max(10) }), out: z.array(OutboxEntry) },
  'refused.list': { in: empty, out: z.array(RefusedCard) },
  'refused.settle': { in: z.strictObject({ opId: Uuid, how: z.enum(['dismiss', 'takeOver', 'redo']) }), out: done },
  'sync.now': { in: empty, out: done },

  // scan desk
  'scanner.list': { in: z.strictObject({ refresh: z.boolean() }), out: z.array(ScannerInfo) },
  'scan.start': {
    in: z.strictObject({
      requestId: Id,
      profile: ScanProfile,
      insertAt: z.int().min(0).nullable(),
      replacePage: Uuid.nullable(),
    }),
    out: jobId,
  },
  'pages.list': {
    in: requestId,
    out: z.strictObject({ pages: z.array(PageView), deleted: z.int(), completeness: Completeness }),
  },
  'pages.rotate': {
    in: z.strictObject({
      pageIds: z.array(Uuid).min(1).max(2000),
      by: z.union([z.literal(90), z.literal(180), z.literal(270)]),
    }),
    out: done,
  },
  'pages.delete': { in: z.strictObject({ pageIds: z.array(Uuid).min(1).max(2000) }), out: done },
  'pages.restore': { in: requestId, out: z.strictObject({ restored: z.int() }) },
  'pages.move': { in: z.strictObject({ pageId: Uuid, to: z.int().min(0) }), out: done },
  /** Files were turned into ids by main (dialog or drop); a path never comes from the page. */
  'pages.import': {
    in: z.strictObject({ requestId: Id, fileIds: z.array(Uuid).min(1).max(200), insertAt: z.int().min(0).nullable() }),
    out: jobId,
  },
  'document.build': { in: z.strictObject({ requestId: Id, options: DocumentOptions }), out: jobId },
  'document.get': {
    in: requestId,
    out: z.strictObject({ document: DocumentState.nullable(), options: DocumentOptions }),
  },
  'document.send': { in: requestId, out: Acted },
  'job.list': { in: empty, out: z.array(JobView) },
  'job.cancel': { in: jobId, out: done },

  // printing
  'printer.list': { in: z.strictObject({ refresh: z.boolean() }), out: z.array(PrinterInfo) },
  'print.preview': {
    in: z.strictObject({ kind: PrintKind, objectIds: z.array(z.string().max(64)).min(1).max(500) }),
    out: z.strictObject({ blob: z.string(), pages: z.int() }),
  },
  'print.submit': {
    in: z.strictObject({
      kind: PrintKind,
      objectIds: z.array(z.string().max(64)).min(1).max(500),
      printerId: z.string().max(300).nullable(),
      copies: z.int().min(1).max(20),
    }),
    out: z.strictObject({ printJobId: Uuid }),
  },
  'print.jobs': { in: z.strictObject({ limit: z.int().min(1).max(500) }), out: z.array(PrintJobView) },
  'print.cancel': { in: z.strictObject({ printJobId: Uuid }), out: done },
  'print.retry': { in: z.strictObject({ printJobId: Uuid }), out: done },

  // loans and courier
  'loan.check': {
    in: z.strictObject({ requestId: Id, code: codes }),
    out: z.strictObject({
      verdict: z.enum(['bound', 'already', 'wrong', 'slip_other', 'code_damaged']),
      expected: LongText,
      found: LongText,
      volume: z.int().nullable(),
    }),
  },
  'courier.board': {
    in: empty,
    out: z.strictObject({
      candidates: z.array(PackCandidate),
      bags: z.array(BagView),
      manifests: z.array(ManifestView),
    }),
  },
  /** Opens a bag for a destination, or gives the open one there is. */
  'courier.openBag': {
    in: z.strictObject({ destination: Id, route: ShortText.nullable() }),
    out: z.strictObject({ bagId: Uuid, code: Id }),
  },
  /** Packs whatever was scanned (item barcode or slip) into the open bag of its destination. */
  'courier.packCode': {
    in: z.strictObject({ code: codes }),
    out: z.strictObject({
      bagId: Uuid,
      bagCode: Id,
      requestId: Id,
      volume: z.int(),
      title: LongText,
      destinationName: ShortText,
    }),
  },
  'courier.openManifest': {
    in: z.strictObject({ run: ShortText }),
    out: z.strictObject({ manifestId: Uuid, number: Id }),
  },
  'courier.handOver': {
    in: z.strictObject({ manifestId: Uuid, driver: ShortText.min(1), signature: OpArgs.handedOver.shape.signature }),
    out: Acted,
  },
  /** A returned book: any state is taken in, a misfit becomes an anomaly. */
  'courier.return': {
    in: z.strictObject({ code: codes, condition: Condition }),
    out: z.strictObject({
      requestId: Id,
      volume: z.int(),
      title: LongText,
      complete: z.boolean(),
      anomaly: z.boolean(),
    }),
  },

  // desk health
  'doctor.run': {
    in: empty,
    out: z.array(
      z.strictObject({ check: z.string().max(40), ok: z.boolean(), code: z.string().max(60), params: ErrorParams }),
    ),
  },
} as const

export type CoreContract = typeof coreContract

/** Topics of events; the payload is only the topic, a revision number and, where it helps, the object. */
export const CoreEvent = z.strictObject({
  topic: z.enum([
    'queue',
    'status',
    'counts',
    'pages',
    'document',
    'jobs',
    'print',
    'courier',
    'settings',
    'refused',
    'outbox',
    'desk',
    'devices',
  ]),
  rev: z.int(),
  id: z.string().max(64).optional(),
})
export type CoreEvent = z.infer<typeof CoreEvent>
