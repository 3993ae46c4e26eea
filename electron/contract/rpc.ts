/**
 * What travels between a window and core or main. The protocol number stands first and is looked at first, so that a
 * page of another version is told so instead of being misread.
 */
import * as z from 'zod'
import { ErrorCode, ErrorParams } from './errors.ts'

/** One method of a contract: what goes in and what comes out. */
export type Method = { readonly in: z.ZodType; readonly out: z.ZodType }
export type Contract = Readonly<Record<string, Method>>

export type MethodName<C extends Contract> = keyof C & string
/** What a caller passes (before defaults) and what a handler receives (after them). */
export type CallInput<C extends Contract, M extends MethodName<C>> = z.input<C[M]['in']>
export type HandlerInput<C extends Contract, M extends MethodName<C>> = z.output<C[M]['in']>
export type HandlerOutput<C extends Contract, M extends MethodName<C>> = z.input<C[M]['out']>
export type CallOutput<C extends Contract, M extends MethodName<C>> = z.output<C[M]['out']>

/** Anything that carries messages both ways: a MessagePort of the page, of Electron or of Node, or a bridge. */
export interface PortLike {
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** Calls and replies are told apart by `kind`; ids are the caller's and unique on one port. */
export const CallMessage = z.strictObject({
  protocol: z.int(),
  kind: z.literal('call'),
  id: z.int().min(1),
  method: z.string().max(64),
  params: z.unknown(),
})
export type CallMessage = z.infer<typeof CallMessage>

export const Reply = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), data: z.unknown() }),
  z.strictObject({ ok: z.literal(false), code: ErrorCode, params: ErrorParams }),
])
export type Reply = z.infer<typeof Reply>

export const ReplyMessage = z.strictObject({
  protocol: z.int(),
  kind: z.literal('reply'),
  id: z.int().min(0),
  reply: Reply,
})
export type ReplyMessage = z.infer<typeof ReplyMessage>

export const EventMessage = z.strictObject({ protocol: z.int(), kind: z.literal('event'), event: z.unknown() })
export type EventMessage = z.infer<typeof EventMessage>

export const IncomingMessage = z.discriminatedUnion('kind', [ReplyMessage, EventMessage])
