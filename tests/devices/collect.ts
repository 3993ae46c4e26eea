import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ScanEvent, ScannedPage } from '../../electron/core/scanning/driver.ts'
import { ScanError } from '../../electron/core/scanning/scan-error.ts'

export interface Collected {
  pages: ScannedPage[]
  /** The highest progress seen for each page number. */
  progress: Map<number, number[]>
  end: 'complete' | 'feeder_empty' | null
  error: ScanError | null
}

/** Runs a scan to its end or error; an error that is no ScanError is thrown on. */
export async function collect(
  events: AsyncIterable<ScanEvent>,
  onEvent: (event: ScanEvent) => void | Promise<void> = () => {},
): Promise<Collected> {
  const result: Collected = { pages: [], progress: new Map(), end: null, error: null }
  try {
    for await (const event of events) {
      if (event.type === 'page') result.pages.push(event)
      else if (event.type === 'end') result.end = event.reason
      else result.progress.set(event.page, [...(result.progress.get(event.page) ?? []), event.pct])
      await onEvent(event)
    }
  } catch (error) {
    if (!(error instanceof ScanError)) throw error
    result.error = error
  }
  return result
}

/** A spool folder of its own; `left()` names everything in it, hidden files too. */
export async function spool(): Promise<{ dir: string; left: () => Promise<string[]>; dispose: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'balis-spool-'))
  return {
    dir,
    left: async () => (await readdir(dir)).sort(),
    dispose: () => rm(dir, { recursive: true, force: true }),
  }
}
