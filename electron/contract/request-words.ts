/**
 * What a request is made of on the wire and on the screen alike: its fields, its volumes, its history; and a library. Apart
 * from the centre's rows and operations, which no window has to know before it draws its first request.
 */
import * as z from 'zod'
import { Condition, DeliveryMethod, Id, LongText, ShortText, Uuid, WireMillis as Millis } from './words.ts'

/** One physical volume of a loan; custody lives here, in the request. */
export const VolumeState = z.object({
  volume: z.int().min(1),
  label: ShortText,
  barcode: z.string().max(64).nullable(),
  bagId: Uuid.nullable(),
  /** Where the volume is known to be. */
  place: z.enum(['shelf', 'desk', 'bag', 'courier', 'borrower', 'reader', 'pickup', 'lost']),
  condition: Condition,
})
export type VolumeState = z.infer<typeof VolumeState>

/** Bibliographic and delivery data of a request. Text, never numbers: centre and request numbers keep leading zeros. */
export const RequestFields = z.object({
  centreNo: ShortText,
  title: LongText,
  articleTitle: LongText.default(''),
  author: ShortText.default(''),
  journal: ShortText.default(''),
  publisher: ShortText.default(''),
  edition: ShortText.default(''),
  year: ShortText.default(''),
  volumeNo: ShortText.default(''),
  issueNo: ShortText.default(''),
  /** Pages asked for, as typed: "123-131, 140". */
  pages: ShortText.default(''),
  isbn: ShortText.default(''),
  issn: ShortText.default(''),
  callNumber: ShortText.default(''),
  location: ShortText.default(''),
  notePartner: LongText.default(''),
  /** The other library: who asks (we supply) or who supplies (we ask). */
  partner: Id,
  deliveryMethod: DeliveryMethod,
  /** Masked for display ("博士生"), never a name. */
  readerCategory: ShortText.default(''),
  /** Pseudonymous reader key for the copyright ledger. */
  readerKey: ShortText.default(''),
  readerNote: LongText.default(''),
})
export type RequestFields = z.infer<typeof RequestFields>

export const HistoryEntry = z.object({
  at: Millis,
  event: z.string().max(64),
  desk: ShortText.default(''),
  who: ShortText.default(''),
  text: LongText.default(''),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const LibraryRef = z.object({ id: Id, code: ShortText, name: ShortText, nameEn: ShortText })
export type LibraryRef = z.infer<typeof LibraryRef>
