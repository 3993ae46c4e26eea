/** The queue's rows are read one question after another, and what is shown is always the whole answer to one of them. */
import { beforeEach, expect, test } from 'vitest'
import { QUEUE_CHUNK, type QueueQuery, type QueueRow } from '../../../electron/contract/core.contract.ts'
import { DeskError } from '../../../electron/contract/errors.ts'
import { QueueReader, rowAt, type Ask, type QueueAnswer } from '../../../renderer/features/queue/reader.ts'

const ROWS = 1000
const about = (text: string): QueueQuery => ({ text, filter: {}, sort: 'due', descending: false })
const rowsOf = ({ query, offset, limit }: Ask, total = ROWS): QueueRow[] =>
  Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, n) => ({ id: `${query.text}${offset + n}` }) as QueueRow) // prettier-ignore

let asked: { ask: Ask; reply: (total?: number, at?: number) => Promise<void>; fail: () => Promise<void> }[]
let shown: { answer: QueueAnswer; found: { id: string; at: number } | null }[]
let reader: QueueReader

beforeEach(() => {
  asked = []
  shown = []
  reader = new QueueReader(
    about(''),
    (ask) =>
      new Promise((resolve, reject) => {
        const settled = () => new Promise<void>((done) => setImmediate(done))
        const groups = ask.by ? [{ key: 'today', count: 1 }] : []
        asked.push({
          ask,
          reply: (total = ROWS, at = -1) => (resolve({ total, rows: rowsOf(ask, total), groups, at }), settled()),
          fail: () => (reject(new Error('gone')), settled()),
        })
      }),
    (answer, found) => shown.push({ answer, found }),
    (error) => new DeskError('internal', {}, { cause: error }),
  )
})
/** A view in the middle of a chunk. */
const inside = (chunk: number): [number, number] => [chunk * QUEUE_CHUNK + 15, chunk * QUEUE_CHUNK + 35]
const last = () => shown.at(-1)!.answer

test('rows and groups come in one answer', async () => {
  reader.ask(about('a'), 'due')
  await asked[0]!.reply()
  expect(shown).toHaveLength(1)
  expect(last()).toMatchObject({ total: ROWS, groups: [{ key: 'today' }], query: { text: 'a' } })
  expect(rowAt(last(), 3)?.id).toBe('a3')
})

test('of what is typed quickly only the last is read and shown; nothing is asked twice', async () => {
  reader.ask(about('a'), null)
  for (const text of ['ab', 'abc', 'abc']) reader.ask(about(text), null)
  expect(asked.map(({ ask }) => ask.query.text)).toEqual(['a'])
  expect(reader.answered).toBe(false)
  await asked[0]!.reply()
  expect(shown).toEqual([])
  expect(asked.map(({ ask }) => ask.query.text)).toEqual(['a', 'abc'])
  await asked[1]!.reply()
  expect(shown.map(({ answer }) => answer.query.text)).toEqual(['abc'])
  expect(reader.answered).toBe(true)
})

test('a thumb dragged over everything reads where it came to rest', async () => {
  reader.ask(about('a'), null)
  await asked[0]!.reply()
  reader.show(...inside(2))
  for (let chunk = 4; chunk <= 12; chunk++) reader.show(...inside(chunk))
  await asked[1]!.reply()
  await asked[2]!.reply()
  expect(asked.map(({ ask }) => ask.offset)).toEqual([0, 2 * QUEUE_CHUNK, 12 * QUEUE_CHUNK])
  expect(rowAt(last(), 12 * QUEUE_CHUNK)?.id).toBe(`a${12 * QUEUE_CHUNK}`)
})

test('a view over two chunks is one call, and both are held', async () => {
  reader.ask(about('a'), null)
  await asked[0]!.reply()
  reader.show(3 * QUEUE_CHUNK - 5, 3 * QUEUE_CHUNK + 5)
  await asked[1]!.reply()
  expect(asked).toHaveLength(2)
  expect([rowAt(last(), 3 * QUEUE_CHUNK - 1)?.id, rowAt(last(), 3 * QUEUE_CHUNK)?.id]).toEqual([`a${3 * QUEUE_CHUNK - 1}`, `a${3 * QUEUE_CHUNK}`]) // prettier-ignore
})

test('what comes next is read before it is in view', async () => {
  reader.ask(about('a'), null)
  await asked[0]!.reply()
  reader.show(QUEUE_CHUNK - 30, QUEUE_CHUNK - 8)
  expect(asked[1]!.ask).toMatchObject({ offset: QUEUE_CHUNK, limit: QUEUE_CHUNK })
})

test('after a change the rows in view are read again, with the place of the cursor; others are forgotten', async () => {
  reader.ask(about('a'), 'due')
  await asked[0]!.reply()
  reader.show(...inside(4))
  await asked[1]!.reply()
  reader.changed('a205')
  expect(asked[2]!.ask).toMatchObject({ offset: 4 * QUEUE_CHUNK, by: 'due', find: 'a205' })
  // What changes while it is read is read once more, however often.
  reader.changed('a205')
  reader.changed('a205')
  await asked[2]!.reply(ROWS - 1, 204)
  expect(shown.at(-1)!.found).toEqual({ id: 'a205', at: 204 })
  expect([rowAt(last(), 0), last().total]).toEqual([undefined, ROWS - 1])
  await asked[3]!.reply(ROWS - 1, 204)
  expect(asked).toHaveLength(4)
})

test('another question begins at its top', async () => {
  reader.ask(about('a'), null)
  await asked[0]!.reply()
  reader.show(...inside(4))
  await asked[1]!.reply()
  reader.ask(about('b'), null)
  expect(asked[2]!.ask).toMatchObject({ offset: 0, limit: QUEUE_CHUNK })
})

test('where reading fails the rows stay, the error is told, and the next change reads again', async () => {
  reader.ask(about('a'), null)
  await asked[0]!.reply()
  reader.changed(null)
  await asked[1]!.fail()
  expect(last().error?.code).toBe('internal')
  expect(rowAt(last(), 0)?.id).toBe('a0')
  expect(asked).toHaveLength(2)
  reader.changed(null)
  await asked[2]!.reply()
  expect(last().error).toBeNull()
})

test('a question that fails shows no rows of the one before', async () => {
  reader.ask(about('a'), null)
  await asked[0]!.reply()
  reader.ask(about('b'), null)
  await asked[1]!.fail()
  expect([last().total, rowAt(last(), 0), last().query.text]).toEqual([0, undefined, 'b'])
})

test('what was forgotten stays so: an answer that comes late is not heard, and the same question is read anew', async () => {
  reader.ask(about('a'), null)
  reader.forget()
  await asked[0]!.reply()
  expect(last().key).toBe('')
  reader.ask(about('a'), null)
  await asked[1]!.reply()
  expect(rowAt(last(), 0)?.id).toBe('a0')
})
