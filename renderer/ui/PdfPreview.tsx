import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.mjs?url'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Note } from './Note.tsx'
import { Skeleton } from './Skeleton.tsx'

pdfjs.GlobalWorkerOptions.workerSrc = workerUrl

/** Decoders (JBIG2, JPEG 2000, colour) and character maps, shipped with the page under their hashed names. */
const ASSETS = {
  ...import.meta.glob<string>('../../node_modules/pdfjs-dist/wasm/*.wasm', {
    query: '?url',
    import: 'default',
    eager: true,
    exhaustive: true,
  }),
  ...import.meta.glob<string>('../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
    query: '?url',
    import: 'default',
    eager: true,
    exhaustive: true,
  }),
  ...import.meta.glob<string>('../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
    query: '?url',
    import: 'default',
    eager: true,
    exhaustive: true,
  }),
}
const BY_NAME = new Map(Object.entries(ASSETS).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]))

/** Gives pdf.js its binary parts from our own package, by name. */
class OwnAssets {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const url = BY_NAME.get(filename)
    if (!url) throw new Error(`not shipped: ${filename}`)
    return new Uint8Array(await (await fetch(url)).arrayBuffer())
  }
}

function Page({ document, n, width }: { document: pdfjs.PDFDocumentProxy; n: number; width: number }) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(n <= 2)
  const [ratio, setRatio] = useState(1.414)

  useEffect(() => {
    if (near || !box.current) return
    const observer = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && setNear(true), {
      rootMargin: '800px',
    })
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [near])
  useEffect(() => {
    if (!near) return
    let task: pdfjs.RenderTask | undefined
    let live = true
    void document.getPage(n).then(async (page) => {
      const plain = page.getViewport({ scale: 1 })
      setRatio(plain.height / plain.width)
      const viewport = page.getViewport({ scale: (width / plain.width) * Math.min(2, devicePixelRatio || 1) })
      const element = canvas.current
      if (!live || !element) return
      element.width = Math.round(viewport.width)
      element.height = Math.round(viewport.height)
      task = page.render({ canvas: element, viewport })
      // A page taken away while it is drawn ends with RenderingCancelledException: nothing to say.
      await task.promise.catch(() => {})
    })
    return () => {
      live = false
      task?.cancel()
    }
  }, [document, n, near, width])

  return (
    <div ref={box} className="bg-white shadow-paper" style={{ width, height: Math.round(width * ratio) }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('pdf.page', { n, total: document.numPages })}
        className="size-full"
      />
    </div>
  )
}

/** The real PDF, page under page, drawn as they come into view. */
export function PdfPreview({ url, label, width = 560 }: { url: string; label: string; width?: number }) {
  const { t } = useTranslation()
  const [document, setDocument] = useState<pdfjs.PDFDocumentProxy | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    setDocument(null)
    setFailed(false)
    const task = pdfjs.getDocument({
      url,
      BinaryDataFactory: OwnAssets,
      wasmUrl: './',
      cMapUrl: './',
      standardFontDataUrl: './',
      useWorkerFetch: false,
      isEvalSupported: false,
    } as Parameters<typeof pdfjs.getDocument>[0])
    let live = true
    task.promise.then(
      (loaded) => live && setDocument(loaded),
      () => live && setFailed(true),
    )
    return () => {
      live = false
      void task.destroy()
    }
  }, [url])
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="h-full overflow-auto bg-paper px-4 py-5"
      data-pdf={document ? 'ready' : failed ? 'failed' : 'loading'}
    >
      <div className="mx-auto grid w-fit justify-items-center gap-4">
        {failed && <Note tone="bad">{t('pdf.failed')}</Note>}
        {!document && !failed && <Skeleton w={`${width}px`} h={Math.round(width * 1.414)} />}
        {document &&
          Array.from({ length: document.numPages }, (_, index) => (
            <Page key={index} document={document} n={index + 1} width={width} />
          ))}
      </div>
    </div>
  )
}
