/** What a window may ask of main: the shell's own few things. Work is core's. */
import * as z from 'zod'
import { ErrorCode, ErrorParams } from './errors.ts'
import { BackupView, ShortText, Uuid } from './words.ts'

export const MAIN_PROTOCOL = 1

const empty = z.strictObject({})
const done = z.strictObject({ ok: z.literal(true) })

/** A file the person chose or dropped. The page knows it by id only; main tells core the path. */
export const ChosenFile = z.strictObject({ id: Uuid, name: ShortText, bytes: z.int().min(0) })
export type ChosenFile = z.infer<typeof ChosenFile>
const chosen = z.strictObject({ files: z.array(ChosenFile).max(500) })

export const CoreState = z.enum(['starting', 'running', 'restarting', 'failed'])
export type CoreState = z.infer<typeof CoreState>

/** Why core cannot open, such as `database_newer` or `data_folder_in_use`; null when it died without a word. */
export const Refusal = z.strictObject({
  code: ErrorCode,
  params: ErrorParams,
  /** Where a backup may mend it: those there are, newest first. */
  backups: z.array(BackupView).max(50).optional(),
})
export type Refusal = z.infer<typeof Refusal>

export const AppInfo = z.strictObject({
  version: ShortText,
  electron: ShortText,
  chromium: ShortText,
  platform: ShortText,
  /** `rehearsal` runtimes are for development, tests and demonstration only. */
  runtime: z.enum(['official', 'rehearsal']),
  /** True when the app plays an own centre, scanner and printer. */
  rehearsal: z.boolean(),
  locale: ShortText,
  /** Size of everything, 1 = 100 %, as it was left. */
  zoom: z.number(),
  /** Whether a second window stands on another screen. */
  second: z.boolean(),
  core: CoreState,
  refusal: Refusal.nullable(),
  /** This window's page ended by itself and was drawn anew, ms UTC of this machine; null when it did not. */
  pageLostAt: z.int().nullable(),
})
export type AppInfo = z.infer<typeof AppInfo>

/** A place of the window by its name, and the object open there. */
const Spot = z.strictObject({ place: z.string().regex(/^[a-z]{1,20}$/), open: z.string().max(80).nullable() })

export const Theme = z.enum(['system', 'light', 'dark'])
/** Groups of file types in the open dialog. */
export const FileKind = z.enum(['pages', 'pdf', 'table', 'any'])

export const mainContract = {
  'app.info': { in: empty, out: AppInfo },
  /** Ends the app and starts it again, as after a change that needs it. */
  'app.relaunch': { in: empty, out: done },
  /** Leaves rehearsal for work with a real centre, or goes back: another data folder, so the app starts again. */
  'app.setRehearsal': { in: z.strictObject({ rehearsal: z.boolean() }), out: done },
  /** Installs the version that lies ready, and starts it. Refused while something would be interrupted. */
  'update.install': { in: empty, out: done },
  /** Tries core again after it failed too often. */
  'core.restart': { in: empty, out: done },
  /** Ends core, takes the recovery key if one was typed, puts the backup in place if one was chosen, and starts again. */
  'core.recover': {
    in: z.strictObject({ backup: z.string().max(40).optional(), recoveryKey: z.string().max(200).optional() }),
    out: done,
  },
  'files.open': { in: z.strictObject({ kind: FileKind, multiple: z.boolean() }), out: chosen },
  /** A folder to be watched; core knows the path. Null when the person thought better of it. */
  'files.chooseFolder': {
    in: empty,
    out: z.strictObject({ folder: z.strictObject({ id: Uuid, name: ShortText }).nullable() }),
  },
  /** Saves a copy of a blob where the person says; `saved` is false when they thought better of it. */
  'files.save': {
    in: z.strictObject({ blob: z.string().min(1).max(80), name: ShortText.min(1) }),
    out: z.strictObject({ saved: z.boolean() }),
  },
  /** Shows the folder with database and files in the system's file manager. */
  'files.showData': { in: empty, out: done },
  'view.theme': { in: z.strictObject({ theme: Theme }), out: done },
  /** The window's language, for the engine's own parts (date fields) from the next start on. */
  'view.language': { in: z.strictObject({ language: z.enum(['zh-CN', 'en']) }), out: done },
  /** The hand-off screen is shown: the page may ask for the camera until it says it is gone. */
  'view.camera': { in: z.strictObject({ on: z.boolean() }), out: done },
  'view.zoom': { in: z.strictObject({ factor: z.number().min(0.5).max(3) }), out: done },
  /** Opens the second window at a place, or takes it there; null closes it. */
  'window.second': { in: z.strictObject({ at: Spot.nullable() }), out: done },
  'window.control': {
    in: z.strictObject({ action: z.enum(['minimise', 'maximise', 'fullscreen', 'close']) }),
    out: done,
  },
} as const

export type MainContract = typeof mainContract

export const MainEvent = z.discriminatedUnion('topic', [
  z.strictObject({ topic: z.literal('core'), state: CoreState, refusal: Refusal.nullable() }),
  z.strictObject({ topic: z.literal('second'), open: z.boolean() }),
  /** The other window sends this one to a place. */
  z.strictObject({ topic: z.literal('go'), ...Spot.shape }),
])
export type MainEvent = z.infer<typeof MainEvent>
