import { afterAll, beforeAll, test } from 'vitest'
import { assertHistories, SHARE, TIMEOUT } from './histories.ts'
import { SyncModel } from './history.ts'

let model: SyncModel
beforeAll(() => void (model = new SyncModel()))
afterAll(() => model.end())

test(`${SHARE} histories of three desks keep every invariant`, { timeout: TIMEOUT }, () => assertHistories(model, 3))
