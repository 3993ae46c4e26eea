import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageView } from '../../../electron/contract/core.contract.ts'
import type { Box } from './AdjustedImage.tsx'

type Side = 'left' | 'top' | 'right' | 'bottom'
const SIDES: readonly Side[] = ['left', 'top', 'right', 'bottom']
/** Least of a side that is kept. */
const LEAST = 0.03
/** A press of an arrow key moves a handle by this share of the page. */
const STEP = 0.004

/** Lines over the whole page: drag the edges of what is kept, and the seam of a double page. Arrow keys move the one that has the focus. */
export function AdjustOverlay({
  page,
  onCrop,
  onSeam,
}: {
  page: PageView
  onCrop: (crop: Box | null) => void
  onSeam: (at: number) => void
}) {
  const { t } = useTranslation()
  const field = useRef<HTMLDivElement>(null)
  const [crop, setCrop] = useState<Box>(page.adjust.crop ?? WHOLE)
  const [seam, setSeam] = useState(page.adjust.split?.at ?? null)
  const crops = JSON.stringify(page.adjust.crop)
  useEffect(() => setCrop(page.adjust.crop ?? WHOLE), [page.id, crops])
  useEffect(() => setSeam(page.adjust.split?.at ?? null), [page.id, page.adjust.split?.at])

  const commitCrop = (box: Box) => onCrop(isWhole(box) ? null : box)
  const at = (event: PointerEvent): { x: number; y: number } => {
    const frame = field.current!.getBoundingClientRect()
    return { x: unit((event.clientX - frame.left) / frame.width), y: unit((event.clientY - frame.top) / frame.height) }
  }
  const held = (move: (place: { x: number; y: number }) => void, done: () => void) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) move(at(event))
    },
    onPointerUp: done,
  })
  const key = (horizontal: boolean, by: (step: number) => void) => (event: KeyboardEvent) => {
    const step: Partial<Record<string, number>> = horizontal
      ? { ArrowLeft: -1, ArrowRight: 1 }
      : { ArrowUp: -1, ArrowDown: 1 }
    const sign = step[event.key]
    if (sign === undefined) return
    event.preventDefault()
    event.stopPropagation()
    by(sign * STEP * (event.shiftKey ? 5 : 1))
  }

  return (
    <div ref={field} className="absolute inset-0" data-adjust="page">
      <div
        className="pointer-events-none absolute border border-accent shadow-[0_0_0_9999px_rgb(0_0_0/0.35)]"
        style={percent(crop)}
      />
      {SIDES.map((side) => {
        const horizontal = side === 'left' || side === 'right'
        const place = edge(crop, side)
        return (
          <div
            key={side}
            role="slider"
            tabIndex={0}
            aria-label={t(`adjust.edge.${side}`)}
            aria-orientation={horizontal ? 'horizontal' : 'vertical'}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(place * 1000) / 10}
            data-edge={side}
            className={
              horizontal
                ? 'absolute w-4 -translate-x-1/2 cursor-ew-resize touch-none before:absolute before:top-1/2 before:left-1/2 before:h-12 before:w-1.5 before:-translate-x-1/2 before:-translate-y-1/2 before:rounded-full before:bg-accent'
                : 'absolute h-4 -translate-y-1/2 cursor-ns-resize touch-none before:absolute before:top-1/2 before:left-1/2 before:h-1.5 before:w-12 before:-translate-x-1/2 before:-translate-y-1/2 before:rounded-full before:bg-accent'
            }
            style={
              horizontal
                ? { left: `${place * 100}%`, top: `${crop.top * 100}%`, height: `${crop.height * 100}%` }
                : { top: `${place * 100}%`, left: `${crop.left * 100}%`, width: `${crop.width * 100}%` }
            }
            {...held(
              ({ x, y }) => setCrop((box) => moved(box, side, horizontal ? x : y)),
              () => commitCrop(crop),
            )}
            onKeyDown={key(horizontal, (by) => commitCrop(moved(crop, side, unit(place + by))))}
          />
        )
      })}
      {seam !== null && (
        <div
          role="slider"
          tabIndex={0}
          aria-label={t('adjust.seam')}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(seam * 1000) / 10}
          data-edge="seam"
          className="absolute inset-y-0 w-4 -translate-x-1/2 cursor-ew-resize touch-none before:absolute before:inset-y-0 before:left-1/2 before:w-0.5 before:-translate-x-1/2 before:bg-seal"
          style={{ left: `${seam * 100}%` }}
          {...held(
            ({ x }) => setSeam(inner(x)),
            () => onSeam(seam),
          )}
          onKeyDown={key(true, (by) => onSeam(inner(seam + by)))}
        />
      )}
    </div>
  )
}

const WHOLE: Box = { left: 0, top: 0, width: 1, height: 1 }
const unit = (value: number): number => Math.max(0, Math.min(1, value))
const inner = (value: number): number => Math.max(0.05, Math.min(0.95, value))
const percent = (box: Box) => ({
  left: `${box.left * 100}%`,
  top: `${box.top * 100}%`,
  width: `${box.width * 100}%`,
  height: `${box.height * 100}%`,
})
const isWhole = (box: Box): boolean => box.left < 0.002 && box.top < 0.002 && box.width > 0.996 && box.height > 0.996

function edge({ left, top, width, height }: Box, side: Side): number {
  return { left, top, right: left + width, bottom: top + height }[side]
}

function moved(box: Box, side: Side, to: number): Box {
  const right = box.left + box.width
  const bottom = box.top + box.height
  if (side === 'left') return { ...box, left: Math.min(to, right - LEAST), width: right - Math.min(to, right - LEAST) }
  if (side === 'top')
    return { ...box, top: Math.min(to, bottom - LEAST), height: bottom - Math.min(to, bottom - LEAST) }
  if (side === 'right') return { ...box, width: Math.max(LEAST, to - box.left) }
  return { ...box, height: Math.max(LEAST, to - box.top) }
}
