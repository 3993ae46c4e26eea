/** The quick "yes" of the feed: never to a row that the schema would refuse or change. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { ENTITY_SCHEMAS, FeedReply, RequestRow } from '../../../electron/contract/centre.contract.ts'
import { exactly } from '../../../electron/contract/exactly.ts'

const whole = RequestRow.parse({
  type: 'request',
  id: 'HG00003902',
  version: 3,
  seq: 7,
  service: 'loan',
  role: 'supplier',
  status: 'WillSupply',
  stage: 'pulled',
  claim: { desk: 'd1', deskName: '一号台', user: 'ruc-lin', userName: '林', leaseUntil: 5 },
  appliedAt: 1,
  urgent: false,
  promiseAt: 2,
  dueAt: null,
  delivery: { sha256: 'ab'.repeat(32), link: 'x', expiresAt: 9, openedAt: null, pages: 3, bytes: 4 },
  volumes: [{ volume: 1, label: '上', barcode: null, bagId: crypto.randomUUID(), place: 'shelf', condition: 'good' }],
  fields: { centreNo: 'zx', title: '文化苦旅', partner: 'BUCT', deliveryMethod: 'courier' },
  history: [{ at: 1, event: 'claim', desk: 'd1', who: '林', text: '' }],
})
const paths = (value: unknown, at: (string | number)[] = []): (string | number)[][] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...at, key]))]
    : [at]

test('a row as the centre sends it needs no second look', () => {
  expect(exactly(RequestRow)(whole)).toBe(true)
  expect(exactly(FeedReply)({ serverTime: 1, epoch: 'e', rows: [whole], next: 'n', more: false })).toBe(true)
})

test('whatever is put anywhere into a row, a yes means that the schema takes it as it is', () => {
  const isExact = exactly(RequestRow)
  let yes = 0
  fc.assert(
    fc.property(
      fc.constantFrom(...paths(whole).slice(1)),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom('x'.repeat(65), 'x'.repeat(201), 'x'.repeat(2001), -1, 0.5, 2 ** 53, '', 'copy', 'Loaned'),
      ),
      (path, value) => {
        const row = structuredClone(whole) as unknown as Record<string, unknown>
        const holder = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, row)
        holder[path.at(-1)!] = value
        if (!isExact(row)) return
        yes++
        expect(RequestRow.safeParse(row)).toEqual({ success: true, data: row })
      },
    ),
    { numRuns: 2000 },
  )
  expect(yes).toBeGreaterThan(100)
})

test('a field too many, a field left out and a kind of schema it does not know are a no', () => {
  const { history: _, ...without } = whole
  expect(exactly(RequestRow)({ ...whole, later: 1 })).toBe(false)
  expect(exactly(RequestRow)(without)).toBe(false)
  expect(exactly(z.strictObject({ a: z.string() }))({ a: 'x', b: 1 })).toBe(false)
  expect(exactly(z.url())('https://x')).toBe(false)
  expect(exactly(z.string().trim())('x')).toBe(false)
})

test('every type of row has its quick test', () => {
  for (const schema of Object.values(ENTITY_SCHEMAS)) expect(exactly(schema)({})).toBe(false)
})
