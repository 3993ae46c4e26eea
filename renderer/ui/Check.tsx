import { Check as Tick, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox, Radio, RadioGroup, Label, Switch as AriaSwitch } from 'react-aria-components'

/** A tick box with its text. */
export function Check({
  on,
  onChange,
  children,
  label,
  some,
  disabled,
}: {
  on: boolean
  onChange: (on: boolean) => void
  children?: ReactNode
  label?: string
  some?: boolean
  disabled?: boolean
}) {
  return (
    <Checkbox
      isSelected={on}
      isIndeterminate={some ?? false}
      isDisabled={disabled ?? false}
      onChange={onChange}
      {...(label ? { 'aria-label': label } : {})}
      className="group inline-flex items-center gap-2 data-disabled:text-ink-3"
    >
      <span className="grid size-[15px] flex-none place-items-center rounded-[3px] border border-ink-3 bg-panel text-accent-ink group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-indeterminate:border-accent group-data-indeterminate:bg-accent group-data-selected:border-accent group-data-selected:bg-accent">
        {some ? (
          <Minus aria-hidden="true" size={11} strokeWidth={3} />
        ) : (
          on && <Tick aria-hidden="true" size={11} strokeWidth={3} />
        )}
      </span>
      {children}
    </Checkbox>
  )
}

/** The tick box of a row: the browser's own in our drawing and nothing around it, since a list draws dozens with every letter typed. */
export function RowCheck({ on, onChange, label }: { on: boolean; onChange: () => void; label: string }) {
  return (
    <input
      type="checkbox"
      checked={on}
      onChange={onChange}
      aria-label={label}
      className="row-check m-0 size-[15px] flex-none appearance-none rounded-[3px] border border-ink-3 bg-panel checked:border-accent checked:bg-accent focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-accent"
    />
  )
}

/** On or off, taking effect at once. */
export function Switch({
  on,
  onChange,
  children,
}: {
  on: boolean
  onChange: (on: boolean) => void
  children: ReactNode
}) {
  return (
    <AriaSwitch isSelected={on} onChange={onChange} className="group inline-flex items-center gap-2.5">
      <span className="flex h-[18px] w-8 flex-none items-center rounded-full border border-ink-3 bg-panel-2 p-px transition-colors group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-selected:border-accent group-data-selected:bg-accent">
        <span className="size-3.5 rounded-full bg-ink-3 transition-transform group-data-selected:translate-x-3.5 group-data-selected:bg-accent-ink" />
      </span>
      {children}
    </AriaSwitch>
  )
}

/** One of several, each with a line of explanation; all visible at once. */
export function Choices<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: T | null
  options: readonly { id: T; label: string; detail?: string }[]
  onChange: (value: T) => void
}) {
  return (
    <RadioGroup value={value} onChange={(next) => onChange(next as T)} className="grid gap-1">
      <Label className="lbl">{label}</Label>
      <div className="grid gap-px">
        {options.map((option) => (
          <Radio
            key={option.id}
            value={option.id}
            className="group flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 hover:bg-hover data-selected:bg-accent-soft"
          >
            <span className="grid size-[15px] flex-none place-items-center rounded-full border border-ink-3 bg-panel group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-selected:border-accent">
              <span className="size-[7px] rounded-full group-data-selected:bg-accent" />
            </span>
            <span>{option.label}</span>
            {option.detail && <span className="ml-auto text-sm text-ink-2">{option.detail}</span>}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
