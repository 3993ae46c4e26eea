import { useTranslation } from 'react-i18next'
import type { HoldingItem } from '../../../electron/contract/core.contract.ts'

/** State by shape and word, not colour alone. */
const SHAPE = { available: '○', on_loan: '◐', in_library: '□', missing: '×', unknown: '–' } as const
const TONE = {
  available: 'text-ok',
  on_loan: 'text-amber',
  in_library: 'text-ink-2',
  missing: 'text-seal',
  unknown: 'text-ink-3',
} as const

/** One item of a record: call number, volume, place, barcode, whether it can be had. */
export function ItemLine({ item }: { item: HoldingItem }) {
  const { t } = useTranslation()
  return (
    <div className="min-w-0 flex-1 text-sm">
      <div className="flex flex-wrap gap-x-2">
        {item.callNumber && <span className="mono break-all select-text">{item.callNumber}</span>}
        {item.volume && <span>{item.volume}</span>}
        <span className={TONE[item.availability]}>
          {SHAPE[item.availability]} {t(`holdings.availability.${item.availability}`)}
          {item.until && ` ${t('holdings.until', { day: item.until })}`}
        </span>
      </div>
      <div className="flex flex-wrap gap-x-2 text-ink-2">
        {item.location && <span>{item.location}</span>}
        {item.barcode && <span className="mono select-text">{item.barcode}</span>}
      </div>
    </div>
  )
}
