/** What is kept of a person who signed in at this desk (table meta). */
import type { Hello } from '../../electron/contract/core.contract.ts'

/** scrypt, both as hex. */
export interface Secret {
  salt: string
  hash: string
}
export interface KnownPerson {
  me: NonNullable<Hello['me']>
  staffToken: string
  /** ms UTC: when the centre was last asked for the password, and how long its word holds. */
  signedInAt: number
  offlineUntil: number
  password: Secret
  pin: Secret | null
  /** Wrong PINs or passwords in a row. */
  wrong: number
}
