/**
 * What a window may ask of core, one object per method, and the events core sends. Each part of the desk has its file
 * in core/; this is their sum.
 *
 * Rules (design: architecture, "Contract between processes"): both sides parse strictly; no exception crosses; no path
 * crosses, files go by id; events only name a topic, the page re-reads what it shows.
 */
import * as z from 'zod'
import { askingMethods } from './core/asking.contract.ts'
import { courierMethods } from './core/courier.contract.ts'
import { custodyMethods } from './core/custody.contract.ts'
import { deskMethods } from './core/desk.contract.ts'
import { documentMethods } from './core/document.contract.ts'
import { holdingsMethods } from './core/holdings.contract.ts'
import { intakeMethods } from './core/intake.contract.ts'
import { jobsMethods } from './core/jobs.contract.ts'
import { listMethods } from './core/lists.contract.ts'
import { outboxMethods } from './core/outbox.contract.ts'
import { printMethods } from './core/print.contract.ts'
import { queueMethods } from './core/queue.contract.ts'
import { reportsMethods } from './core/reports.contract.ts'
import { rulesMethods } from './core/rules.contract.ts'
import { safetyMethods } from './core/safety.contract.ts'
import { scanMethods } from './core/scan.contract.ts'
import { trayMethods } from './core/tray.contract.ts'
import { settlementMethods } from './core/settlement.contract.ts'
import { updateMethods } from './core/update.contract.ts'

export * from './core/asking.contract.ts'
export * from './core/courier.contract.ts'
export * from './core/custody.contract.ts'
export * from './core/desk.contract.ts'
export * from './core/document.contract.ts'
export * from './core/holdings.contract.ts'
export * from './core/intake.contract.ts'
export * from './core/jobs.contract.ts'
export * from './core/lists.contract.ts'
export * from './core/outbox.contract.ts'
export * from './core/print.contract.ts'
export * from './core/queue.contract.ts'
export * from './core/reports.contract.ts'
export * from './core/rules.contract.ts'
export * from './core/safety.contract.ts'
export * from './core/scan.contract.ts'
export * from './core/tray.contract.ts'
export * from './core/settlement.contract.ts'
export * from './core/update.contract.ts'

export const CORE_PROTOCOL = 1

export const coreContract = {
  ...deskMethods,
  ...safetyMethods,
  ...queueMethods,
  ...outboxMethods,
  ...scanMethods,
  ...trayMethods,
  ...intakeMethods,
  ...documentMethods,
  ...jobsMethods,
  ...listMethods,
  ...printMethods,
  ...courierMethods,
  ...custodyMethods,
  ...settlementMethods,
  ...reportsMethods,
  ...rulesMethods,
  ...holdingsMethods,
  ...askingMethods,
  ...updateMethods,
} as const

export type CoreContract = typeof coreContract

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
