import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobRef, PrintDocument, PrinterCapabilities, PrinterDriver, PrinterInfo, PrintState } from './driver.ts'
import { PrintError } from './errors.ts'

/** A "printer" that keeps PDFs in a folder: for desks without a printer, for archives and for tests. */
export interface PdfFolder {
  id: string
  name: string
  folder: string
}

/** A file name that every system takes: no path, no reserved sign, at most 80 characters. */
export function safeFileName(name: string): string {
  const kept = name.normalize('NFC').replace(/[\p{C}\\/:*?"<>|]+/gu, '_')
  return (
    [...kept]
      .slice(0, 80)
      .join('')
      .replace(/^[. ]+|[. ]+$/g, '') || 'document'
  ).trim()
}

/** Saves documents as `<time>-<name>.pdf`; a file that stands in the folder is complete (written aside, synced, renamed). */
export class PdfFileDriver implements PrinterDriver {
  readonly id = 'pdf'
  readonly #folders: () => readonly PdfFolder[]
  readonly #now: () => number

  constructor(folders: () => readonly PdfFolder[], now: () => number = Date.now) {
    this.#folders = folders
    this.#now = now
  }

  async list(): Promise<PrinterInfo[]> {
    return this.#folders().map(({ id, name, folder }) => ({ id, name, kind: 'folder', uri: folder }))
  }

  async capabilities(printerId: string): Promise<PrinterCapabilities> {
    this.#folder(printerId)
    return {
      makeAndModel: 'PDF',
      formats: ['application/pdf'],
      media: [],
      mediaDefault: undefined,
      sources: [],
      dpi: [],
      sides: ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'],
      copiesMax: 999,
      colour: true,
      accepting: true,
      state: 'idle',
      attention: [],
      queue: false,
    }
  }

  async submit(printerId: string, document: PrintDocument): Promise<JobRef> {
    const { folder } = this.#folder(printerId)
    if (document.mime !== 'application/pdf') throw new PrintError('unsupported_media', { detail: document.mime })
    const stamp = new Date(this.#now()).toISOString().replace(/[-:]/g, '').slice(0, 15)
    const base = `${stamp}-${safeFileName(document.name)}`
    try {
      await mkdir(folder, { recursive: true })
      for (let n = 1; ; n++) {
        const file = n === 1 ? `${base}.pdf` : `${base}-${n}.pdf`
        // Claims the name; two documents of one second never overwrite each other.
        const claim = await open(join(folder, file), 'wx').catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') return undefined
          throw error
        })
        if (!claim) continue
        await claim.close()
        await this.#write(document, join(folder, file))
        return { driver: this.id, printerId, jobId: file, name: document.name }
      }
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException
      throw new PrintError('unknown', { detail: code ?? message, cause })
    }
  }

  async *watch(job: JobRef): AsyncIterable<PrintState> {
    const there = await stat(join(this.#folder(job.printerId).folder, safeFileName(job.jobId))).catch(() => undefined)
    yield { state: there ? 'completed' : 'cancelled', reasons: there ? [] : ['file-gone'], final: true }
  }

  /** Removes the file, as taking paper out of the tray would. */
  async cancel(job: JobRef): Promise<void> {
    await rm(join(this.#folder(job.printerId).folder, safeFileName(job.jobId)), { force: true })
  }

  #folder(printerId: string): PdfFolder {
    const found = this.#folders().find((candidate) => candidate.id === printerId)
    if (!found) throw new PrintError('not_found', { detail: 'no such folder is set up' })
    return found
  }

  async #write(document: PrintDocument, target: string): Promise<void> {
    const part = `${target}.part`
    try {
      if ('path' in document) await copyFile(document.path, part)
      const file = await open(part, 'path' in document ? 'r+' : 'w')
      try {
        if ('bytes' in document) await file.writeFile(document.bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(part, target)
    } catch (error) {
      await rm(part, { force: true })
      await rm(target, { force: true })
      throw error
    }
  }
}
