/** Reading ahead: the next pages are on their way while one is written, never more than may be, and failures are not lost. */
import { expect, test } from 'vitest'
import type { FeedPage } from '../../../electron/core/sync/feed-page.ts'
import { PagesAhead } from '../../../electron/core/sync/pages-ahead.ts'

const LAST = 6
const page = (cursor: string): FeedPage => ({
  epoch: 'e',
  next: String(Number(cursor) + 1),
  more: Number(cursor) < LAST,
  count: 0,
  last: 0,
  rows: () => [],
})
const turn = () => new Promise((resolve) => setImmediate(resolve))

async function taken(ahead: PagesAhead): Promise<string[]> {
  const cursors: string[] = []
  for (let one = await ahead.next(); one; one = await ahead.next()) cursors.push(one.cursor)
  return cursors
}

test('pages come in the order of the feed, each once, and it ends with the last', async () => {
  for (const depth of [1, 3, 50]) {
    const ahead = new PagesAhead(
      (cursor) => Promise.resolve(page(cursor)),
      '0',
      () => depth,
    )
    expect(await taken(ahead)).toEqual(['0', '1', '2', '3', '4', '5', '6'])
  }
})

test('no more pages are asked for than may be on their way, however long nobody takes one', async () => {
  const asked: string[] = []
  let depth = 1
  const ahead = new PagesAhead(
    (cursor) => {
      asked.push(cursor)
      return Promise.resolve(page(cursor))
    },
    '0',
    () => depth,
  )
  await turn()
  expect(asked).toEqual(['0'])
  depth = 3
  await ahead.next()
  await turn()
  expect(asked).toEqual(['0', '1', '2', '3'])
})

test('a page that does not come is told to whoever takes it, after the pages before it, and nothing follows it', async () => {
  const ahead = new PagesAhead(
    (cursor) => (cursor === '2' ? Promise.reject(new Error('the line broke')) : Promise.resolve(page(cursor))),
    '0',
    () => 3,
  )
  await turn()
  expect((await ahead.next())?.cursor).toBe('0')
  expect((await ahead.next())?.cursor).toBe('1')
  await expect(ahead.next()).rejects.toThrow('the line broke')
  expect(await ahead.next()).toBeUndefined()
})
