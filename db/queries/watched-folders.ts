/** The folders this desk watches. Their paths came from the system's own dialog and never leave core. */
import type { Db } from '../driver.ts'
import { getMeta, setMeta } from './meta.ts'

export interface WatchedFolderRow {
  id: string
  path: string
  /** `auto`: taken in as files come; `scan`: listed as a scanner, taken in when somebody scans. */
  how: 'auto' | 'scan'
  /** What of a file's path names its request. */
  naming: 'folder' | 'file' | 'none'
  /** Where a file goes that names none. */
  otherwise: 'desk' | 'tray'
  /** What becomes of a file that was taken in. */
  taken: 'remove' | 'keep'
}

export function watchedFolders(db: Db): WatchedFolderRow[] {
  return getMeta(db, 'watchedFolders') ?? []
}

export function keepWatchedFolders(db: Db, folders: WatchedFolderRow[]): void {
  setMeta(db, 'watchedFolders', folders)
}
