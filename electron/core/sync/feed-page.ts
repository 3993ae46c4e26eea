/** A page of the feed with its rows read slice by slice, on this thread or on another (page-thread.ts). */
import { FeedReply } from '../../contract/centre.contract.ts'
import { exactly } from '../../contract/exactly.ts'
import { readRow, type ReadRow } from './read-row.ts'

export interface PageHead extends Omit<FeedReply, 'rows'> {
  /** Rows in it. */
  count: number
  /** Highest number of its rows, 0 when it has none. */
  last: number
}

export interface FeedPage extends Omit<PageHead, 'serverTime'> {
  /** The rows from a place on, at most so many. May be asked again. @throws LinkError when the other thread is lost */
  rows(from: number, limit: number): readonly ReadRow[] | Promise<readonly ReadRow[]>
}

/** Tells at little cost that an answer needs no parsing. */
export const isFeedReply = exactly(FeedReply)

export const headOf = ({ rows, ...head }: FeedReply): PageHead => ({
  ...head,
  count: rows.length,
  last: rows.reduce((last, { seq }) => Math.max(last, seq), 0),
})

/** A page whose rows are read where they are asked for. */
export const pageHere = (reply: FeedReply): FeedPage => ({
  ...headOf(reply),
  rows: (from, limit) => reply.rows.slice(from, from + limit).map(readRow),
})
