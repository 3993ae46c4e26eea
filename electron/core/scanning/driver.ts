/**
 * The one interface every scanner stands behind, whatever carries it (SANE, eSCL, a watched folder, NAPS2, the rehearsal).
 *
 * Rules every driver keeps, and the contract tests check:
 * 1. A page lies in the spool folder, fsynced and under its final name, before its event is given out.
 * 2. Pages given out before an error stay; the job goes on with `firstSeq` = the last page's seq + 1.
 * 3. Nothing half-written is left in the spool folder, not after an error and not after a cancel.
 * 4. Every failure is a `ScanError` of the closed list; after `signal` aborts it is `cancelled`.
 * 5. An empty feeder at the start is the error `no_documents`; one that empties after pages is the end `feeder_empty`.
 */

export type ScanSource = 'flatbed' | 'feeder' | 'feeder_duplex'
export type ScanMode = 'lineart' | 'grey' | 'colour'

/** A part of the glass or of the sheet; millimetres from its top left corner. */
export interface ScanArea {
  x: number
  y: number
  width: number
  height: number
}

export interface ScannerInfo {
  /** `<driver id>:<the driver's own name of the device>`; stable as long as the device keeps its address. */
  id: string
  driver: string
  /** What a person calls it: maker and model, or the name its owner gave it. */
  name: string
  connection: 'usb' | 'network' | 'folder' | 'virtual' | 'unknown'
}

/** Resolutions in dpi: a list, or a range with a step. */
export type DpiChoice = { values: number[] } | { min: number; max: number; step: number }

export interface SourceCapabilities {
  source: ScanSource
  modes: ScanMode[]
  dpi: DpiChoice
  /** The largest area in millimetres, or null where the device does not say. */
  maxArea: { width: number; height: number } | null
}

export interface ScannerCapabilities {
  sources: SourceCapabilities[]
  /** Names of device settings that `ScanRequest.options` may carry. */
  options: string[]
}

export interface ScanRequest {
  scannerId: string
  source: ScanSource
  mode: ScanMode
  /** Wanted resolution; a device without it takes its nearest, and the page says which. */
  dpi: number
  /** Millimetres; absent = everything the source can see. A larger area than the device has is cut to what it has. */
  area?: ScanArea
  /** Folder for the pages; it exists, and the driver is alone in writing to it during the job. */
  spoolDir: string
  /** Number of the first page of this job; later pages count on. */
  firstSeq: number
  /** Stop after so many pages though the feeder has more (rescan of one page); absent = until it is empty. */
  maxPages?: number
  /** Settings of this one device by the device's own names; unknown names are refused as `unsupported`. */
  options?: Record<string, string>
}

export interface ScanProgress {
  type: 'progress'
  /** 0 to 100 within the page on the way. */
  pct: number
  /** The seq the page on the way will get. */
  page: number
}

export interface ScannedPage {
  type: 'page'
  path: string
  mime: ScanMime
  /** As the file says, else as asked for. */
  dpi: number
  side: 'front' | 'back'
  seq: number
  /** Pixels; 0 for a PDF, whose pages are opened in the page workers only. */
  width: number
  height: number
  bytes: number
}

export type ScanMime = 'image/png' | 'image/jpeg' | 'image/tiff' | 'application/pdf'

export interface ScanEnd {
  type: 'end'
  reason: 'complete' | 'feeder_empty'
}

export type ScanEvent = ScanProgress | ScannedPage | ScanEnd

export interface ScannerDriver {
  readonly id: string
  /** True where asking for the list would disturb a scan that runs through the same driver. */
  readonly listDisturbsScans?: boolean
  /** Whether the driver can work at all on this computer; never throws. */
  availability(signal: AbortSignal): Promise<'ready' | 'not_installed'>
  /** Devices present now; empty where the driver is not installed. Errors: `ScanError`. */
  list(signal: AbortSignal): Promise<ScannerInfo[]>
  /** What one device can do. Errors: `ScanError`, `offline` when it is gone. */
  capabilities(scannerId: string, signal: AbortSignal): Promise<ScannerCapabilities>
  /** Runs one job; see the rules above. */
  scan(request: ScanRequest, signal: AbortSignal): AsyncIterable<ScanEvent>
}

/** The driver's own name of a device out of a scanner id. */
export function nativeId(scannerId: string): string {
  return scannerId.slice(scannerId.indexOf(':') + 1)
}

/** The supported resolution nearest to the wanted one; on a tie the finer one. */
export function nearestDpi(choice: DpiChoice, wanted: number): number {
  if ('values' in choice) {
    if (choice.values.length === 0) return wanted
    return choice.values.reduce((best, v) => {
      const closer = Math.abs(v - wanted) - Math.abs(best - wanted)
      return closer < 0 || (closer === 0 && v > best) ? v : best
    })
  }
  const step = choice.step > 0 ? choice.step : 1
  const clamped = Math.min(choice.max, Math.max(choice.min, wanted))
  return Math.min(choice.max, choice.min + Math.round((clamped - choice.min) / step) * step)
}
