import { useState } from 'react'
import type { PageView } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { core } from '../../host.ts'
import type { Box } from './AdjustedImage.tsx'

/** A hand's breadth: what a new crop cuts off on each side. */
const NEW_CROP: Box = { left: 0.03, top: 0.03, width: 0.94, height: 0.94 }
export const ANGLE_STEP = 0.1

export type PageEdit = ReturnType<typeof usePageEdit>

/** Everything a person can do with the page that is looked at; each is one step of undo. */
export function usePageEdit(requestId: string, pages: readonly PageView[], page: PageView | undefined) {
  const [rightBound, setRightBound] = useState(false)
  const run = (work: () => Promise<unknown>) => void attempt(work)
  const change = (change: { angleDeg?: number; crop?: Box | null; even?: boolean }, of: readonly PageView[]) => {
    const pageIds = of.filter((one) => one.kind === 'image').map((one) => one.id)
    if (pageIds.length > 0) run(() => core('pages.adjust', { pageIds, change }))
  }
  const own = page ? [page] : []
  const at = page ? pages.indexOf(page) : -1
  const setAngle = (angle: number) =>
    change({ angleDeg: Math.max(-45, Math.min(45, Math.round(angle * 100) / 100)) }, own)
  const split = (to: number | null, bound = rightBound) =>
    page && run(() => core('pages.split', { pageIds: [page.id], at: to, rightBound: bound }))
  const like = (others: readonly PageView[]) => {
    if (!page) return
    const { angleDeg, crop, even } = page.adjust
    change({ angleDeg, crop, even }, others)
  }
  return {
    rightBound,
    setRightBound: (on: boolean) => {
      setRightBound(on)
      if (page?.adjust.split) split(page.adjust.split.at, on)
    },
    setAngle,
    turnBy: (step: number) => page && setAngle(page.adjust.angleDeg + step),
    toggleAngle: () => page && setAngle(page.adjust.angleDeg === 0 ? (page.proposed?.angleDeg ?? 0) : 0),
    setCrop: (crop: Box | null) => change({ crop }, own),
    toggleCrop: () => page && change({ crop: page.adjust.crop ? null : (page.proposed?.crop ?? NEW_CROP) }, own),
    toggleEven: () => page && change({ even: !page.adjust.even }, own),
    setSeam: (seam: number) => split(seam),
    toggleSplit: () => {
      if (!page) return
      if (page.adjust.split) run(() => core('pages.join', { pageId: page.id }))
      else split(page.proposed?.seam ?? 0.5)
    },
    reset: () => page && run(() => core('pages.reset', { pageIds: [page.id], to: 'original' })),
    applyFollowing: () => like(pages.slice(at + 1)),
    applyAll: () => like(pages.filter((one) => one !== page)),
    undo: () => run(() => core('pages.undo', { requestId })),
  }
}
