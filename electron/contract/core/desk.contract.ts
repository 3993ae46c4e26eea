/** The desk itself: enrolment, people, status line, counts, settings, health. */
import * as z from 'zod'
import { LibraryRef } from '../request-words.ts'
import { ErrorParams } from '../errors.ts'
import { Id, Millis, ShortText, StaffRole, Uuid } from '../words.ts'
import { empty, done } from './basics.ts'
import { ScannerInfo, ScanProfile } from './scan-profile.ts'
import { DocumentOptions, ReceivedPolicy, StampLayout } from './document.contract.ts'
import { CatalogueTarget } from './catalogue-target.ts'
import { QueueColumns, SavedView } from './queue.contract.ts'
import { PrinterInfo, printSettings } from './print-settings.ts'

export const Connection = z.enum(['online', 'offline', 'portal', 'sign_in', 'protocol', 'not_enrolled'])
export const StatusLine = z.strictObject({
  connection: Connection,
  /** Since when the connection is as it is. */
  since: Millis,
  /** With `protocol`: the centre is older than this program; otherwise this program must be updated. */
  centreBehind: z.boolean(),
  lastSyncAt: Millis.nullable(),
  syncing: z.boolean(),
  /** Rows applied / expected during a first sync. */
  firstSync: z.strictObject({ rows: z.int() }).nullable(),
  waiting: z.strictObject({ ops: z.int(), files: z.int(), bytes: z.int() }),
  held: z.int(),
  refused: z.int(),
  /** Done offline, would be refused now: not sent until a person decides. */
  toDecide: z.int(),
  quarantined: z.int(),
  clockSkewMs: z.int().nullable(),
  scanner: z.strictObject({ name: ShortText, state: ScannerInfo.shape.state }).nullable(),
  printer: z.strictObject({ name: ShortText, state: PrinterInfo.shape.state, reasons: z.array(z.string()) }).nullable(),
  printWaiting: z.int(),
  keyStore: z.enum(['system', 'file']),
})
export type StatusLine = z.infer<typeof StatusLine>

export const Counts = z.strictObject({
  all: z.int(),
  mine: z.int(),
  new: z.int(),
  urgent: z.int(),
  loan: z.int(),
  copy: z.int(),
  pull: z.int(),
  scan: z.int(),
  loanDesk: z.int(),
  /** Readers who wait for an answer, and notices nobody has read. */
  asking: z.int(),
  courier: z.int(),
  refused: z.int(),
  /** Bundles of pages in the unclaimed tray. */
  tray: z.int(),
  late: z.int(),
  today: z.int(),
})
export type Counts = z.infer<typeof Counts>

/** `202.112.0.0/16`, `2001:da8::/32`. */
export const AddressRange = z.union([z.cidrv4(), z.cidrv6()])

/** The tasks one goes through in rehearsal: which is gone through now, where each was begun, what was done. */
export const Practice = z.strictObject({
  now: z.string().max(20).nullable(),
  begun: z.record(
    z.string().max(20),
    z.strictObject({
      /** The newest operation when it was begun: what counts came after it. */
      after: Uuid.nullable(),
      /** What was found in the window itself, which no operation tells. */
      seen: z.array(z.string().max(20)).max(10),
    }),
  ),
  done: z.array(z.string().max(20)).max(20),
})
export type Practice = z.infer<typeof Practice>

/** How this desk reaches its centre. */
export const NetworkSettings = z.strictObject({
  /** Uploads take no more of the line than this, kB/s; null = no limit. */
  uploadKBps: z.int().min(16).max(1_000_000).nullable(),
  /** '' = as the system says, `none`, or a proxy's address. */
  proxy: z.union([
    z.enum(['', 'none']),
    z
      .string()
      .max(300)
      .regex(/^https?:\/\/[^\s/]+\/?$/, 'expected an address such as http://proxy.example:3128'),
  ]),
  /** A certificate authority beside the usual ones. */
  ca: z.strictObject({ pem: z.string().max(400_000), name: ShortText, until: Millis }).nullable(),
})
export type NetworkSettings = z.infer<typeof NetworkSettings>

export const Settings = z.strictObject({
  language: z.enum(['zh-CN', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['normal', 'compact']),
  /** Stronger lines and text, and no movement: as the system says, or always. */
  contrast: z.enum(['system', 'more']),
  motion: z.enum(['system', 'none']),
  centreUrl: z.string().max(300),
  network: NetworkSettings,
  holdSeconds: z.int().min(0).max(30),
  scan: ScanProfile.nullable(),
  /** The profile used last for each scanner and kind of work. */
  scanProfiles: z.array(ScanProfile).max(40),
  /** Key that a foot pedal sends, as a chord (`F13`, `Ctrl+S`); '' for none. It scans. */
  pedalKey: z.string().max(30),
  /** Days after a request's end for which its pages are kept. */
  keepPagesDays: z.int().min(0).max(3650),
  /** Addresses of network scanners typed in by hand (eSCL). */
  scannerAddresses: z.array(z.string().max(300)).max(20),
  /** Public addresses that belong to the house, as ranges; devices are looked for in private ones anyway. */
  houseRanges: z.array(AddressRange).max(20),
  /** The printer on loopback that other programs print into the desk with. */
  printIntoDesk: z.strictObject({ on: z.boolean(), port: z.int().min(1024).max(65_535) }),
  printerId: z.string().max(300).nullable(),
  printerAddresses: z.array(z.string().max(300)).max(20),
  ...printSettings,
  document: DocumentOptions,
  receivedPdf: ReceivedPolicy,
  stampLayouts: z.array(StampLayout).max(30),
  /** Times between keys of a barcode scanner, ms (design: devices, "Keyboard wedge"). */
  wedgeMaxGapMs: z.int().min(10).max(500),
  sounds: z.boolean(),
  /** Minutes without a key or a mouse until the window is locked; 0 = never. */
  lockMinutes: z.int().min(0).max(480),
  /** Days for which a person known here may sign in without the centre; the centre's own limit holds as well. */
  offlineSignInDays: z.int().min(0).max(90),
  /** Days after a request's end for which its reader's data are kept. */
  purgeDays: z.int().min(1).max(3650),
  /** Catalogues that are asked: our own, and those of other members. */
  catalogues: z.array(CatalogueTarget).max(120),
  queueColumns: QueueColumns,
  queueViews: z.array(SavedView).max(40),
  /** True once somebody has put the first steps away. */
  introduced: z.boolean(),
  practice: Practice,
  /** The version whose changes were put away; '' before any was. */
  seenVersion: ShortText,
  /** Keys a person chose: chord by command, '' = none. What is not there has its usual key. */
  shortcuts: z.record(z.string().max(40), z.string().max(40)),
})
export type Settings = z.infer<typeof Settings>

/** Where this desk's data go, how long they stay, who gets in without the centre: a supervisor's to change. */
export const SUPERVISOR_SETTINGS = [
  'centreUrl',
  'network',
  'lockMinutes',
  'offlineSignInDays',
  'purgeDays',
] as const satisfies readonly (keyof Settings)[]

export const Me = z.strictObject({ id: Id, name: ShortText, role: StaffRole })
export const Hello = z.strictObject({
  protocol: z.int(),
  version: ShortText,
  rehearsal: z.boolean(),
  desk: z.strictObject({ id: Id, name: ShortText, library: LibraryRef }).nullable(),
  me: Me.nullable(),
  /** Locked: everything but signing in is refused. */
  locked: z.boolean(),
  /** The centre does not know this device any more: it must be enrolled again. */
  enrolAgain: z.boolean(),
  settings: Settings,
  /** Names of settings that only the administrator of this machine changes. */
  managed: z.array(z.string().max(40)).max(200),
})
export type Hello = z.infer<typeof Hello>

export const deskMethods = {
  'app.hello': { in: z.strictObject({ protocol: z.int() }), out: Hello },
  'status.get': { in: empty, out: StatusLine },
  'counts.get': { in: empty, out: Counts },
  'settings.get': { in: empty, out: Settings },
  'settings.set': { in: Settings.partial(), out: Settings },
  /** Trusts the certificate authority in a file the person chose. */
  'network.trust': { in: z.strictObject({ fileId: Uuid }), out: z.strictObject({ name: ShortText, until: Millis }) },
  'desk.enrol': {
    in: z.strictObject({ url: z.string().max(300), code: ShortText, deskName: ShortText }),
    out: LibraryRef,
  },
  'desk.signIn': { in: z.strictObject({ staff: Id, password: z.string().min(1).max(200) }), out: Me },
  'desk.signOut': { in: empty, out: done },
  /** `pin`: has one here that works now. */
  'desk.staff': { in: empty, out: z.array(Me.extend({ pin: z.boolean() })) },
  'libraries.list': {
    in: empty,
    out: z.array(z.strictObject({ id: Id, name: ShortText, nameEn: ShortText, code: ShortText, route: ShortText })),
  },
  'doctor.run': {
    in: empty,
    out: z.array(
      z.strictObject({ check: z.string().max(40), ok: z.boolean(), code: z.string().max(60), params: ErrorParams }),
    ),
  },
} as const
