/** Rows asked for before the window is drawn: shown at once, and never instead of newer ones. */
import { beforeEach, expect, test, vi } from 'vitest'
import { FIRST_QUERY } from '../../../electron/contract/core.contract.ts'

const heard = vi.hoisted(() => ({ event: (_topic: string) => {}, rows: [{ id: 'HG1' }] as object[] }))
vi.mock('../../../renderer/host.ts', () => ({
  core: () => Promise.resolve({ total: heard.rows.length, rows: heard.rows, rev: 1 }),
  onCoreEvent: (listener: (event: { topic: string }) => void) => (heard.event = (topic) => listener({ topic })),
  onCorePortChange: () => {},
}))

const { watchCore } = await import('../../../renderer/app/data.ts')
const { askFirstRows, firstRowsHere, takeFirstRows } = await import('../../../renderer/features/queue/first-rows.ts')
const KEY = JSON.stringify(FIRST_QUERY)
const changes = (topic: 'status' | 'queue') => heard.event(topic)
watchCore()

beforeEach(() => {
  takeFirstRows(KEY)
  heard.rows = [{ id: 'HG1' }]
})

test('they are there when the queue is drawn, once, and for their own question only', async () => {
  await askFirstRows()
  expect(firstRowsHere('another')).toBeUndefined()
  expect(firstRowsHere(KEY)).toMatchObject({ total: 1 })
  expect(await takeFirstRows(KEY)).toMatchObject({ total: 1 })
  expect(takeFirstRows(KEY)).toBeUndefined()
})

test('a desk that had no rows yet asks again', async () => {
  heard.rows = []
  await askFirstRows()
  expect(firstRowsHere(KEY)).toBeUndefined()
  expect(takeFirstRows(KEY)).toBeUndefined()
})

test('what changed before anybody listened is asked for again', async () => {
  await askFirstRows()
  changes('status')
  expect(firstRowsHere(KEY)).toBeDefined()
  changes('queue')
  expect(firstRowsHere(KEY)).toBeUndefined()
  expect(takeFirstRows(KEY)).toBeUndefined()
})
