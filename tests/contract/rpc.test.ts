import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { DeskError } from '../../electron/contract/errors.ts'
import type { PortLike } from '../../electron/contract/rpc.ts'
import { createRpcClient } from '../../electron/contract/rpc-client.ts'
import { createRpcServer, type Handlers, servePort } from '../../electron/contract/rpc-server.ts'

const contract = {
  'book.find': {
    in: z.strictObject({ id: z.string().max(10) }),
    out: z.strictObject({ title: z.string(), copies: z.int() }),
  },
  'book.lose': { in: z.strictObject({}), out: z.strictObject({}) },
} as const
const event = z.strictObject({ topic: z.literal('book'), rev: z.int() })

const book = { title: '文化苦旅', copies: 2 }
const handlers: Handlers<typeof contract> = {
  'book.find': ({ id }) => {
    if (id === 'none') throw new DeskError('not_found', { id })
    if (id === 'odd') return { title: 'x', copies: 'two' } as never
    return book
  },
  'book.lose': () => {
    throw new TypeError('cannot read secret of /home/reader')
  },
}

/** Two ends of a line that deliver in later turns, as real ports do. */
function line(): [PortLike, PortLike] {
  const ends = [0, 1].map(() => ({
    messages: [] as ((message: unknown) => void)[],
    closes: [] as (() => void)[],
  }))
  const port = (mine: number): PortLike => ({
    postMessage(message) {
      const copy: unknown = structuredClone(message)
      setImmediate(() => ends[1 - mine]!.messages.forEach((listener) => listener(copy)))
    },
    onMessage: (listener) => void ends[mine]!.messages.push(listener),
    onClose: (listener) => void ends[mine]!.closes.push(listener),
    close: () => void setImmediate(() => ends[1 - mine]!.closes.forEach((listener) => listener())),
  })
  return [port(0), port(1)]
}

function connected(serverProtocol = 1) {
  const unexpected: string[] = []
  const answer = createRpcServer({
    contract,
    protocol: serverProtocol,
    handlers,
    onUnexpected: (method) => unexpected.push(method),
  })
  const client = createRpcClient({ contract, protocol: 1, event })
  const [near, far] = line()
  servePort(far, answer, undefined)
  client.attach(near)
  return { client, answer, near, far, unexpected }
}

describe('a call', () => {
  test('brings what the handler gave', async () => {
    expect(await connected().client.call('book.find', { id: '1' })).toEqual(book)
  })

  test('that a handler refuses fails with the code and its values', async () => {
    await expect(connected().client.call('book.find', { id: 'none' })).rejects.toMatchObject({
      code: 'not_found',
      params: { id: 'none' },
    })
  })

  test('that a handler did not expect to fail says only "internal": no text of the error crosses', async () => {
    const { answer, unexpected } = connected()
    const reply = await answer({ protocol: 1, kind: 'call', id: 1, method: 'book.lose', params: {} }, undefined)
    expect(reply.reply).toEqual({ ok: false, code: 'internal', params: { method: 'book.lose' } })
    expect(JSON.stringify(reply)).not.toContain('secret')
    expect(unexpected).toEqual(['book.lose'])
  })

  test('whose answer breaks the contract fails instead of passing on', async () => {
    const { client, unexpected } = connected()
    await expect(client.call('book.find', { id: 'odd' })).rejects.toMatchObject({ code: 'internal' })
    expect(unexpected).toEqual(['book.find'])
  })

  test('with an unknown key is refused by the receiver', async () => {
    const { answer } = connected()
    const params = { id: '1', admin: true }
    const { reply } = await answer({ protocol: 1, kind: 'call', id: 7, method: 'book.find', params }, undefined)
    expect(reply).toMatchObject({ ok: false, code: 'bad_call' })
  })

  test('with an argument that does not fit never leaves the page', async () => {
    const client = createRpcClient({ contract, protocol: 1, event })
    await expect(client.call('book.find', { id: 'longer than ten' })).rejects.toMatchObject({ code: 'bad_call' })
  })

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'book', ''])(
    'of a method named %j finds nothing, whatever objects inherit',
    async (method) => {
      const { reply } = await connected().answer({ protocol: 1, kind: 'call', id: 1, method, params: {} }, undefined)
      expect(reply).toMatchObject({ ok: false, code: 'unknown_method' })
    },
  )

  test('of another protocol is told so before anything else is looked at', async () => {
    const { answer } = connected(2)
    const { reply } = await answer({ protocol: 1, kind: 'call', id: 1, method: 'nope', params: 5 }, undefined)
    expect(reply).toEqual({ ok: false, code: 'protocol_mismatch', params: { ours: 2, theirs: 1 } })
  })

  test('beyond what is worked on at a time is refused at once, and taken again when there is room', async () => {
    const calls: (() => void)[] = []
    const slow = {
      ...handlers,
      'book.find': () => new Promise<typeof book>((resolve) => calls.push(() => resolve(book))),
    }
    const [near, far] = line()
    servePort(far, createRpcServer({ contract, protocol: 1, handlers: slow, onUnexpected: () => {} }), undefined, 3)
    const client = createRpcClient({ contract, protocol: 1, event })
    client.attach(near)
    const flood = Array.from({ length: 50 }, () => client.call('book.find', { id: '1' }))
    const refused = await Promise.allSettled(flood.slice(3))
    for (const one of refused) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'too_many_calls' } })
    expect(calls).toHaveLength(3)
    for (const answer of calls.splice(0)) answer()
    expect(await Promise.all(flood.slice(0, 3))).toEqual([book, book, book])
    const next = client.call('book.find', { id: '1' })
    await expect.poll(() => calls.length, { timeout: 20_000 }).toBe(1)
    calls[0]!()
    expect(await next).toEqual(book)
  })

  test('made before there is a port goes out when one comes', async () => {
    const client = createRpcClient({ contract, protocol: 1, event })
    const result = client.call('book.find', { id: '1' })
    const [near, far] = line()
    servePort(far, createRpcServer({ contract, protocol: 1, handlers, onUnexpected: () => {} }), undefined)
    client.attach(near)
    expect(await result).toEqual(book)
  })

  test('left unanswered by a core that died fails, and the next one goes to the new core', async () => {
    const client = createRpcClient({ contract, protocol: 1, event })
    const [near, dead] = line()
    client.attach(near)
    const result = client.call('book.find', { id: '1' })
    dead.close()
    await expect(result).rejects.toMatchObject({ code: 'interrupted' })

    const [again, far] = line()
    servePort(far, createRpcServer({ contract, protocol: 1, handlers, onUnexpected: () => {} }), undefined)
    client.attach(again)
    expect(await client.call('book.find', { id: '1' })).toEqual(book)
  })
})

describe('what comes to the page', () => {
  test('reaches listeners when it is an event of the contract, and only then', async () => {
    const { client, far } = connected()
    const heard: unknown[] = []
    const end = client.onEvent((given) => heard.push(given))
    far.postMessage({ protocol: 1, kind: 'event', event: { topic: 'book', rev: 3 } })
    far.postMessage({ protocol: 1, kind: 'event', event: { topic: 'book', rev: 3, html: '<b>' } })
    far.postMessage({ protocol: 9, kind: 'event', event: { topic: 'book', rev: 4 } })
    await client.call('book.find', { id: '1' })
    end()
    far.postMessage({ protocol: 1, kind: 'event', event: { topic: 'book', rev: 5 } })
    await client.call('book.find', { id: '1' })
    expect(heard).toEqual([{ topic: 'book', rev: 3 }])
  })

  test('through a port that was replaced is not listened to', async () => {
    const { client, far } = connected()
    const heard: unknown[] = []
    client.onEvent((given) => heard.push(given))
    const [near, other] = line()
    servePort(other, createRpcServer({ contract, protocol: 1, handlers, onUnexpected: () => {} }), undefined)
    client.attach(near)
    far.postMessage({ protocol: 1, kind: 'event', event: { topic: 'book', rev: 1 } })
    await client.call('book.find', { id: '1' })
    expect(heard).toEqual([])
  })
})
