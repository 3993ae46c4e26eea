import type { ComponentProps, ReactNode } from 'react'
import { ScanField } from './ScanField.tsx'

/** A table where things are scanned one after the other: the field on top, what came of it beneath; scrolls by keyboard. */
export function ScanTable({
  label,
  children,
  ...field
}: ComponentProps<typeof ScanField> & { label: string; children: ReactNode }) {
  return (
    <div
      className="grid min-h-0 content-start gap-3 overflow-auto px-3.5 py-3"
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <ScanField {...field} />
      {children}
    </div>
  )
}
