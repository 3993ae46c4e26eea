/** What catalogues say of a request: who holds it, where it stands, what could be answered. */
import * as z from 'zod'
import { Id, LongText, Millis, ReasonRetry, ReasonUnfilled, ShortText } from '../words.ts'
import { done, empty, requestId } from './basics.ts'
import { CatalogueTarget } from './catalogue-target.ts'

export * from './catalogue-target.ts'

export const Availability = z.enum(['available', 'on_loan', 'in_library', 'missing', 'unknown'])
export type Availability = z.infer<typeof Availability>

/** How an answer of a catalogue came about, or why there is none. */
export const TargetState = z.enum([
  'ok',
  'waiting',
  'timeout',
  'unreachable',
  'refused',
  'not_sru',
  'broken',
  'encoding',
  'too_large',
  'diagnostic',
  'no_helper',
  'off',
])
export type TargetState = z.infer<typeof TargetState>

export const TargetReport = z.strictObject({
  id: z.string(),
  name: ShortText,
  library: z.string(),
  own: z.boolean(),
  state: TargetState,
  /** What the server said, for whoever repairs it. */
  detail: LongText,
  hits: z.int(),
  /** More were found than are looked through. */
  more: z.boolean(),
  /** Records of the answer that could not be read. */
  damaged: z.int(),
  ms: z.int().nullable(),
  /** The answer is an older one: the catalogue does not answer now. */
  cachedAt: Millis.nullable(),
})
export type TargetReport = z.infer<typeof TargetReport>

export const HoldingItem = z.strictObject({
  callNumber: ShortText,
  location: ShortText,
  barcode: z.string().max(64),
  volume: ShortText,
  availability: Availability,
  until: ShortText,
})
export type HoldingItem = z.infer<typeof HoldingItem>

export const HoldingEvidence = z.strictObject({
  of: z.enum(['isbn', 'issn', 'title', 'author', 'year', 'edition', 'volume']),
  is: z.enum(['same', 'close', 'differs', 'unknown']),
  points: z.int(),
  theirs: z.string().max(300),
})

export const HoldingWork = z.strictObject({
  title: LongText,
  subtitle: LongText,
  part: ShortText,
  authors: z.array(ShortText).max(20),
  edition: ShortText,
  publisher: ShortText,
  year: z.string().max(10),
  isbns: z.array(z.string().max(20)).max(20),
  issns: z.array(z.string().max(20)).max(20),
})
export type HoldingWork = z.infer<typeof HoldingWork>

export const HoldingFound = HoldingWork.extend({
  key: ShortText,
  target: z.string(),
  score: z.int(),
  verdict: z.enum(['same', 'possible']),
  evidence: z.array(HoldingEvidence),
  items: z.array(HoldingItem).max(200),
})
export type HoldingFound = z.infer<typeof HoldingFound>

/** What the catalogue's word would mean as an answer; a person decides. */
export const Proposal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('supply') }),
  z.strictObject({ kind: z.literal('cannotSupply'), reason: ReasonUnfilled }),
  z.strictObject({ kind: z.literal('retryLater'), reason: ReasonRetry, until: ShortText }),
])
export type Proposal = z.infer<typeof Proposal>

export const HoldingState = z.enum(['held', 'possible', 'not_held', 'unknown'])

export const holdingsMethods = {
  'holdings.get': {
    in: requestId,
    out: z.strictObject({
      /** Catalogues of our own that are switched on; 0 = nothing to ask. */
      catalogues: z.int(),
      looking: z.boolean(),
      result: z
        .strictObject({
          at: Millis,
          state: HoldingState,
          targets: z.array(TargetReport),
          found: z.array(HoldingFound),
          proposal: Proposal,
        })
        .nullable(),
    }),
  },
  /** Asks our catalogues now, whatever is known. */
  'holdings.lookUp': { in: requestId, out: done },
  /** Looks every new request up that was not looked up yet, at the catalogues' pace; a job with progress. */
  'holdings.lookUpNew': { in: empty, out: z.strictObject({ count: z.int() }) },
  /** Writes call number and location of an item into the request where nothing stands yet, and a note of what was found. */
  'holdings.fill': {
    in: z.strictObject({
      requestId: Id,
      key: ShortText,
      target: z.string(),
      item: z.int().min(0).max(199),
      note: LongText,
    }),
    out: z.strictObject({ filled: z.array(z.string()), kept: z.array(z.string()) }),
  },
  'catalogue.list': {
    in: empty,
    out: z.array(
      z.strictObject({
        target: CatalogueTarget,
        health: z.strictObject({ at: Millis, state: TargetState, detail: LongText, ms: z.int().nullable() }).nullable(),
      }),
    ),
  },
  /** Asks a catalogue what it is (SRU explain) and for one record. */
  'catalogue.test': {
    in: z.strictObject({ target: CatalogueTarget }),
    out: z.strictObject({
      state: TargetState,
      detail: LongText,
      title: ShortText,
      /** Of our index names, those the server does not list. */
      unknownIndexes: z.array(z.string()),
      schemas: z.array(ShortText),
      ms: z.int().nullable(),
    }),
  },
} as const
