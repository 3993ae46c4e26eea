/** What every handler of core works with. Handlers are plain objects of functions, merged in index.ts. */
import type { z } from 'zod'
import type { Db } from '../../db/driver.ts'
import type { DeskViews } from '../../db/desk-views.ts'
import type { Actor } from '../domain/machine/rule.ts'
import type { CoreContract, CoreEvent, Hello, JobView } from '../contract/core.contract.ts'
import type { LibraryRef } from '../contract/centre.contract.ts'
import type { DeskError } from '../contract/errors.ts'
import type { OpArgsOf, OpKind } from '../contract/ops.contract.ts'
import type { Machine } from './fleet/machine.ts'
import type { BlobStore } from './blobs/blob-store.ts'
import type { SettingsStore } from './desk/settings.ts'
import type { SyncEngine } from './sync/engine.ts'
import type { SystemProxy } from './sync/network.ts'
import type { PackageInfo } from './update/package-info.ts'

export interface CoreOptions {
  /** Existing folder with database and blobs. */
  dataDir: string
  /** The folder that was named, where `dataDir` is one inside it. */
  within?: string | undefined
  /** True when the centre, scanner and printer are the simulated ones. */
  rehearsal: boolean
  /** The rehearsal centre, or the centre named on the command line; else the one in the settings. */
  centreUrl?: string
  /** BCP 47, the system's language. */
  locale: string
  /** Folder of pages that the rehearsal scanner plays. */
  rehearsalPages?: string
  /** The proxy that the operating system's settings name for an address. */
  systemProxy?: SystemProxy
  /** What its feeder needs for a page, ms; a real one's time where absent. */
  rehearsalPageMs?: number
  /** False: nothing is synced by itself, `sync.cycle()` does it (tests, command line). */
  autoSync: boolean
  /** What the machine's administrator has set; nothing where absent. */
  machine?: Machine
  version: string
  /** What this package is to updates; null or left out: there is nothing to update here. */
  updates?: PackageInfo | null
  /** The version that did not start, so that this one was started instead. */
  goneBackFrom?: string
}

export interface DeskIdentity {
  id: string
  name: string
  library: LibraryRef
}

export type Topic = CoreEvent['topic']

export interface Events {
  /** Tells every window that a topic changed (batched to one event a topic and 50 ms; pages that come after a pause at once). */
  emit(topic: Topic, id?: string): void
  subscribe(listener: (event: CoreEvent) => void): () => void
}

export interface JobContext {
  /** Aborted by cancel; a job ends soon after. */
  signal: AbortSignal
  report(progress: { done: number; total?: number | null }): void
  /** Waits until a person says to go on. @throws the signal's reason when they say to end instead */
  pause(error: DeskError): Promise<void>
}

export interface JobRegistry {
  /** Runs `body` in the background. A thrown DeskError becomes the job's error. @returns the job's id */
  start(kind: JobView['kind'], requestId: string | null, body: (job: JobContext) => Promise<void>): string
  list(): JobView[]
  /** @throws DeskError not_found */
  cancel(jobId: string): void
  /** Lets a paused job go on. @throws DeskError not_found */
  resume(jobId: string): void
  /** Ends when the job has ended, whatever its outcome. */
  settled(jobId: string): Promise<JobView>
}

/** An action with its arguments of the right kind. */
export interface Act<K extends OpKind = OpKind> {
  objectId: string
  kind: K
  args: OpArgsOf<K>
}

export interface Core {
  db: Db
  blobs: BlobStore
  settings: SettingsStore
  /** Who works at this desk now, null when nobody is signed in. */
  me(): Hello['me']
  /** @throws DeskError not_enrolled */
  desk(): DeskIdentity
  /** Our library's id, '' while the desk is not enrolled. */
  deskLibrary(): string
  /** The desk's id, '' while it is not enrolled. */
  deskId(): string
  /** Who would act now, or null when nobody is signed in (or the desk is not enrolled). */
  actorOrNull(): Actor | null
  /** Requests, bags, manifests and libraries as they are shown: the centre's rows with what staff did on top. */
  views: DeskViews
  /**
   * Commits one action of the signed-in person (rule C1): outbox and audit in one transaction, on the disk when it
   * returns. Intentions that the desk's own rules refuse throw; facts are always taken. Several actions that belong
   * together (open a bag and pack into it) go into one `db.write` of the caller.
   * @throws DeskError action_refused {code}, sign_in_needed, not_found, bad_call
   */
  act<K extends OpKind>(call: Act<K>): { opId: string; heldUntil: number | null }
  sync: SyncEngine
  /** Bytes of a document that the centre has a link to. @throws DeskError offline, portal, link_expired, not_enrolled … */
  document(link: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
  /** Address of the centre, '' while there is none. */
  centreUrl(): string
  events: Events
  jobs: JobRegistry
  /** Milliseconds UTC, corrected by the centre's clock. */
  now(): number
  log: Log
  options: CoreOptions
}

export interface Log {
  info(what: object, text: string): void
  warn(what: object, text: string): void
  error(what: object, text: string): void
}

type Input<K extends keyof CoreContract> = z.output<CoreContract[K]['in']>
type Output<K extends keyof CoreContract> = z.input<CoreContract[K]['out']>

/** One handler per named method, checked against the contract: `scanHandlers(core: Core): Handlers<'scan.start' | …>`. */
export type Handlers<K extends keyof CoreContract> = {
  [M in K]: (input: Input<M>) => Promise<Output<M>> | Output<M>
}
