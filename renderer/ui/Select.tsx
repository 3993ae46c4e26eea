import { Check, ChevronDown } from 'lucide-react'
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components'
import { cx } from './cx.ts'

export interface Option<T extends string> {
  id: T
  label: string
  detail?: string
}

/** A choice among named options; opens downwards, types ahead, keeps the keyboard. */
export function Select<T extends string>({
  label,
  hideLabel,
  value,
  options,
  onChange,
  disabled,
  className,
  placeholder,
}: {
  label: string
  hideLabel?: boolean
  value: T | null
  options: readonly Option<T>[]
  onChange: (value: T) => void
  disabled?: boolean
  className?: string
  placeholder?: string
}) {
  return (
    <AriaSelect
      className={cx('grid min-w-0 gap-1', className)}
      value={value}
      isDisabled={disabled ?? false}
      placeholder={placeholder ?? ' '}
      onChange={(key) => key !== null && onChange(String(key) as T)}
    >
      <Label className={hideLabel ? 'sr-only' : 'lbl'}>{label}</Label>
      <Button className="flex h-8 w-full min-w-0 items-center gap-2 rounded-md border border-line-2 bg-panel px-2.5 text-left hover:bg-hover disabled:bg-panel-2 disabled:text-ink-3">
        <SelectValue className="ell min-w-0 flex-1">
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronDown aria-hidden="true" size={14} className="flex-none text-ink-3" />
      </Button>
      <Popover className="max-h-80 min-w-(--trigger-width) animate-fade overflow-auto rounded-lg bg-panel p-1 shadow-float outline-none">
        <ListBox className="outline-none">
          {options.map((option) => (
            <ListBoxItem
              key={option.id}
              id={option.id}
              textValue={option.label}
              className="group flex min-h-8 items-center gap-2 rounded-md px-2 py-1 outline-none data-focused:bg-accent-soft"
            >
              <Check
                aria-hidden="true"
                size={14}
                className="invisible flex-none text-accent group-data-selected:visible"
              />
              <span className="flex-1">{option.label}</span>
              {option.detail && <small className="text-sm text-ink-2">{option.detail}</small>}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
