/** Core killed with SIGKILL: at every named place and at random times; nothing is lost, nothing is done twice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FAULT_POINTS } from '../../electron/core/fault-point.ts'
import { progress, tally } from '../support/tally.ts'
import { Stage } from '../support/desk.ts'
import { Killing } from './killing.ts'

const NOTES = 12
const RANDOM_NOTES = 120
let stage: Stage
beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 300 })
})
afterAll(() => stage.end())

/** Reached only while the feed is read anew. */
const ON_RESYNC = new Set(['before-swap-commit', 'after-swap-commit'])

describe('killed at', () => {
  for (const point of FAULT_POINTS) {
    test(point, { timeout: 120_000 }, async () => {
      const victim = await new Killing(stage, point, NOTES).prepare()
      if (ON_RESYNC.has(point)) {
        expect(await victim.run('after-outbox-commit#7')).toBeNull()
        await stage.lever('epoch')
      }
      expect(await victim.run(point), 'the place was never reached').toBeNull()
      tally('kills', 1)
      expect(await victim.run()).toBe(0)
      await victim.expectWhole()
    })
  }
})

/** As many kills as BALIS_DESK_KILLS says (soak), a few otherwise. */
const KILLS = Number(process.env['BALIS_DESK_KILLS'] ?? 8)

/** A victim that has done everything is followed by a fresh one, so that a fast machine meets as many kills as a slow one. */
test(`killed ${KILLS} times at random moments`, { timeout: 120_000 + KILLS * 20_000 }, async () => {
  let kills = 0
  for (let victims = 1; kills < KILLS; victims++) {
    const victim = await new Killing(stage, `random-${victims}`, RANDOM_NOTES).prepare()
    for (let done = false, first = true; kills < KILLS && !done; first = false) {
      const child = victim.start()
      const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
      // The first kill comes early: a fast machine could be done before a late one, and nothing would have been shown.
      const timer = setTimeout(() => child.kill('SIGKILL'), 100 + Math.random() * (first ? 400 : 2000))
      done = (await exit) !== null
      clearTimeout(timer)
      if (!done) kills++
      if (!done && kills % 20 === 0) progress(`${kills} of ${KILLS} kills`)
    }
    expect(await victim.run()).toBe(0)
    await victim.expectWhole()
  }
  expect(kills).toBe(KILLS)
  tally('kills', kills)
})
