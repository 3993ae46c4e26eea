/** A catalogue that can be asked. */
import * as z from 'zod'
import { Id, ShortText } from '../words.ts'

export const CatalogueTarget = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/),
  name: ShortText.min(1),
  /** Member library whose catalogue it is, '' where it is none (a union catalogue). */
  library: z.union([Id, z.literal('')]),
  /** Our own: asked for every inbound request, and its "not held" counts. */
  own: z.boolean(),
  on: z.boolean(),
  kind: z.enum(['sru', 'z3950']),
  /** SRU: `https://host/path`; Z39.50: `host:port/database`. */
  address: z.union([
    z
      .string()
      .max(300)
      .regex(/^https?:\/\/[^\s"'<>]+$/),
    z
      .string()
      .max(300)
      .regex(/^[A-Za-z0-9.-]+:\d{1,5}\/[A-Za-z0-9._-]+$/),
  ]),
  version: z.enum(['1.1', '1.2']),
  /** Record schema to ask for; '' = what the server gives by itself. */
  schema: z.string().max(100),
  /** Names of the search indexes; '' = it has none. */
  indexes: z.strictObject({
    isbn: z.string().max(60),
    issn: z.string().max(60),
    title: z.string().max(60),
    author: z.string().max(60),
    year: z.string().max(60),
    any: z.string().max(60),
  }),
  /** Patience with one answer, ms. */
  timeoutMs: z.int().min(500).max(60_000),
  /** Questions asked by the desk itself, without a person waiting, a minute. */
  perMinute: z.int().min(1).max(600),
})
export type CatalogueTarget = z.infer<typeof CatalogueTarget>

/** Context sets that every SRU server should know. */
export const USUAL_INDEXES: CatalogueTarget['indexes'] = {
  isbn: 'bath.isbn',
  issn: 'bath.issn',
  title: 'dc.title',
  author: 'dc.creator',
  year: 'dc.date',
  any: 'cql.serverChoice',
}
