import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'

/** Network addresses of devices that are not found by themselves. */
export function AddressList({
  label,
  hint,
  about,
  wrong,
  value,
  onChange,
}: {
  label: string
  hint: string
  about?: string
  /** What is wrong with a text, where it can be told before it is tried. */
  wrong?: (text: string) => string | undefined
  value: readonly string[]
  onChange: (value: string[]) => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const error = text.trim() === '' ? undefined : wrong?.(text.trim())
  const add = () => {
    if (error) return
    if (text.trim() && !value.includes(text.trim())) onChange([...value, text.trim()])
    setText('')
  }
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <div className="flex items-start gap-2">
        <div className="flex-1">
          <Field
            label={label}
            value={text}
            onChange={setText}
            mono
            placeholder={hint}
            maxLength={300}
            data-scan="text"
            {...(about ? { hint: about } : {})}
            error={error}
          />
        </div>
        <Button
          type="submit"
          className="mt-[21px] h-8"
          disabled={!text.trim() || error !== undefined || value.length >= 20}
        >
          {t('ui.add')}
        </Button>
      </div>
      {value.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line bg-panel">
          {value.map((one) => (
            <li key={one} className="flex h-9 items-center gap-2 px-2.5">
              <span className="mono ell flex-1">{one}</span>
              <Button
                size="small"
                kind="quiet"
                onClick={() => onChange(value.filter((other) => other !== one))}
                aria-label={t('ui.removeThis', { name: one })}
              >
                {t('ui.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </form>
  )
}
