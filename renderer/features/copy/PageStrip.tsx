import { Check } from 'lucide-react'
import { useEffect, useRef, useState, type HTMLAttributes } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobView, PageView } from '../../../electron/contract/core.contract.ts'
import { cx } from '../../ui/cx.ts'
import { AdjustedImage, sizesOf } from './AdjustedImage.tsx'

/** All pages in miniature; dragging one moves it, placeholders stand where pages are still arriving. */
export function PageStrip({
  pages,
  current,
  marked,
  waiting,
  onPick,
  onMark,
  onMove,
}: {
  pages: readonly PageView[]
  current: string | null
  marked: ReadonlySet<string>
  waiting: JobView | null
  onPick: (id: string) => void
  /** Ctrl and a click. */
  onMark: (id: string) => void
  onMove: (id: string, to: number) => void
}) {
  const { t } = useTranslation()
  const [held, setHeld] = useState<string | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const box = useRef<HTMLUListElement>(null)
  const markText = (page: PageView, mark: PageView['marks'][number]) => t(`pageMark.${mark}`, { id: page.slipOf ?? '' })
  useEffect(() => {
    box.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current, pages.length])
  return (
    <ul
      ref={box}
      aria-label={t('copy.pages')}
      className="grid content-start gap-[9px] overflow-y-auto border-r border-line bg-panel-2 p-2.5"
      data-pages={pages.length}
    >
      {pages.map((page, index) => (
        <li
          key={page.id}
          draggable
          onDragStart={(event) => {
            setHeld(page.id)
            event.dataTransfer.effectAllowed = 'move'
            event.dataTransfer.setData('text/plain', page.id)
          }}
          onDragOver={(event) => {
            if (!held) return
            event.preventDefault()
            event.stopPropagation()
            setOver(index)
          }}
          onDrop={(event) => {
            if (!held) return
            event.preventDefault()
            event.stopPropagation()
            onMove(held, index)
            setHeld(null)
            setOver(null)
          }}
          onDragEnd={() => {
            setHeld(null)
            setOver(null)
          }}
          className={cx(held && over === index && held !== page.id && 'border-t-2 border-accent')}
        >
          <button
            type="button"
            aria-current={page.id === current}
            data-marked={marked.has(page.id)}
            onClick={(event) => (event.ctrlKey || event.metaKey ? onMark(page.id) : onPick(page.id))}
            className={cx('relative block w-full', held === page.id && 'opacity-40')}
          >
            {/* Its name is what is seen on it, with the number said in words. */}
            <span className="sr-only">
              {t('copy.pageN', { n: index + 1 })}
              {marked.has(page.id) && `, ${t('copy.marked')}`}
            </span>
            <span
              className={cx(
                'grid h-[106px] place-items-center overflow-hidden rounded-sm bg-white',
                page.id === current ? 'outline-2 outline-accent' : 'outline-1 outline-line-2',
              )}
            >
              <Thumb page={page} />
            </span>
            <span className="pointer-events-none absolute inset-x-0.5 top-[106px] grid -translate-y-full gap-px pb-0.5">
              {turned(page) && (
                <Name data-turned tone="bg-panel text-ink-2" title={t('copy.turnedWhy')}>
                  <span aria-hidden="true">↻ </span>
                  {t('copy.turned')}
                </Name>
              )}
              {page.marks
                .filter((mark) => mark !== 'looking')
                .map((mark) => (
                  <Name key={mark} data-mark={mark} tone="bg-amber-soft text-amber" title={markText(page, mark)}>
                    <span aria-hidden="true">▲ </span>
                    {markText(page, mark)}
                  </Name>
                ))}
            </span>
            {marked.has(page.id) && (
              <Check
                aria-hidden="true"
                size={18}
                className="absolute top-1 right-1 rounded-sm bg-accent p-0.5 text-accent-ink"
              />
            )}
            <span className={cx('text-xs', page.id === current ? 'font-semibold text-accent' : 'text-ink-3')}>
              <span aria-hidden="true">{index + 1}</span>
              {page.folio !== null && <span className="ml-1 text-ink-3">p.{page.folio}</span>}
            </span>
          </button>
        </li>
      ))}
      {waiting && (
        <li aria-hidden="true">
          <span className="block h-[106px] animate-breathe rounded-sm border border-dashed border-accent-line bg-accent-soft" />
          <span className="block text-center text-xs text-ink-3">{pages.length + 1}</span>
        </li>
      )}
      {pages.length === 0 && !waiting && (
        <li className="px-1 py-2 text-center text-sm text-ink-3">{t('copy.noPages')}</li>
      )}
    </ul>
  )
}

/** What is remarkable about a page lies on its miniature, so that the strip stays where it is when it becomes known. */
function Name({ tone, ...rest }: { tone: string } & HTMLAttributes<HTMLSpanElement>) {
  return <span {...rest} className={cx('pointer-events-auto block truncate rounded-xs px-1 text-xs', tone)} />
}

/** The desk has set it upright by its print, and nobody has turned it since. */
const turned = (page: PageView): boolean => page.rotate !== 0 && page.proposed?.rotate === page.rotate && !page.edited

const FRAME = { width: 90, height: 106 }

/** A page in miniature, as it will be sent, whole inside its frame. */
export function Thumb({
  page,
  frame = FRAME,
  small = true,
}: {
  page: PageView
  frame?: { width: number; height: number }
  small?: boolean
}) {
  const { kept } = sizesOf(page)
  const scale = Math.min(frame.width / kept.wide, frame.height / kept.tall)
  return <AdjustedImage page={page} small={small} scale={scale} label="" />
}
