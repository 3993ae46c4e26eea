/** Every list of the desk as a file: what is asked for, in whose words, and what comes of it. */
import * as z from 'zod'
import { Id, Sha256, ShortText, Uuid } from '../words.ts'
import { QueueColumn, QueueQuery } from './queue.contract.ts'

/** What a list of requests can show beside the columns of the queue. */
export const RequestColumn = z.enum([
  ...QueueColumn.options,
  'service',
  'status',
  'author',
  'journal',
  'year',
  'volumeNo',
  'issueNo',
  'pages',
  'isbn',
  'issn',
  'callNumber',
  'location',
  'volumes',
  'returnDue',
])
export type RequestColumn = z.infer<typeof RequestColumn>

/** A list as it stands in the window: the same filter, search, order and columns. */
export const ListOrder = z.discriminatedUnion('list', [
  z.strictObject({
    list: z.literal('requests'),
    query: QueueQuery,
    columns: z.array(RequestColumn).min(1).max(30),
  }),
  z.strictObject({ list: z.literal('prints'), open: z.boolean() }),
  z.strictObject({ list: z.literal('refused') }),
  z.strictObject({ list: z.literal('outbox') }),
  z.strictObject({ list: z.literal('tray'), state: z.enum(['waiting', 'deleted']) }),
  /** A line a book, so that what is in a bag can be counted. */
  z.strictObject({ list: z.literal('bags'), side: z.enum(['ours', 'coming']) }),
  z.strictObject({ list: z.literal('manifests') }),
  z.strictObject({ list: z.literal('pickups') }),
  z.strictObject({ list: z.literal('anomalies'), state: z.enum(['open', 'resolved']) }),
  /** Without what names a reader. */
  z.strictObject({ list: z.literal('registrations') }),
  z.strictObject({ list: z.literal('trainings') }),
  z.strictObject({ list: z.literal('notices') }),
  /** What a joint search found, a line a copy that somebody holds. */
  z.strictObject({ list: z.literal('search'), searchId: Uuid }),
  /** What the catalogues said of one request. */
  z.strictObject({ list: z.literal('holdings'), requestId: Id }),
  /** For supervisors; handing it out is an entry of its own. */
  z.strictObject({ list: z.literal('audit') }),
])
export type ListOrder = z.infer<typeof ListOrder>
export type ListName = ListOrder['list']

/**
 * Words of the window for heads (`column.id`) and codes (`status.Loaned`), so that a file says what the screen says. What has
 * no word stands as its code.
 */
export const ListWords = z.record(z.string().max(80), z.string().max(300))
export type ListWords = z.infer<typeof ListWords>

export const listMethods = {
  /** Ends when the file is made; meanwhile a job of kind `export` tells how far it is and can be cancelled. */
  'list.export': {
    in: z.strictObject({
      order: ListOrder,
      format: z.enum(['xlsx', 'csv']),
      /** Of the sheet and the file. */
      title: ShortText.min(1),
      words: ListWords,
    }),
    out: z.strictObject({ blob: Sha256, name: ShortText }),
  },
} as const
