import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCore } from '../../app/data.ts'
import { libraryName } from '../../app/format.ts'
import { Field } from '../../ui/Field.tsx'
import { fold } from '../../ui/Highlight.tsx'
import { cx } from '../../ui/cx.ts'

const SHOWN = 6

/** Chooses a member library by name, English name or code; unless `required`, none = the centre chooses. */
export function LibraryPicker({
  value,
  onChange,
  required,
  label,
}: {
  value: string | null
  onChange: (id: string | null) => void
  required?: boolean
  /** What the library is wanted for; forwarding unless said. */
  label?: string
}) {
  const { t, i18n } = useTranslation()
  const [text, setText] = useState('')
  const libraries = useCore('libraries.list', {}, ['desk']).data ?? []
  const wanted = fold(text.trim())
  const found = libraries.filter(
    (one) => !wanted || fold(`${one.name} ${one.nameEn} ${one.code} ${one.id}`).includes(wanted),
  )
  const list = [...found.filter((one) => one.id === value), ...found.filter((one) => one.id !== value)].slice(0, SHOWN)
  const nameOf = (one: (typeof libraries)[number]) => libraryName(one, i18n.language)
  const pick = (id: string | null, label: string, code: string) => (
    <button
      key={id ?? 'centre'}
      type="button"
      aria-pressed={value === id}
      onClick={() => onChange(id)}
      className={cx(
        'flex h-8 w-full items-center gap-2 px-2.5 text-left hover:bg-hover',
        value === id && 'bg-accent-soft text-accent',
      )}
    >
      <span className="ell flex-1" title={label}>
        {label}
      </span>
      <span className="mono text-ink-2">{code}</span>
    </button>
  )
  return (
    <div className="grid gap-1.5">
      <Field label={label ?? t('ask.forward.to')} value={text} onChange={setText} placeholder={t('ask.forward.find')} />
      <div className="divide-y divide-line overflow-hidden rounded-md border border-line">
        {!required && pick(null, t('ask.forward.centre'), '')}
        {list.map((one) => pick(one.id, nameOf(one), one.code))}
      </div>
      {found.length > SHOWN && (
        <div className="text-sm text-ink-3">{t('ask.forward.more', { count: found.length - SHOWN })}</div>
      )}
    </div>
  )
}
