import { lazy, Suspense } from 'react'
import type { PageView } from '../../../electron/contract/core.contract.ts'
import { blobUrl } from '../../host.ts'

const PdfPage = lazy(() => import('../../ui/PdfPage.tsx').then((module) => ({ default: module.PdfPage })))

/** A page's picture in a box of the given size (before turning): a scan as it is, a received PDF drawn as text and lines. */
export function PageImage({
  page,
  small,
  width,
  height,
  label,
  className,
  transform,
}: {
  page: PageView
  small?: boolean
  width: number
  height: number
  label: string
  className: string
  transform: string
}) {
  if (page.kind === 'pdf' && page.pdfPage !== null)
    return (
      <span className={className} style={{ width, height, transform, display: 'block' }}>
        <Suspense>
          <PdfPage url={blobUrl(page.previewBlob)} n={page.pdfPage} width={width} label={label} />
        </Suspense>
      </span>
    )
  return (
    <img
      key={page.previewBlob}
      src={blobUrl(small ? page.thumbBlob : page.previewBlob)}
      alt={label}
      draggable={false}
      // Of a stack of hundreds only the miniatures in sight are decoded.
      {...(small ? { loading: 'lazy', decoding: 'async' } : {})}
      className={className}
      style={{ width, height, transform }}
    />
  )
}
