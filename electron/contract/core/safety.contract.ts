/** What keeps the desk's data: backups, recovery key, audit trail, readers' data, PINs, the support bundle. */
import * as z from 'zod'
import { ErrorCode } from '../errors.ts'
import { BackupView, Id, Millis, Sha256, ShortText, Uuid } from '../words.ts'
import { done, empty } from './basics.ts'
import { Me } from './desk.contract.ts'

export const SafetyView = z.strictObject({
  backup: z.strictObject({
    /** How the last one went; `code` null when it is whole. */
    last: z.strictObject({ at: Millis, code: ErrorCode.nullable(), missing: z.int() }).nullable(),
    /** Name of the second place, null when there is none. */
    place: ShortText.nullable(),
    backups: z.array(BackupView).max(50),
  }),
  lastRestore: z
    .strictObject({ at: Millis, from: Millis, outcome: z.enum(['all', 'some', 'none']), rows: z.int() })
    .nullable(),
  /** `toShow`: a supervisor has not written it down yet. */
  recoveryKey: z.enum(['toShow', 'kept']),
  lastPurge: z.strictObject({ at: Millis, requests: z.int() }).nullable(),
  /** Whether the person at the desk has a PIN here. */
  pin: z.boolean(),
})
export type SafetyView = z.infer<typeof SafetyView>

/** Digits; what is too easy to guess is refused by core. */
export const Pin = z.string().regex(/^\d{4,12}$/)

export const safetyMethods = {
  'safety.get': { in: empty, out: SafetyView },
  'backup.make': { in: empty, out: BackupView },
  /** A folder the person chose for the second place; null for none. */
  'backup.place': { in: z.strictObject({ folderId: Uuid.nullable() }), out: done },
  /** Everything this desk knows as readable files, into a folder the person chose. Supervisors only. */
  'backup.export': {
    in: z.strictObject({ folderId: Uuid }),
    out: z.strictObject({ name: ShortText, rows: z.int(), files: z.int(), missing: z.int() }),
  },
  /** Until a supervisor says it is written down. */
  'recovery.show': { in: empty, out: z.strictObject({ key: z.string().max(100) }) },
  'recovery.kept': { in: empty, out: done },
  'audit.verify': {
    in: empty,
    out: z.strictObject({ entries: z.int(), broken: z.int().nullable(), anchors: z.int() }),
  },
  /** The whole trail as a file. */
  'support.bundle': { in: empty, out: z.strictObject({ blob: Sha256 }) },
  /** Lets readers' data of long ended requests go now; else it happens by itself every day. */
  'privacy.purge': { in: empty, out: z.strictObject({ requests: z.int() }) },
  /** The password proves that it is their own PIN, not one that somebody else leaves at a desk found open. */
  'desk.setPin': {
    in: z.union([
      z.strictObject({ pin: Pin, password: z.string().min(1).max(200) }),
      z.strictObject({ pin: z.null() }),
    ]),
    out: done,
  },
  'desk.signInPin': { in: z.strictObject({ staff: Id, pin: Pin }), out: Me },
  /** Covers the window until somebody signs in; work that is running goes on. */
  'desk.lock': { in: empty, out: done },
} as const
