import { cx } from './cx.ts'

/** Two to four views of the same place, side by side. */
export function Segments<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: T
  options: readonly { id: T; label: string; count?: number | undefined }[]
  onChange: (value: T) => void
}) {
  return (
    <div
      role="group"
      aria-label={label}
      className="flex flex-none gap-px rounded-md border border-line-2 bg-panel-2 p-px"
    >
      {options.map((option) => (
        <button
          key={option.id}
          type="button"
          aria-pressed={option.id === value}
          onClick={() => onChange(option.id)}
          className={cx(
            'flex h-[26px] items-center gap-1.5 rounded-[5px] px-2.5 text-sm',
            option.id === value ? 'bg-accent-soft font-semibold text-accent' : 'text-ink-2 hover:bg-hover',
          )}
        >
          {option.label}
          {option.count !== undefined && <span className="font-normal">{option.count}</span>}
        </button>
      ))}
    </div>
  )
}
