import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Note } from './Note.tsx'
import { openPdf, type PDFDocumentProxy } from './pdf.ts'
import { PdfCanvas } from './PdfPage.tsx'
import { Skeleton } from './Skeleton.tsx'

function Page({ document, n, width }: { document: PDFDocumentProxy; n: number; width: number }) {
  const { t } = useTranslation()
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
  return (
    <div ref={box} className="bg-white shadow-paper" style={{ width, height: Math.round(width * ratio) }}>
      {near && (
        <PdfCanvas
          document={document}
          n={n}
          width={width}
          label={t('pdf.page', { n, total: document.numPages })}
          onRatio={setRatio}
        />
      )}
    </div>
  )
}

/** The real PDF, page under page, drawn as they come into view. */
export function PdfPreview({ url, label, width = 560 }: { url: string; label: string; width?: number }) {
  const { t } = useTranslation()
  const [document, setDocument] = useState<PDFDocumentProxy | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    setDocument(null)
    setFailed(false)
    let live = true
    const { document: reading, release } = openPdf(url)
    reading.then(
      (loaded) => live && setDocument(loaded),
      () => live && setFailed(true),
    )
    return () => {
      live = false
      release()
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
