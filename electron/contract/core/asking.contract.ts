/** The asking side: joint search over members' catalogues, drafts of requests for our readers, registrations of readers. */
import * as z from 'zod'
import { DeliveryMethod, Id, LongText, Millis, Service, ShortText, Uuid } from '../words.ts'
import { done, empty } from './basics.ts'
import { HoldingItem, HoldingWork, TargetReport } from './holdings.contract.ts'

export { NO_DRAFT } from './no-draft.ts'

export const SearchAsk = z.strictObject({
  title: ShortText,
  author: ShortText,
  code: z.string().max(60),
  year: z.string().max(10),
})
export type SearchAsk = z.infer<typeof SearchAsk>

export const Holder = z.strictObject({
  target: z.string(),
  name: ShortText,
  /** Member library, '' where the catalogue belongs to none. */
  library: z.string(),
  own: z.boolean(),
  items: z.array(HoldingItem).max(200),
})
export type Holder = z.infer<typeof Holder>

export const FoundWork = HoldingWork.extend({ key: ShortText, holders: z.array(Holder).max(120) })
export type FoundWork = z.infer<typeof FoundWork>

/** A request for a reader as it is filled in; nothing is required until it is sent. */
export const AskingDraft = z.strictObject({
  service: Service,
  title: ShortText,
  articleTitle: ShortText,
  author: ShortText,
  year: z.string().max(20),
  edition: ShortText,
  volumeNo: ShortText,
  issueNo: ShortText,
  pages: ShortText,
  isbn: z.string().max(40),
  issn: z.string().max(40),
  supplier: z.union([Id, z.literal('')]),
  callNumber: ShortText,
  deliveryMethod: DeliveryMethod,
  readerKey: ShortText,
})
export type AskingDraft = z.infer<typeof AskingDraft>
/** How a registration stands against the imported campus list. */
export const CampusCheck = z.enum(['no_list', 'found', 'name_differs', 'not_found'])

export const askingMethods = {
  /** One search over every catalogue that is switched on; results come as they arrive (topic `search`). */
  'search.start': { in: SearchAsk, out: z.strictObject({ searchId: Uuid }) },
  'search.get': {
    in: z.strictObject({ searchId: Uuid }),
    out: z.strictObject({ done: z.boolean(), targets: z.array(TargetReport), works: z.array(FoundWork) }),
  },
  'search.stop': { in: z.strictObject({ searchId: Uuid }), out: done },
  'asking.drafts': { in: empty, out: z.array(z.strictObject({ id: Uuid, at: Millis, draft: AskingDraft })) },
  'asking.saveDraft': { in: z.strictObject({ id: Uuid, draft: AskingDraft }), out: done },
  'asking.dropDraft': { in: z.strictObject({ id: Uuid }), out: done },
  /** Files the request: the draft goes, the operation waits for the centre. @throws action_refused */
  'asking.send': { in: z.strictObject({ id: Uuid, draft: AskingDraft }), out: z.strictObject({ opId: Uuid }) },
  /** Brings a delivered copy of one of our requests to this desk; a job with progress. @throws not_found, link_expired */
  'asking.bring': { in: z.strictObject({ requestId: Id }), out: z.strictObject({ jobId: Uuid }) },
  'readers.list': {
    in: empty,
    out: z.strictObject({
      people: z.int(),
      registrations: z.array(
        z.strictObject({
          id: Id,
          state: z.enum(['open', 'asked', 'approved', 'refused']),
          category: ShortText,
          appliedAt: Millis,
          fields: z.record(z.string(), LongText),
          /** What was asked of the applicant, and the answer once it is there. */
          question: z.strictObject({ text: LongText, at: Millis, answer: LongText.nullable() }).nullable(),
          pending: z.boolean(),
          check: CampusCheck,
        }),
      ),
    }),
  },
  /** Takes a campus list (XLSX, XLS, CSV): numbers and names are kept as keys only. @throws sheet_columns */
  'readers.importList': {
    in: z.strictObject({ fileId: Uuid }),
    out: z.strictObject({ people: z.int(), without: z.int() }),
  },
  /** Notices of the centre, newest first, unread before read; trainings of ours, newest first. */
  'journal.get': {
    in: empty,
    out: z.strictObject({
      notices: z.array(
        z.strictObject({
          id: Id,
          kind: z.enum(['rules', 'closure', 'desk', 'other']),
          title: ShortText,
          text: LongText,
          at: Millis,
          readAt: Millis.nullable(),
        }),
      ),
      trainings: z.array(
        z.strictObject({
          id: Id,
          date: Millis,
          kind: ShortText,
          attendees: z.int(),
          /** Names of our staff who held it. */
          staff: z.array(ShortText),
          papers: z.array(z.strictObject({ kind: ShortText, title: ShortText, count: z.int() })),
        }),
      ),
    }),
  },
  'readers.forgetList': { in: empty, out: done },
} as const
