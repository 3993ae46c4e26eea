/**
 * What a window may ask before anything else: who we are, the queue and the request beside it, what goes on in the
 * background. The page knows this much of the contract when it starts and reads the rest (core.contract.ts) when it first
 * asks for something there: to make every schema takes longer than to draw the queue.
 */
import * as z from 'zod'
import { copyrightMethods } from './core/copyright.contract.ts'
import { deskMethods } from './core/desk.contract.ts'
import { holdingsMethods } from './core/holdings.contract.ts'
import { intakeMethods } from './core/intake.contract.ts'
import { jobsMethods } from './core/jobs.contract.ts'
import { pauseMethods } from './core/pause.contract.ts'
import { queueMethods } from './core/queue.contract.ts'
import { scanMethods } from './core/scan.contract.ts'
import { updateMethods } from './core/update.contract.ts'

export const CORE_PROTOCOL = 1

export const firstMethods = {
  ...deskMethods,
  ...queueMethods,
  ...holdingsMethods,
  ...copyrightMethods,
  ...scanMethods,
  ...intakeMethods,
  ...jobsMethods,
  ...pauseMethods,
  ...updateMethods,
} as const

/** Topics of events; the payload is only the topic, a revision number and, where it helps, the object. */
export const CoreEvent = z.strictObject({
  topic: z.enum([
    'queue',
    'status',
    'counts',
    'pages',
    'batch',
    'tray',
    'intake',
    'document',
    'jobs',
    'print',
    'courier',
    'settings',
    'refused',
    'outbox',
    'desk',
    'devices',
    'reports',
    'holdings',
    'search',
    'asking',
    'update',
  ]),
  rev: z.int(),
  id: z.string().max(64).optional(),
})
export type CoreEvent = z.infer<typeof CoreEvent>
