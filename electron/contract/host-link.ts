/**
 * What main and the processes it hosts (core, the rehearsal centre, workers) say to each other. Both ends are ours and
 * ship together, so this is typed, not parsed. Everything is plain JSON: one of the two hosts carries text.
 */
import type { ErrorCode, ErrorParams } from './errors.ts'
import type { Refusal } from './main.contract.ts'

/** How this desk was installed. */
export type PackageKind = 'deb' | 'appimage' | 'nsis' | 'dmg'

/** How core is to open. */
export interface CoreInit {
  /** The folder with database and blobs. */
  readonly dataDir: string
  /** The folder that was named, where `dataDir` is one inside it: what may not be a data folder may not hold one. */
  readonly within?: string
  /** True when the desk plays an own centre, scanner and printer. */
  readonly rehearsal: boolean
  /** Where the rehearsal centre listens, or will in a moment; or the centre named on the command line. */
  readonly centreUrl?: string
  /** BCP 47, the system's language. */
  readonly locale: string
  /** Where the administrator's settings lie, when not in their usual place. */
  readonly machineFile?: string | undefined
  /** To be done before opening. */
  readonly restore?: RestoreOrder
  /** Left out: run from source. */
  readonly packageKind?: PackageKind
  /** The version that did not start, so that this one was started instead. */
  readonly goneBackFrom?: string
}

/** What a person decided about a database that cannot be opened. */
export interface RestoreOrder {
  /** Id of the backup to put in place, `latest`, or none. */
  readonly backup?: string | undefined
  /** As it was written down. */
  readonly recoveryKey?: string | undefined
}

/** A file the person chose or dropped; the page only ever learns the id. */
export interface GrantedFile {
  readonly id: string
  readonly path: string
  readonly name: string
  readonly bytes: number
}

/** Where main finds the bytes of `app://desk/blob/<id>`. */
export interface BlobPlace {
  readonly path: string
  /** Media type, such as image/png or application/pdf. */
  readonly type: string
}

/** A package on this disk, held against its signed feed; or why nothing is installed now. */
export type ReadyUpdate =
  | { readonly ok: true; readonly path: string; readonly version: string }
  | { readonly ok: false; readonly code: ErrorCode; readonly params: ErrorParams }

/** Programs that run as workers; their sources are listed in core/host/workers.ts and build/compile/entries.mjs. */
export type WorkerEntry = 'document'
export interface WorkerOrder {
  readonly entry: WorkerEntry
  /** Limit of the worker's JavaScript heap, MB. */
  readonly heapMb: number
}

/**
 * How core's Node is started. Rows of a long feed die young, and V8 would double its nursery to 134 MB for them; 24 MB
 * cost a few per cent more time. A small heap may grow to four times its size before what has died in it is looked for:
 * here by three quarters, which takes 30 MB off the peak of a first sync and no time that can be measured.
 */
export const CORE_FLAGS: readonly string[] = ['--max-semi-space-size=8', '--heap-growing-percent=75']

/**
 * How a worker's Node is started. V8 begins with so small a heap that one page's buffers make it search all of it, once a
 * page; it may grow this far before it does.
 */
export const workerFlags = (heapMb: number): string[] => [
  `--max-old-space-size=${heapMb}`,
  '--initial-heap-size=128',
  '--min-semi-space-size=4',
]

/**
 * What the allocator of core is told (glibc, mallopt(3); others ignore it): one arena, and large buffers given back to the
 * system as soon as they are free.
 */
export const CORE_ALLOCATOR: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '1048576',
}

/**
 * The same for workers: one arena, without which two of them keep twice the memory they use, and of what a page needed so much
 * kept as the next one needs again; the system takes a tenth of a page's time to give it anew.
 */
export const WORKER_ALLOCATOR: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '33554432',
  MALLOC_TRIM_THRESHOLD_: '33554432',
}

/** Questions by name: `[what is sent, what comes back]`. */
export interface AskCore {
  /** null when core does not know the id. */
  blob: [{ id: string }, BlobPlace | null]
  /** The package that may be installed now; a code says why none may. */
  readyUpdate: [null, ReadyUpdate]
}
export interface AskMain {
  /** Answered with the worker's number; its port follows as a `worker` message. */
  forkWorker: [WorkerOrder, { worker: number; pid: number }]
  killWorker: [{ worker: number }, null]
  /** What the operating system says about the way to an address: a proxy's address, or null for none. */
  systemProxy: [{ url: string }, string | null]
  /** Printers set up in the operating system. */
  systemPrinters: [null, readonly SystemPrinter[]]
  /** Prints pages (an HTML file of ours, without script) without a dialog. */
  systemPrint: [SystemPrintOrder, { ok: boolean; reason: string }]
}

export interface SystemPrinter {
  readonly name: string
  readonly displayName: string
  readonly description: string
}
export interface SystemPrintOrder {
  readonly printer: string
  readonly path: string
  readonly copies: number
  readonly sides: 'one-sided' | 'two-sided-long-edge' | 'two-sided-short-edge'
  /** Paper; left out: the printer's own. */
  readonly widthMm?: number
  readonly heightMm?: number
}
/** The operating system's printing, as core sees it. */
export interface SystemPrinting {
  printers(): Promise<readonly SystemPrinter[]>
  print(order: SystemPrintOrder): Promise<{ ok: boolean; reason: string }>
}

/** Told without an answer. */
export type NoticeToCore =
  | { readonly topic: 'file'; readonly file: GrantedFile }
  /** The rehearsal centre listens now. */
  | { readonly topic: 'centre'; readonly url: string }
  /** The machine woke up or the network came back: a good moment to try. */
  | { readonly topic: 'awake' }

export type Ask = { readonly type: 'ask'; readonly id: number; readonly what: string; readonly params: unknown }
export type Told = { readonly type: 'told'; readonly id: number; readonly ok: boolean; readonly data: unknown }
/** A window's port: `port` messages open, carry and close it. With a real port only the opening travels. */
export type PortOpen = { readonly type: 'port'; readonly port: number }
export type PortData = { readonly type: 'port-data'; readonly port: number; readonly message: unknown }
export type PortClose = { readonly type: 'port-close'; readonly port: number }

export type ToCore =
  | { readonly type: 'init'; readonly init: CoreInit }
  | { readonly type: 'notice'; readonly notice: NoticeToCore }
  | { readonly type: 'worker'; readonly worker: number }
  | { readonly type: 'worker-exit'; readonly worker: number; readonly code: number }
  | { readonly type: 'end' }
  | Ask
  | Told
  | PortOpen
  | PortData
  | PortClose

export type FromCore =
  | { readonly type: 'ready' }
  /** Core cannot open at all, and why; starting it again would not help. */
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | Ask
  | Told
  | PortData
  | PortClose

/** The one line a centre process prints when it listens. */
export interface CentreListening {
  readonly listening: string
}
