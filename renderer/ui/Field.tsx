import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes } from 'react'
import { cx } from './cx.ts'

const BOX =
  'w-full rounded-md border border-line-2 bg-panel text-ink placeholder:text-ink-3 focus:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:bg-panel-2 disabled:text-ink-3'

interface Labelled {
  label: string
  hint?: ReactNode
  error?: string | undefined
  hideLabel?: boolean
}

function Frame({ label, hint, error, hideLabel, id, children }: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'lbl'}>
        {label}
      </label>
      {children}
      {error ? (
        <div id={`${id}-hint`} className="text-sm text-seal">
          {error}
        </div>
      ) : (
        hint && (
          <div id={`${id}-hint`} className="text-sm text-ink-3">
            {hint}
          </div>
        )
      )}
    </div>
  )
}

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'>, Labelled {
  value: string
  onChange: (value: string) => void
  mono?: boolean
  ref?: Ref<HTMLInputElement>
}

/** One line of text with its label above and what to do below. */
export function Field({ label, hint, error, hideLabel, onChange, mono, className, ...rest }: FieldProps) {
  const own = useId()
  const id = rest.id ?? own
  return (
    <Frame label={label} hint={hint} error={error} hideLabel={hideLabel ?? false} id={id}>
      <input
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
        className={cx(BOX, 'h-8 px-2.5', mono && 'mono', error && 'border-seal', className)}
      />
    </Frame>
  )
}

export interface TextAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'>, Labelled {
  value: string
  onChange: (value: string) => void
}

/** Several lines of text. */
export function TextArea({ label, hint, error, hideLabel, onChange, className, ...rest }: TextAreaProps) {
  const id = useId()
  return (
    <Frame label={label} hint={hint} error={error} hideLabel={hideLabel ?? false} id={id}>
      <textarea
        rows={3}
        {...rest}
        id={id}
        aria-describedby={error || hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
        className={cx(BOX, 'resize-none px-2.5 py-1.5', className)}
      />
    </Frame>
  )
}
