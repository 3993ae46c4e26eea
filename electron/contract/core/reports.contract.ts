/** Statistics, the monthly report, the yearly evaluation, the copyright ledger, exports. */
import * as z from 'zod'
import { Id, LongText, Millis, Role, Service, Sha256, ShortText, Uuid } from '../words.ts'
import { done, empty } from './basics.ts'

/** Days since 1970-01-01 in Beijing. */
const Day = z.int().min(0).max(80_000)
const Year = z.int().min(2007).max(2100)
const count = z.number().min(0)

export const ReportDimension = z.enum(['month', 'partner', 'staff', 'kind', 'subject', 'reason', 'outcome', 'status'])
export type ReportDimension = z.infer<typeof ReportDimension>

/** Which requests are counted: by day of application, both ends counted. */
export const ReportCut = z.strictObject({
  from: Day,
  to: Day,
  service: Service.optional(),
  role: Role.optional(),
  where: z.strictObject({ by: ReportDimension, value: ShortText }).optional(),
})
export type ReportCut = z.infer<typeof ReportCut>

export const ReportGroup = z.strictObject({
  value: ShortText,
  /** The value as people read it: a library's name; else the value itself. */
  name: ShortText,
  received: count,
  filled: count,
  unfilled: count,
  meanDays: z.number().nullable(),
})
export type ReportGroup = z.infer<typeof ReportGroup>

export const Dashboard = z.strictObject({
  received: count,
  filled: count,
  unfilled: count,
  forwarded: count,
  cancelled: count,
  retry: count,
  open: count,
  volumes: count,
  pages: count,
  bytes: count,
  overdue: count,
  lost: count,
  selfService: count,
  readers: count,
  /** Working days from application to finish. */
  days: z.strictObject({ mean: z.number().nullable(), median: z.number().nullable(), p90: z.number().nullable() }),
  groups: z.record(ReportDimension, z.array(ReportGroup)),
  oldest: z.strictObject({ id: Id, title: LongText, applied: Day }).nullable(),
  prints: z.array(z.strictObject({ kind: ShortText, count })),
  scans: z.strictObject({ pages: count, bytes: count }),
  /** False while facts still follow a first sync: figures grow. */
  complete: z.boolean(),
  /** First day any request is known of, to offer spans from. */
  firstDay: Day.nullable(),
})
export type Dashboard = z.infer<typeof Dashboard>

export const ReportRow = z.strictObject({
  id: Id,
  service: Service,
  title: LongText,
  partnerName: ShortText,
  outcome: ShortText,
  status: ShortText,
  reason: ShortText,
  staff: ShortText,
  applied: Day,
  finished: Day.nullable(),
  days: z.number().nullable(),
  /** False when it left our part: there is nothing to open. */
  here: z.boolean(),
})
export type ReportRow = z.infer<typeof ReportRow>

// ---------------------------------------------------------------- evaluation

const rank = z.int().min(1).max(2000).nullable()
const staffing = z.enum(['dedicated', 'part_time', 'none'])

export const Readings = z.strictObject({
  sharedEdge: z.enum(['higher', 'lower']),
  receivedTail: z.enum(['wording', 'ladder']),
  shareRounding: z.enum(['floor', 'nearest']),
  shareBelowTen: z.union([z.literal(0), z.literal(0.5)]),
  delay: z.enum(['whole', 'begun', 'proportion']),
  printerAndFax: z.enum(['both', 'either']),
  volumeMax: z.enum(['parts', 'stated']),
})

/** The lists of the centre a rank may come from. */
export const RankingList = z.enum([
  'deliveryReceived',
  'deliverySubmitted',
  'deliveryUsers',
  'loanCollection',
  'loanUsers',
  'monthVideos',
  'monthLent',
  'monthSubmitted',
  'monthUsers',
])
export type RankingList = z.infer<typeof RankingList>

/** What people type: no row of the centre tells it. A null is "not known yet". */
export const EvaluationInputs = z.strictObject({
  computer: z.boolean(),
  scanner: z.boolean(),
  printer: z.boolean(),
  fax: z.boolean(),
  deliveryStaffing: staffing,
  loanStaffing: staffing,
  loanTrained: z.boolean(),
  summary: z.enum(['active', 'cooperative', 'weak', 'none']),
  guidance: z.boolean(),
  loanGuidance: z.enum(['clear', 'fairly', 'weak', 'none']),
  cooperation: z.enum(['active', 'cooperative', 'weak', 'none']),
  selfService: z.boolean(),
  satisfaction: z.enum(['satisfied', 'fairly', 'neutral', 'little', 'complaint']).nullable(),
  /** Breaches that no pause of ours explains. */
  breaches: z.int().min(0).max(50),
  collection: z.int().min(0).max(100_000_000),
  monthFrom: Day.nullable(),
  monthTo: Day.nullable(),
  monthSummary: z.enum(['complete', 'good', 'none']),
  monthVideos: z.int().min(0).max(10_000),
  /** Scores of the promotion month of document delivery (table 9), from the centre. */
  monthRegistrations: z.number().min(0).max(100),
  monthRequests: z.number().min(0).max(100),
  monthWechat: z.number().min(0).max(100),
  monthReport: z.number().min(0).max(100),
  /** Ranks typed by hand; a list that was imported goes before them. */
  ranks: z.partialRecord(RankingList, rank),
  readings: Readings,
})
export type EvaluationInputs = z.infer<typeof EvaluationInputs>

const NextStep = z.strictObject({
  unit: z.enum(['rank', 'count', 'percent', 'days', 'choice']),
  need: z.number(),
  gain: z.number(),
})
export const EvaluationCriterion = z.strictObject({
  id: ShortText,
  points: z.number(),
  max: z.number(),
  next: NextStep.nullable(),
  known: z.boolean(),
  disputed: z.boolean(),
})
export type EvaluationCriterion = z.infer<typeof EvaluationCriterion>
export const EvaluationPart = z.strictObject({
  criteria: z.array(EvaluationCriterion),
  points: z.number(),
  max: z.number(),
  advice: z.array(NextStep.extend({ id: ShortText, effort: z.number() })),
})
export type EvaluationPart = z.infer<typeof EvaluationPart>

export const Evaluation = z.strictObject({
  year: Year,
  inputs: EvaluationInputs,
  /** What our own requests of the year say. */
  derived: z.strictObject({
    received: count,
    /** Copies filled, and answered either way. */
    filled: count,
    answered: count,
    submitted: count,
    users: count,
    meanDays: z.number().nullable(),
    pausesWithoutReason: count,
    sessions: count,
    attendees: count,
    /** Tests answered, articles and hand-outs that trainings left behind. */
    papers: count,
    lent: count,
    loansSubmitted: count,
    loanUsers: count,
    month: z.strictObject({ lent: count, submitted: count, users: count, filled: count, answered: count }),
  }),
  ranks: z.partialRecord(RankingList, rank),
  /** `reaches`: the list tells our rank; an extract that ends before us does not. */
  lists: z.array(z.strictObject({ list: RankingList, libraries: z.int(), sum: z.number(), reaches: z.boolean() })),
  delivery: EvaluationPart,
  loan: EvaluationPart,
  month: EvaluationPart,
  /** Table 9, from the four scores. */
  deliveryMonth: z.number(),
  /** Tables 8 and 11. */
  deliveryTotal: z.number(),
  loanTotal: z.number(),
})
export type Evaluation = z.infer<typeof Evaluation>

/** So much more in a year, to see what it would bring. */
const more = z.int().min(0).max(1_000_000)
export const EvaluationMore = z.strictObject({
  /** Requests received and filled. */
  received: more,
  /** Requests of our own readers, for copies and for loans. */
  submitted: more,
  lent: more,
  loansSubmitted: more,
  sessions: more,
  attendees: more,
})
export type EvaluationMore = z.infer<typeof EvaluationMore>
const Points = z.strictObject({
  delivery: z.number(),
  loan: z.number(),
  deliveryTotal: z.number(),
  loanTotal: z.number(),
})

/** A file that was made for the person to save. */
const made = z.strictObject({ blob: Sha256, name: ShortText })
const Format = z.enum(['xlsx', 'csv'])

/** The report of each month, made by itself. */
export const MonthlyState = z.strictObject({
  on: z.boolean(),
  /** Day of the next month on which it is due. */
  day: z.int().min(1).max(28),
  /** Name of the folder it is also written to, null for none. */
  folder: ShortText.nullable(),
  made: z.array(
    z.strictObject({
      month: ShortText,
      at: Millis,
      blob: Sha256,
      name: ShortText,
      /** False when the folder could not be written to yet; it is tried again. */
      written: z.boolean(),
    }),
  ),
})
export type MonthlyState = z.infer<typeof MonthlyState>

export const reportsMethods = {
  'monthly.get': { in: empty, out: MonthlyState },
  /** `folderId`: a folder the person chose in the system's dialog; null for none. */
  'monthly.set': {
    in: z.strictObject({
      on: z.boolean().optional(),
      day: MonthlyState.shape.day.optional(),
      folderId: Uuid.nullable().optional(),
    }),
    out: MonthlyState,
  },
  /** Makes the report of a month (`2026-10`) now, anew where it was made before. */
  'monthly.make': { in: z.strictObject({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }), out: made },
  'reports.dashboard': { in: ReportCut, out: Dashboard },
  'reports.rows': {
    in: z.strictObject({ cut: ReportCut, offset: z.int().min(0), limit: z.int().min(1).max(200) }),
    out: z.strictObject({ total: z.int(), rows: z.array(ReportRow) }),
  },
  /** `rows`: every request of the cut; `summary`: the dashboard's tables (CSV: by month); `group`: one chart, cut `by`. */
  'reports.export': {
    in: z.strictObject({
      cut: ReportCut,
      what: z.enum(['rows', 'summary', 'group']),
      format: Format,
      by: ReportDimension.optional(),
    }),
    out: made,
  },
  'evaluation.get': { in: z.strictObject({ year: Year }), out: Evaluation },
  'evaluation.set': { in: z.strictObject({ year: Year, inputs: EvaluationInputs.partial() }), out: Evaluation },
  'evaluation.simulate': {
    in: z.strictObject({ year: Year, more: EvaluationMore }),
    out: z.strictObject({ now: Points, then: Points }),
  },
  /** A table of the centre (library, value), from a file the person chose. */
  'evaluation.import': {
    in: z.strictObject({ year: Year, list: RankingList, fileId: Uuid }),
    out: z.strictObject({
      libraries: z.int(),
      sum: z.number(),
      unknown: z.array(ShortText).max(50),
      own: z.number().nullable(),
    }),
  },
  /** The centre's questionnaire: what it says of our library. */
  'evaluation.importSatisfaction': {
    in: z.strictObject({ year: Year, fileId: Uuid }),
    out: z.strictObject({ satisfaction: EvaluationInputs.shape.satisfaction.unwrap() }),
  },
  'evaluation.forgetList': { in: z.strictObject({ year: Year, list: RankingList }), out: done },
  /** The evidence for the annual summary: figures, criteria, lists and the requests counted. */
  'evaluation.export': { in: z.strictObject({ year: Year, format: z.enum(['xlsx', 'pdf', 'docx']) }), out: made },
  'copyright.export': { in: z.strictObject({ from: Day, to: Day, format: Format }), out: made },
} as const
