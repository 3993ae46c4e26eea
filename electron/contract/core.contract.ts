/**
 * What a window may ask of core, one object per method. Each part of the desk has its file
 * in core/; this is their sum.
 *
 * Rules (design: architecture, "Contract between processes"): both sides parse strictly; no exception crosses; no path
 * crosses, files go by id; events only name a topic, the page re-reads what it shows.
 */
import { askingMethods } from './core/asking.contract.ts'
import { courierMethods } from './core/courier.contract.ts'
import { custodyMethods } from './core/custody.contract.ts'
import { documentMethods } from './core/document.contract.ts'
import { listMethods } from './core/lists.contract.ts'
import { outboxMethods } from './core/outbox.contract.ts'
import { printMethods } from './core/print.contract.ts'
import { reportsMethods } from './core/reports.contract.ts'
import { rulesMethods } from './core/rules.contract.ts'
import { safetyMethods } from './core/safety.contract.ts'
import { trayMethods } from './core/tray.contract.ts'
import { settlementMethods } from './core/settlement.contract.ts'
import { firstMethods } from './first.contract.ts'

export * from './first.contract.ts'
export * from './core/asking.contract.ts'
export * from './core/copyright.contract.ts'
export * from './core/courier.contract.ts'
export * from './core/custody.contract.ts'
export * from './core/desk.contract.ts'
export * from './core/document.contract.ts'
export * from './core/holdings.contract.ts'
export * from './core/intake.contract.ts'
export * from './core/jobs.contract.ts'
export * from './core/lists.contract.ts'
export * from './core/outbox.contract.ts'
export * from './core/pause.contract.ts'
export * from './core/print.contract.ts'
export * from './core/queue.contract.ts'
export * from './core/reports.contract.ts'
export * from './core/rules.contract.ts'
export * from './core/safety.contract.ts'
export * from './core/scan.contract.ts'
export * from './core/tray.contract.ts'
export * from './core/settlement.contract.ts'
export * from './core/update.contract.ts'

export const coreContract = {
  ...firstMethods,
  ...safetyMethods,
  ...outboxMethods,
  ...trayMethods,
  ...documentMethods,
  ...listMethods,
  ...printMethods,
  ...courierMethods,
  ...custodyMethods,
  ...settlementMethods,
  ...reportsMethods,
  ...rulesMethods,
  ...askingMethods,
} as const

export type CoreContract = typeof coreContract
