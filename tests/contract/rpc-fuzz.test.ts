import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { CORE_PROTOCOL, coreContract } from '../../electron/contract/core.contract.ts'
import { MAIN_PROTOCOL, mainContract } from '../../electron/contract/main.contract.ts'
import type { Contract } from '../../electron/contract/rpc.ts'
import { ReplyMessage } from '../../electron/contract/rpc.ts'
import { createRpcServer, type Handlers } from '../../electron/contract/rpc-server.ts'

const RUNS = 300

/** Junk that a port can carry: anything JSON or structured clone knows, with the names that break careless code. */
const nasty = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '',
  '\u0000',
  '../../etc/passwd',
  '💥'.repeat(3000),
)
const junk = fc.oneof(
  fc.anything({
    key: fc.oneof(nasty, fc.string()),
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
  nasty,
  fc.constantFrom(Number.NaN, Infinity, -0, null, undefined),
)

const contracts: [name: string, contract: Contract, protocol: number][] = [
  ['core', coreContract, CORE_PROTOCOL],
  ['main', mainContract, MAIN_PROTOCOL],
]

describe.each(contracts)('junk sent to the %s contract', (_name, contract, protocol) => {
  /** Handlers that note every call: a handler that runs on junk could write. */
  function listening() {
    const ran: [method: string, input: unknown][] = []
    const unexpected: string[] = []
    const handlers = Object.fromEntries(
      Object.keys(contract).map((method) => [
        method,
        (input: unknown) => {
          ran.push([method, input])
          return undefined
        },
      ]),
    ) as unknown as Handlers<Contract>
    const answer = createRpcServer({ contract, protocol, handlers, onUnexpected: (method) => unexpected.push(method) })
    return { answer, ran }
  }

  test('as a whole message always gets an error code and reaches no handler', async () => {
    const { answer, ran } = listening()
    await fc.assert(
      fc.asyncProperty(junk, async (message) => {
        const reply = ReplyMessage.parse(await answer(message, undefined))
        expect(reply.reply.ok).toBe(false)
      }),
      { numRuns: RUNS },
    )
    expect(ran).toEqual([])
  })

  test('as arguments of every method gets an error code, unless the contract allows just that', async () => {
    const { answer, ran } = listening()
    for (const method of Object.keys(contract)) {
      await fc.assert(
        fc.asyncProperty(junk, async (params) => {
          ran.length = 0
          const { reply } = ReplyMessage.parse(
            await answer({ protocol, kind: 'call', id: 1, method, params }, undefined),
          )
          const allowed = contract[method]!.in.safeParse(params).success
          expect(ran.length).toBe(allowed ? 1 : 0)
          if (!allowed) expect(reply).toMatchObject({ ok: false, code: 'bad_call' })
        }),
        { numRuns: 60 },
      )
    }
  })

  test('as a method name is unknown', async () => {
    const { answer, ran } = listening()
    await fc.assert(
      fc.asyncProperty(fc.oneof(nasty, fc.string()), async (method) => {
        fc.pre(!Object.hasOwn(contract, method))
        const { reply } = await answer({ protocol, kind: 'call', id: 1, method, params: {} }, undefined)
        expect(reply.ok).toBe(false)
      }),
      { numRuns: RUNS },
    )
    expect(ran).toEqual([])
  })

  test('every object a method takes refuses keys it does not name', () => {
    for (const [method, { in: schema }] of Object.entries(contract)) {
      const result = schema.safeParse({ 'no such key': 1 })
      for (const issues of ways(result.error?.issues ?? []))
        expect(
          issues.map((issue) => issue.code),
          method,
        ).toContain('unrecognized_keys')
    }
  })
})

/** What was wrong, by each of the forms that an object may have. */
function ways(issues: readonly z.core.$ZodIssue[]): (readonly z.core.$ZodIssue[])[] {
  const [issue] = issues
  return issue?.code === 'invalid_union' && issue.errors.length > 0 ? issue.errors.flatMap(ways) : [issues]
}
