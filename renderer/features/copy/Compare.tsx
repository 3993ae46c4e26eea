import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentState, PageView } from '../../../electron/contract/core.contract.ts'
import { size } from '../../app/format.ts'
import { blobUrl } from '../../host.ts'
import { PdfPage } from '../../ui/PdfPage.tsx'
import { AdjustedImage, sizesOf } from './AdjustedImage.tsx'

/** Pixels; what a canvas takes without trouble. */
const LARGEST = 5000
/** A received page has no pixels of its own: twice its points, near what a printer shows. */
const PDF_SCALE = 2

/** The page's picture for the screen until the page as it came is decoded, and for good where no window can show it (TIFF). */
function useSharpest({ kind, previewBlob, originalBlob }: PageView): string {
  const [decoded, setDecoded] = useState<string | null>(null)
  useEffect(() => {
    if (kind === 'pdf') return
    let live = true
    const picture = new Image()
    picture.src = blobUrl(originalBlob)
    picture.decode().then(
      () => live && setDecoded(originalBlob),
      () => {},
    )
    return () => void (live = false)
  }, [kind, originalBlob])
  return kind === 'image' && decoded === originalBlob ? decoded : previewBlob
}

/** One page before and after, both at 100 % and cut alike, scrolled together: are the small characters still whole? */
export function Compare({ page, n, document }: { page: PageView; n: number; document: DocumentState }) {
  const { t, i18n } = useTranslation()
  const panes = useRef<(HTMLDivElement | null)[]>([])
  const [leading, setLeading] = useState<number | null>(null)
  // What is left of the page after turning and cutting, as it is sent: a half of a spread stands beside that half.
  const { kept } = sizesOf(page)
  const own = (page.kind === 'pdf' ? PDF_SCALE : 1) / devicePixelRatio
  const scale = Math.min(own, LARGEST / Math.max(kept.wide, kept.tall))
  const [wide, tall] = [Math.round(kept.wide * scale), Math.round(kept.tall * scale)]
  const after = document.pageBytes[n - 1]
  const before = useSharpest(page)
  // The middle of the top is where text begins; both panes begin there.
  useEffect(() => {
    for (const pane of panes.current) pane?.scrollTo(Math.max(0, (wide - pane.clientWidth) / 2), 0)
  }, [page.id, wide])
  const follow = (from: number) => {
    const [source, target] = [panes.current[from], panes.current[1 - from]]
    if (leading !== from || !source || !target) return
    target.scrollTo(source.scrollLeft, source.scrollTop)
  }
  const pane = (index: number, label: string, content: ReactNode) => (
    <div className="grid min-h-0 min-w-0 grid-rows-[28px_minmax(0,1fr)]">
      <div className="flex items-center px-3 text-sm text-ink-2">{label}</div>
      <div
        ref={(element) => void (panes.current[index] = element)}
        role="region"
        aria-label={label}
        tabIndex={0}
        className="overflow-auto bg-paper"
        onPointerEnter={() => setLeading(index)}
        onFocus={() => setLeading(index)}
        onScroll={() => follow(index)}
      >
        <div className="relative bg-white" style={{ width: wide, height: tall }}>
          {content}
        </div>
      </div>
    </div>
  )
  return (
    <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_26px]" role="group" aria-label={t('compare.page', { n })}>
      <div className="grid min-h-0 grid-cols-2 divide-x divide-line">
        {pane(
          0,
          t('compare.before', { size: size(page.bytes, i18n.language) }),
          <AdjustedImage page={{ ...page, previewBlob: before }} scale={scale} label={t('copy.pageN', { n })} />,
        )}
        {pane(
          1,
          t('compare.after', { size: after === undefined ? '—' : size(after, i18n.language) }),
          <PdfPage
            url={blobUrl(document.blob)}
            n={n + document.covers}
            width={wide}
            label={t('compare.page', { n })}
          />,
        )}
      </div>
      <div className="flex items-center border-t border-line bg-panel px-3 text-sm text-ink-3">
        {t('compare.scale', { percent: Math.round((100 * scale) / own) })}
      </div>
    </div>
  )
}
