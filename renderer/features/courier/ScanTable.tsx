import type { ComponentProps, ReactNode } from 'react'
import { ScanField } from './ScanField.tsx'

/**
 * A table where things are scanned one after the other: the field on top, what came of it beneath; scrolls by keyboard.
 * What is done with it stands at the foot, always in view.
 */
export function ScanTable({
  label,
  foot,
  children,
  ...field
}: ComponentProps<typeof ScanField> & { label: string; foot?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-h-0 min-w-0 grid-rows-[minmax(0,1fr)_auto]">
      <div
        className="grid min-h-0 content-start gap-3 overflow-auto px-3.5 py-3"
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        <ScanField {...field} />
        {children}
      </div>
      {foot && (
        <div className="flex flex-wrap items-center gap-2 border-t border-line bg-panel px-3.5 py-2.5">{foot}</div>
      )}
    </div>
  )
}
