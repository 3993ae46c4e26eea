/** A pause of our own service: whether there is one, and what it would mean. */
import * as z from 'zod'
import { LongText, Millis } from '../words.ts'
import { empty } from './basics.ts'

export const PauseState = z.strictObject({
  pausedUntil: Millis.nullable(),
  pauses: z.array(z.strictObject({ from: Millis, to: Millis, reason: LongText })).max(200),
})
export type PauseState = z.infer<typeof PauseState>

/** What a pause would mean. */
export const PauseEffect = z.strictObject({
  /** Open requests to us now, and those of them whose promise ends inside the pause. */
  open: z.int(),
  dueInside: z.int(),
  /** Those that would be due later, because the clock stops. */
  moved: z.int(),
  workingDays: z.int(),
  /** Points of 服务规范 (table 6) as they are, and as they would be. */
  conduct: z.strictObject({ now: z.number(), then: z.number() }),
  /** False when the pause reaches into a year whose holidays are not published. */
  certain: z.boolean(),
})
export type PauseEffect = z.infer<typeof PauseEffect>

export const pauseMethods = {
  'pause.get': { in: empty, out: PauseState },
  'pause.effect': { in: z.strictObject({ from: Millis, to: Millis, reasoned: z.boolean() }), out: PauseEffect },
} as const
