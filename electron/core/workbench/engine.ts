/** What the scan desk asks of the document engine; the engine itself knows neither database nor requests. */
import type { DocumentJob, DocumentProgress, DocumentReport, FileProbe } from '../documents/types.ts'

export interface PagePreview {
  data: Uint8Array
  mime: string
}

export interface DocumentEngine {
  /** What a file is, looked at in a worker. Never throws for bad content: `problem` says what is wrong. */
  probe(path: string): Promise<FileProbe>
  /** Views of one page of an image file, the longest side `sizes[i]` pixels at most; width and height are the original's, upright. */
  previews(order: {
    path: string
    page: number
    sizes: readonly number[]
  }): Promise<{ width: number; height: number; images: PagePreview[] }>
  /** Makes a PDF. Errors: DocumentError. */
  build(
    job: DocumentJob,
    run: { signal: AbortSignal; onProgress(progress: DocumentProgress): void },
  ): Promise<DocumentReport>
  close(): Promise<void>
}
