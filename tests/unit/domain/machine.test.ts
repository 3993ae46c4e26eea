/** The desk's machine against the hand-typed table that the centre's guards are held against too. */
import { describe as group, expect, test } from 'vitest'
import { FACT_KINDS, HELD_KINDS, OP_KINDS } from '../../../electron/contract/ops.contract.ts'
import { can, isFact, isHeld, operate, undoOf } from '../../../electron/domain/machine/operate.ts'
import { World } from '../../../electron/domain/machine/world.ts'
import { Action } from '../../../electron/contract/core.contract.ts'
import { IDS, OPERATION_CASES, type GivenRequest } from '../../cases/operations.ts'
import { actorOf, describe, operationOf, sourceOf } from './world-of-case.ts'

group('each hand-typed case', () => {
  const cases = OPERATION_CASES.filter((example) => !example.centreOnly)
  test.each(cases.map((example) => [example.says, example] as const))('%s', (_says, example) => {
    const world = new World(sourceOf(example.given))
    const before = describe(world)
    const verdict = operate(world, operationOf(example), actorOf(example.by))
    const { outcome, ...then } = example.then
    expect(verdict.outcome).toBe(outcome)
    if (example.then.outcome === 'rejected') {
      expect(verdict).toMatchObject({ code: example.then.code })
      for (const name of example.then.info ?? [])
        expect((verdict as { info?: Record<string, unknown> }).info).toHaveProperty(name)
      expect(describe(world)).toEqual(before)
      expect(world.keys().size).toBe(0)
      return
    }
    const { anomaly = false, ...objects } = then as { anomaly?: boolean } & Record<string, Record<string, unknown>>
    expect(verdict).toEqual({ outcome: 'applied', anomaly })
    for (const shape of Object.values(objects)) if (shape['dueAt'] === 'set') shape['dueAt'] = expect.any(Number)
    expect(describe(world)).toMatchObject(objects)
  })
})

test('facts are exactly the kinds that the contract calls facts', () => {
  expect(OP_KINDS.filter(isFact)).toEqual([...FACT_KINDS])
})

test('exactly the ops that reach somebody outside are held', () => {
  expect(OP_KINDS.filter(isHeld).sort()).toEqual([...HELD_KINDS].sort())
})

test('whoever can undo names an operation that exists and is no fact', () => {
  for (const kind of OP_KINDS) {
    const undo = undoOf(kind)
    if (undo) expect(isFact(undo)).toBe(false)
  }
})

group('buttons', () => {
  const buttons = (given: GivenRequest, by?: 'supervisor') => {
    const row = sourceOf({ request: given }).get('request', IDS.request)!
    return can(row, actorOf(by), Action.options)
  }
  test('a new copy can be claimed, accepted, delivered, refused and forwarded', () => {
    expect(buttons({})).toEqual(
      expect.arrayContaining(['claim', 'accept', 'fulfil', 'cannotSupply', 'forward', 'scan', 'printPullSlip']),
    )
    expect(buttons({})).not.toContain('release')
  })
  test("another desk's request offers no button that the centre would refuse", () => {
    const offered = buttons({ claim: 'other' })
    for (const never of ['claim', 'release', 'takeOver', 'accept', 'fulfil']) expect(offered).not.toContain(never)
    expect(buttons({ claim: 'other' }, 'supervisor')).toContain('takeOver')
  })
  test('a delivered copy can only be noted on', () => {
    expect(buttons({ status: 'CopyCompleted', stage: 'sent' })).toEqual(['note'])
  })
})
