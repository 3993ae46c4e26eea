import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageView } from '../../../electron/contract/core.contract.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import type { PageEdit } from './usePageEdit.ts'

/** What is done to the page, each on or off, and how far it is turned; the same for those after it, or for all. */
export function AdjustBar({ page, edit, onDone }: { page: PageView; edit: PageEdit; onDone: () => void }) {
  const { t } = useTranslation()
  const { adjust, proposed } = page
  return (
    <div className="flex items-center gap-2 overflow-x-auto border-t border-line bg-panel px-2.5 [scrollbar-width:none]">
      {/* Two lines of small buttons fit where one is too short. */}
      <div className="flex min-w-80 flex-1 flex-wrap items-center gap-x-1.5 gap-y-0.5">
        <Chip on={adjust.angleDeg !== 0} onChange={edit.toggleAngle} disabled={!adjust.angleDeg && !proposed?.angleDeg}>
          {t('adjust.straighten')}
        </Chip>
        <Angle value={adjust.angleDeg} onChange={edit.setAngle} key={page.id} />
        <Chip on={adjust.crop !== null} onChange={edit.toggleCrop}>
          {t('adjust.crop')}
        </Chip>
        <Chip on={adjust.even} onChange={edit.toggleEven}>
          {t('adjust.even')}
        </Chip>
        <Chip on={adjust.split !== null} onChange={edit.toggleSplit}>
          {t('adjust.split')}
        </Chip>
        {(adjust.split !== null || proposed?.seam != null) && (
          <Chip on={edit.rightBound} onChange={edit.setRightBound}>
            {t('adjust.rightBound')}
          </Chip>
        )}
        <span className="flex-1" />
        <CommandButton id="copy.resetPage" kind="quiet" size="small" kbd={false} />
        <Button kind="quiet" size="small" onClick={edit.applyFollowing}>
          {t('adjust.following')}
        </Button>
        <Button kind="quiet" size="small" onClick={edit.applyAll}>
          {t('adjust.all')}
        </Button>
      </div>
      <Button kind="primary" kbd="E" onClick={onDone} className="sticky right-0">
        {t('adjust.done')}
      </Button>
    </div>
  )
}

/** Degrees, by a slider or typed; the page follows when it is let go. */
function Angle({ value, onChange }: { value: number; onChange: (angle: number) => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(value)
  useEffect(() => setDraft(value), [value])
  const set = (angle: number) => {
    if (angle !== value) onChange(angle)
  }
  return (
    <label className="flex flex-none items-center gap-1">
      <span className="sr-only">{t('adjust.angle')}</span>
      <input
        type="range"
        min={-10}
        max={10}
        step={0.1}
        value={draft}
        onChange={(event) => setDraft(Number(event.target.value))}
        onPointerUp={() => set(draft)}
        onKeyUp={() => set(draft)}
        onBlur={() => set(draft)}
        className="w-20 accent-accent"
        data-angle
      />
      <span className="w-10 text-right tabular-nums">{draft.toFixed(1)}°</span>
    </label>
  )
}
