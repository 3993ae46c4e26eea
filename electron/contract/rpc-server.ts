/** The receiving side of a contract: strict parsing, a closed list of methods, and never an exception across the port. */
import { DeskError, type ErrorCode, type ErrorParams } from './errors.ts'
import {
  CallMessage,
  type Contract,
  type HandlerInput,
  type HandlerOutput,
  type MethodName,
  type PortLike,
  type Reply,
  type ReplyMessage,
} from './rpc.ts'

/** One function per method of the contract. A handler throws DeskError for what the person should understand. */
export type Handlers<C extends Contract, Context = undefined> = {
  readonly [M in MethodName<C>]: (
    input: HandlerInput<C, M>,
    context: Context,
  ) => HandlerOutput<C, M> | Promise<HandlerOutput<C, M>>
}

export interface RpcServerOptions<C extends Contract, Context> {
  readonly contract: C
  readonly protocol: number
  readonly handlers: Handlers<C, Context>
  /** Told of what was not expected: a thrown error that is no DeskError, or an answer that breaks the contract. */
  readonly onUnexpected: (method: string, error: unknown) => void
}

/** Answers one message; whatever comes in, a reply goes out. */
export interface Answer<Context> {
  (message: unknown, context: Context): Promise<ReplyMessage>
  /** The reply to a message that is not looked into. */
  refuse(message: unknown, code: ErrorCode): ReplyMessage
}

/**
 * Calls of one port that may be without an answer at a time. A screen has a dozen; a page that asks and asks, by mistake or
 * by malice, gets `too_many_calls` at once and leaves core its memory and its turn for others.
 */
export const MOST_PENDING = 500

/** @returns a function that answers any message by the contract */
export function createRpcServer<C extends Contract, Context = undefined>(
  options: RpcServerOptions<C, Context>,
): Answer<Context> {
  const { contract, protocol, onUnexpected } = options
  type AnyHandler = (input: unknown, context: Context) => unknown
  // Frozen and without a prototype: a method called `constructor` or `__proto__` is simply not there.
  const handlers: Readonly<Record<string, AnyHandler>> = Object.freeze(
    Object.assign(Object.create(null), options.handlers) as Record<string, AnyHandler>,
  )

  const respond = (id: number, reply: Reply): ReplyMessage => ({ protocol, kind: 'reply', id, reply })
  const refuse = (id: number, code: ErrorCode, params: ErrorParams = {}) => respond(id, { ok: false, code, params })

  const answer = async (message: unknown, context: Context): Promise<ReplyMessage> => {
    const call = CallMessage.safeParse(message)
    if (!call.success) return refuse(idOf(message), 'bad_call')
    const { id, method, params } = call.data
    if (call.data.protocol !== protocol)
      return refuse(id, 'protocol_mismatch', { ours: protocol, theirs: call.data.protocol })
    const handler = handlers[method]
    const schema = Object.hasOwn(contract, method) ? contract[method] : undefined
    if (!handler || !schema) return refuse(id, 'unknown_method')
    try {
      const input = schema.in.safeParse(params)
      if (!input.success)
        return refuse(id, 'bad_call', { method, at: input.error.issues[0]?.path.join('.').slice(0, 200) ?? '' })
      const output = schema.out.safeParse(await handler(input.data, context))
      if (output.success) return respond(id, { ok: true, data: output.data })
      onUnexpected(method, output.error)
      return refuse(id, 'internal', { method })
    } catch (error) {
      if (error instanceof DeskError) return refuse(id, error.code, error.params)
      onUnexpected(method, error)
      return refuse(id, 'internal', { method })
    }
  }
  return Object.assign(answer, { refuse: (message: unknown, code: ErrorCode) => refuse(idOf(message), code) })
}

/** The caller's id where the message has a usable one, so that even a refusal finds its caller. */
function idOf(message: unknown): number {
  if (typeof message !== 'object' || message === null || !Object.hasOwn(message, 'id')) return 0
  const { id } = message as { id: unknown }
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : 0
}

/** Serves one port until it closes. @param most calls of it that are worked on at a time */
export function servePort<C>(port: PortLike, answer: Answer<C>, context: C, most = MOST_PENDING): void {
  let pending = 0
  port.onMessage((message) => {
    if (pending >= most) return port.postMessage(answer.refuse(message, 'too_many_calls'))
    pending++
    void answer(message, context).then((reply) => {
      pending--
      port.postMessage(reply)
    })
  })
}
