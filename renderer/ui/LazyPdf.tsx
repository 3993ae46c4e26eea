import { lazy, Suspense } from 'react'
import { Skeleton } from './Skeleton.tsx'

// pdf.js is a megabyte: it is read when the first PDF is shown, not when the window opens.
const Preview = lazy(() => import('./PdfPreview.tsx').then((module) => ({ default: module.PdfPreview })))

/** PdfPreview, loaded on first use. */
export function LazyPdf(props: { url: string; label: string; width?: number }) {
  return (
    <Suspense
      fallback={
        <div className="grid h-full min-h-0 place-items-center overflow-hidden bg-paper">
          <Skeleton w={`${props.width ?? 560}px`} h={500} />
        </div>
      }
    >
      <Preview {...props} />
    </Suspense>
  )
}
