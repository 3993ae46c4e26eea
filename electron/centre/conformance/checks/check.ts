/** What a check is, and the small things all of them use. */
import { randomBytes } from 'node:crypto'
import type { OpResult } from '../../../contract/centre.contract.ts'
import type { Desks } from '../desks.ts'

export interface Check {
  rule: string
  claim: string
  run: (desks: Desks) => Promise<void>
}

/** Thrown by a check that this centre gives no means to make; reported as skipped, with its reason. */
export class Skipped extends Error {}

/** Codes where there are some, outcomes otherwise: enough to compare. */
export const outcomes = (results: OpResult[]) => results.map((result) => result.code ?? result.outcome)

export const some = (bytes: number) => new Uint8Array(randomBytes(bytes))

export const notesOf = (history: { event: string; text: string }[]) =>
  history.filter((entry) => entry.event === 'note').map((entry) => entry.text)
