import { FileUp, ScanLine } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobView, PageView } from '../../../electron/contract/core.contract.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AdjustedImage, sizesOf } from './AdjustedImage.tsx'
import { AdjustOverlay } from './AdjustOverlay.tsx'
import type { PageEdit } from './usePageEdit.ts'

const MARGIN = 28

/** The page as it lies on the desk, as large as there is room; a click enlarges, another lets it fit again. */
export function BigPage({
  page,
  n,
  job,
  works,
  edit,
  onImport,
}: {
  page: PageView | undefined
  n: number
  job: JobView | null
  works: boolean
  /** Given while the page is being set: its edges and seam can be moved. */
  edit: PageEdit | null
  onImport: () => void
}) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState({ width: 600, height: 600 })
  const [near, setNear] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setRoom({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useEffect(() => setNear(false), [page?.id])

  const sizes = page && sizesOf(page)
  const { wide, tall } = sizes ? (edit ? sizes : sizes.kept) : { wide: 210, tall: 297 }
  const fit = Math.min((room.width - 2 * MARGIN) / wide, (room.height - 2 * MARGIN) / tall)
  const scale = near ? Math.max(fit, (room.width - 2 * MARGIN) / wide) : fit
  const width = Math.max(40, Math.round(wide * scale))
  const height = Math.max(40, Math.round(tall * scale))

  return (
    <div
      ref={box}
      className="min-h-0 overflow-auto bg-paper"
      tabIndex={0}
      role="region"
      aria-label={t('copy.pageArea')}
    >
      {page ? (
        <div className="grid min-h-full place-items-center py-5">
          {edit ? (
            <div className="relative flex-none overflow-hidden shadow-paper">
              <AdjustedImage page={page} scale={fit} whole label={t('copy.pageN', { n })} />
              {page.kind === 'image' && <AdjustOverlay page={page} onCrop={edit.setCrop} onSeam={edit.setSeam} />}
            </div>
          ) : (
            <button
              type="button"
              aria-label={t(near ? 'copy.fit' : 'copy.enlarge')}
              title={t(near ? 'copy.fit' : 'copy.enlarge')}
              onClick={() => setNear(!near)}
              className="relative block flex-none overflow-hidden bg-white shadow-paper"
              style={{ cursor: near ? 'zoom-out' : 'zoom-in' }}
            >
              <AdjustedImage page={page} scale={scale} label={t('copy.pageN', { n })} />
            </button>
          )}
        </div>
      ) : job ? (
        <div className="grid h-full place-items-center">
          <div className="grid animate-breathe place-items-center bg-panel shadow-paper" style={{ width, height }}>
            <span className="text-ink-3">{t('copy.arriving')}</span>
          </div>
        </div>
      ) : (
        <EmptyState
          icon={ScanLine}
          title={t('copy.startTitle')}
          action={
            works && (
              <>
                <Button icon={FileUp} onClick={onImport} kbd="I">
                  {t('command.copy.import')}
                </Button>
              </>
            )
          }
        >
          {t(works ? 'copy.start' : 'copy.notOurs')}
        </EmptyState>
      )}
    </div>
  )
}
