import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'

/**
 * Two to six views of the same thing, side by side; the arrows move between them. Where the window has no room for all (at
 * 200 % zoom), the group gives way last of all in its line, and is scrolled.
 */
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
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const [key] = keys
        if (key !== undefined) onChange(String(key) as T)
      }}
      className="flex min-w-0 shrink-[0.001] gap-px overflow-x-auto rounded-md border border-line-2 bg-panel-2 p-px [scrollbar-width:none]"
    >
      {options.map((option) => (
        <ToggleButton
          key={option.id}
          id={option.id}
          data-segment={option.id}
          className="flex h-[26px] items-center gap-1.5 rounded-[5px] px-2.5 text-sm whitespace-nowrap text-ink-2 focus-visible:-outline-offset-2 hover:bg-hover data-selected:bg-accent-soft data-selected:font-semibold data-selected:text-accent"
        >
          {option.label}
          {option.count !== undefined && <span className="font-normal">{option.count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
