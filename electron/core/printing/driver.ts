/** What every kind of printer can do for the desk. Source: 5-devices.md section 8. */

/** Bytes or a file to print, and the name people see in the printer's list. */
export type PrintDocument = ({ path: string } | { bytes: Uint8Array }) & { mime: string; name: string }

export interface PrintOptions {
  copies?: number
  sides?: 'one-sided' | 'two-sided-long-edge' | 'two-sided-short-edge'
  /** A PWG 5101.1 self-describing name, for instance `iso_a4_210x297mm`. */
  media?: string
  /** A tray, as the printer names it (media-source). */
  source?: string
}

/** A printer somebody could choose. `id` is stable for the driver. */
export interface PrinterInfo {
  id: string
  name: string
  kind: 'network' | 'queue' | 'folder' | 'raw' | 'system'
  uri: string
}

export interface MediaSize {
  /** PWG 5101.1 name. */
  name: string
  widthMm: number
  heightMm: number
  /** Loaded now. */
  ready: boolean
}

export interface PrinterCapabilities {
  makeAndModel: string
  formats: string[]
  media: MediaSize[]
  mediaDefault: string | undefined
  sources: string[]
  /** Dots per inch, lowest first. */
  dpi: number[]
  sides: string[]
  copiesMax: number
  colour: boolean
  accepting: boolean
  state: 'idle' | 'printing' | 'stopped' | 'unknown'
  /** Why a person should go and look, without severity suffix; empty when all is well. */
  attention: string[]
  /** Printable width and height in mm where they are fixed: receipt and label printers. */
  widthMm?: number
  heightMm?: number
  /** A queue of this computer: its "completed" only means that the bytes were handed on (5-devices.md section 6b). */
  queue: boolean
}

/** A job a driver can find again after a restart; plain data, kept in the print ledger. */
export interface JobRef {
  driver: string
  printerId: string
  jobId: string
  name: string
}

export type PrintStateName = 'handed_over' | 'printing' | 'needs_attention' | 'completed' | 'aborted' | 'cancelled'

export interface PrintState {
  state: PrintStateName
  /** Why, as keywords: `media-empty`, `media-jam`, `unreachable`, `job-forgotten`, `queue-completed`, ... */
  reasons: string[]
  /** The printer's own words. */
  message?: string
  /** Sides printed so far, where the printer tells. */
  impressions?: number
  /** Nothing more will come. `handed_over` with `final` is "not confirmed": nobody can say that paper came out. */
  final: boolean
}

/** Errors are PrintError (errors.ts) or the signal's reason. */
export interface PrinterDriver {
  readonly id: string
  list(signal?: AbortSignal): Promise<PrinterInfo[]>
  capabilities(printerId: string, signal?: AbortSignal): Promise<PrinterCapabilities>
  /** Hands the document over once. An error with `uncertain` must not be answered by sending it again unasked. */
  submit(printerId: string, document: PrintDocument, options: PrintOptions, signal?: AbortSignal): Promise<JobRef>
  /** States as they change, ending with one that is `final`. */
  watch(job: JobRef, signal?: AbortSignal): AsyncIterable<PrintState>
  cancel(job: JobRef, signal?: AbortSignal): Promise<void>
  /** What can be said of a printer without asking it, where that is enough to lay slips out for it. */
  known?(printerId: string): PrinterCapabilities | undefined
  /** The job of that name, if the printer still knows it: whether a document of which no answer came has arrived. */
  findByName?(printerId: string, name: string, signal?: AbortSignal): Promise<JobRef | undefined>
  /** The jobs that the printer itself remembers, newest first. */
  history?(printerId: string, signal?: AbortSignal): Promise<RememberedJob[]>
}

export interface RememberedJob {
  jobId: string
  name: string
  state: PrintStateName
}
