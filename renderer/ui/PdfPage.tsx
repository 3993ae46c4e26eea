import { useEffect, useRef, useState } from 'react'
import { openPdf, type PDFDocumentProxy } from './pdf.ts'

/** One page of an open PDF on a canvas as wide as given (CSS pixels). */
export function PdfCanvas({
  document,
  n,
  width,
  label,
  onRatio,
}: {
  document: PDFDocumentProxy
  n: number
  width: number
  label: string
  onRatio?: (ratio: number) => void
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let live = true
    let stop: (() => void) | undefined
    void document
      .getPage(n)
      .then(async (page) => {
        const plain = page.getViewport({ scale: 1 })
        onRatio?.(plain.height / plain.width)
        const viewport = page.getViewport({ scale: (width / plain.width) * Math.min(2, devicePixelRatio || 1) })
        const element = canvas.current
        if (!live || !element) return
        // Drawn out of sight and put in place when it is whole: setting a canvas' size wipes it, so drawing again in
        // place (another width, the same document read anew) left a white page that still said it was drawn.
        const sheet = window.document.createElement('canvas')
        sheet.width = Math.round(viewport.width)
        sheet.height = Math.round(viewport.height)
        const task = page.render({ canvas: sheet, viewport })
        stop = () => task.cancel()
        await task.promise
        if (!live) return
        element.width = sheet.width
        element.height = sheet.height
        element.getContext('2d')?.drawImage(sheet, 0, 0)
        element.dataset.drawn = 'true'
      })
      // Taken away while it is drawn, or a page that cannot be drawn: it stays white.
      .catch(() => {})
    return () => {
      live = false
      stop?.()
    }
  }, [document, n, width])
  return <canvas ref={canvas} role="img" aria-label={label} className="size-full" />
}

/** One page of the PDF at an address. */
export function PdfPage({ url, n, width, label }: { url: string; n: number; width: number; label: string }) {
  const [document, setDocument] = useState<PDFDocumentProxy | null>(null)
  useEffect(() => {
    let live = true
    const { document: reading, release } = openPdf(url)
    reading.then((loaded) => live && setDocument(loaded)).catch(() => {})
    return () => {
      live = false
      release()
    }
  }, [url])
  return document && <PdfCanvas document={document} n={n} width={width} label={label} />
}
