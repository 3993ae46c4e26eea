/** A new version asks when nobody is in the middle of something, and not again after "later". */
import { expect, test } from 'vitest'
import type { UpdateView } from '../../../electron/contract/core.contract.ts'
import { PLACES } from '../../../renderer/app/routes.ts'
import { toAnnounce, versionToAsk } from '../../../renderer/features/update/when.ts'

const READY: UpdateView = {
  version: '0.1.0',
  source: 'server',
  state: 'ready',
  offer: { version: '0.2.0', released: null, bytes: 1 },
  fetched: 1,
  lastCheck: null,
  laterUntil: null,
  busy: [],
  announced: null,
  goneBackFrom: null,
}

test('it asks in the quiet places only, once it lies ready', () => {
  const asking = PLACES.filter((place) => versionToAsk(READY, place, 0) === '0.2.0')
  expect(asking).toEqual(expect.arrayContaining(['queue', 'settings', 'numbers']))
  for (const place of ['copy', 'loan', 'courier'] as const) expect(asking).not.toContain(place)
  for (const state of ['idle', 'checking', 'fetching'] as const)
    expect(versionToAsk({ ...READY, state }, 'queue', 0)).toBeNull()
})

test('it does not ask while work is under way, nor before the time it was put off to', () => {
  for (const work of ['scanning', 'making', 'sending', 'printing', 'courier'] as const)
    expect(versionToAsk({ ...READY, busy: [work] }, 'queue', 0)).toBeNull()
  expect(versionToAsk({ ...READY, laterUntil: 1000 }, 'queue', 999)).toBeNull()
  expect(versionToAsk({ ...READY, laterUntil: 1000 }, 'queue', 1001)).toBe('0.2.0')
})

test('the centre’s word is told once, in the quiet places, and not beside a version that lies ready', () => {
  const announced = { version: '0.3.0', required: true, title: 't', text: '', at: 0, heard: false }
  const view: UpdateView = { ...READY, state: 'idle', announced }
  expect(toAnnounce(view, 'queue')).toBe(announced)
  for (const place of ['copy', 'loan', 'courier'] as const) expect(toAnnounce(view, place)).toBeNull()
  expect(toAnnounce({ ...view, busy: ['sending'] }, 'queue')).toBeNull()
  expect(toAnnounce({ ...view, state: 'ready' }, 'queue')).toBeNull()
  expect(toAnnounce({ ...view, announced: { ...announced, heard: true } }, 'queue')).toBeNull()
})
