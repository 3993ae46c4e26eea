/** The calling side of a contract. Results and events are parsed too: neither side trusts the other. */
import type { z } from 'zod'
import { DeskError } from './errors.ts'
import {
  type CallInput,
  type CallOutput,
  type Contract,
  IncomingMessage,
  type MethodName,
  type PortLike,
  type Reply,
} from './rpc.ts'

export interface RpcClientOptions<C extends Contract, E extends z.ZodType> {
  /** The methods that are known at once: all, or those that are asked first. */
  readonly contract: Partial<C>
  /** Reads all of them, once, when one is asked that is not among the first. */
  readonly whole?: () => Promise<C>
  readonly protocol: number
  readonly event: E
}

export interface RpcClient<C extends Contract, E extends z.ZodType> {
  /**
   * Calls a method.
   * @throws DeskError with the code the other side gave, `bad_call` when an argument does not fit the contract,
   *   `internal` when the answer does not, `offline` when no core is connected and none comes within the patience
   */
  call<M extends MethodName<C>>(method: M, input: CallInput<C, M>): Promise<CallOutput<C, M>>
  /** @returns a function that ends the subscription */
  onEvent(listener: (event: z.output<E>) => void): () => void
  /**
   * Speaks through this port from now on. Calls that the former port left unanswered end with `interrupted`: whether they
   * took effect is for the page to re-read, never to assume. Calls made while there was no port are sent now.
   */
  attach(port: PortLike): void
}

interface Waiting {
  readonly settle: (reply: Reply) => void
  sent: boolean
  readonly message: unknown
}

export function createRpcClient<C extends Contract, E extends z.ZodType>(
  options: RpcClientOptions<C, E>,
): RpcClient<C, E> {
  const { protocol } = options
  let known: Contract = options.contract as Contract
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(event: z.output<E>) => void>()
  let port: PortLike | undefined
  let lastId = 0

  function attach(next: PortLike): void {
    if (port) lose(port)
    port = next
    next.onMessage((message) => {
      if (port === next) receive(message)
    })
    next.onClose(() => lose(next))
    for (const call of waiting.values()) send(call)
  }

  function lose(lost: PortLike): void {
    if (port !== lost) return
    port = undefined
    for (const [id, call] of waiting) {
      if (!call.sent) continue
      waiting.delete(id)
      call.settle({ ok: false, code: 'interrupted', params: {} })
    }
    lost.close()
  }

  function send(call: Waiting): void {
    if (!port || call.sent) return
    call.sent = true
    port.postMessage(call.message)
  }

  function receive(message: unknown): void {
    const parsed = IncomingMessage.safeParse(message)
    if (!parsed.success || parsed.data.protocol !== protocol) return
    if (parsed.data.kind === 'event') {
      const event = options.event.safeParse(parsed.data.event)
      if (event.success) for (const listener of listeners) listener(event.data)
      return
    }
    const call = waiting.get(parsed.data.id)
    waiting.delete(parsed.data.id)
    call?.settle(parsed.data.reply)
  }

  const methodOf = (name: string) => (Object.hasOwn(known, name) ? known[name] : undefined)

  async function call<M extends MethodName<C>>(method: M, input: CallInput<C, M>): Promise<CallOutput<C, M>> {
    let schema = methodOf(method)
    if (!schema && options.whole) {
      known = await options.whole()
      schema = methodOf(method)
    }
    if (!schema) throw new DeskError('unknown_method', { method })
    const params = schema.in.safeParse(input)
    if (!params.success) throw new DeskError('bad_call', { method }, { cause: params.error })
    const id = ++lastId
    const reply = await new Promise<Reply>((settle) => {
      const entry: Waiting = {
        settle,
        sent: false,
        message: { protocol, kind: 'call', id, method, params: params.data },
      }
      waiting.set(id, entry)
      send(entry)
    })
    if (!reply.ok) throw new DeskError(reply.code, reply.params)
    const output = schema.out.safeParse(reply.data)
    if (!output.success) throw new DeskError('internal', { method }, { cause: output.error })
    return output.data as CallOutput<C, M>
  }

  return {
    call,
    attach,
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
