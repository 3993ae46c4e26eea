/** pdf.js with its binary parts from our own package; a document is read once for all who show it. */
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.mjs?url'

pdfjs.GlobalWorkerOptions.workerSrc = workerUrl

/** Decoders (JBIG2, JPEG 2000, colour), character maps and fonts, shipped with the page under their hashed names. */
const ASSETS = {
  ...import.meta.glob<string>('../../node_modules/pdfjs-dist/wasm/*.wasm', { query: '?url', import: 'default', eager: true, exhaustive: true }), // prettier-ignore
  ...import.meta.glob<string>('../../node_modules/pdfjs-dist/cmaps/*.bcmap', { query: '?url', import: 'default', eager: true, exhaustive: true }), // prettier-ignore
  ...import.meta.glob<string>('../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', { query: '?url', import: 'default', eager: true, exhaustive: true }), // prettier-ignore
}
const BY_NAME = new Map(Object.entries(ASSETS).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]))

/** Gives pdf.js its parts by name. */
class OwnAssets {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const url = BY_NAME.get(filename)
    if (!url) throw new Error(`not shipped: ${filename}`)
    return new Uint8Array(await (await fetch(url)).arrayBuffer())
  }
}

const open = new Map<string, { task: pdfjs.PDFDocumentLoadingTask; users: number }>()

/**
 * Opens a PDF; the document is closed when its last user let go.
 * @returns the document, and a function to let go of it
 */
export function openPdf(url: string): { document: Promise<pdfjs.PDFDocumentProxy>; release: () => void } {
  let entry = open.get(url)
  if (!entry) {
    const task = pdfjs.getDocument({
      url,
      BinaryDataFactory: OwnAssets,
      wasmUrl: './',
      cMapUrl: './',
      standardFontDataUrl: './',
      useWorkerFetch: false,
    })
    entry = { task, users: 0 }
    open.set(url, entry)
  }
  const mine = entry
  mine.users++
  let released = false
  return {
    document: mine.task.promise,
    release() {
      if (released) return
      released = true
      if (--mine.users > 0) return
      open.delete(url)
      void mine.task.destroy()
    },
  }
}

export type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
