import { Meter as AriaMeter, ProgressBar } from 'react-aria-components'
import { cx } from './cx.ts'

const TRACK = 'h-2 overflow-hidden rounded-full bg-line'

/** How much of a limit is used; over the limit it turns cinnabar. */
export function Meter({ label, value, max }: { label: string; value: number; max: number }) {
  const over = value > max
  return (
    <AriaMeter aria-label={label} value={Math.min(value, max)} maxValue={max || 1}>
      {({ percentage }) => (
        <div className={TRACK}>
          <div
            className={cx('h-full', over ? 'bg-seal' : 'bg-accent')}
            style={{ width: value > 0 ? `${Math.max(percentage, 1)}%` : 0 }}
          />
        </div>
      )}
    </AriaMeter>
  )
}

/** Work under way; `total` null while nobody can know it. */
export function Progress({ label, done, total }: { label: string; done: number; total: number | null }) {
  return (
    <ProgressBar aria-label={label} value={total ? (done / total) * 100 : 0} isIndeterminate={!total}>
      {({ percentage, isIndeterminate }) => (
        <div className={TRACK}>
          <div
            className={cx('h-full bg-accent', isIndeterminate && 'w-1/3 animate-breathe')}
            style={isIndeterminate ? {} : { width: `${percentage}%`, transition: 'width 200ms' }}
          />
        </div>
      )}
    </ProgressBar>
  )
}
