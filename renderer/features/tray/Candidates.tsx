import { useTranslation } from 'react-i18next'
import type { QueueRow, TrayBundle } from '../../../electron/contract/core.contract.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { dueText } from '../../app/due.ts'
import { useNow } from '../../app/hooks.ts'
import { Field } from '../../ui/Field.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'
import { cx } from '../../ui/cx.ts'

/** Whose pages these are: the likeliest requests with a key each, a search, and the slip under the hand scanner. */
export function Candidates({
  rows,
  loading,
  text,
  targets,
  onText,
  onAssign,
}: {
  rows: readonly QueueRow[]
  loading: boolean
  text: string
  targets: readonly TrayBundle[]
  onText: (text: string) => void
  onAssign: (id: string) => void
}) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const first = rows[0]
  return (
    <div className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)_auto]">
      <form
        className="grid gap-1.5 px-4 pt-3.5 pb-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (first) onAssign(first.id)
        }}
      >
        <Field
          label={t('tray.whose')}
          value={text}
          onChange={onText}
          placeholder={t('tray.searchHint')}
          maxLength={200}
          data-tray-search
        />
        <p className="text-sm text-ink-2">{t('tray.scanHint')}</p>
      </form>
      <ul aria-label={t('tray.whose')} className="min-h-0 divide-y divide-line overflow-y-auto border-y border-line">
        {rows.map((row, index) => (
          <li key={row.id}>
            <button
              type="button"
              onClick={() => onAssign(row.id)}
              data-candidate={row.id}
              className={cx(
                'grid w-full grid-cols-[20px_minmax(0,1fr)] gap-x-2.5 px-4 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2',
                index === 0 && 'bg-accent-soft',
              )}
            >
              <span className="pt-0.5">{index < 5 && <Kbd keys={String(index + 1)} />}</span>
              <span className="grid min-w-0 gap-0.5">
                <span className="line-clamp-2 font-medium" title={row.title}>
                  {row.title}
                </span>
                <span className="ell text-sm text-ink-2" title={row.subtitle}>
                  {row.subtitle}
                </span>
                <span className="flex items-center gap-2 text-sm">
                  <span className="mono text-ink-2">{row.id}</span>
                  <UrgencyMark urgency={row.urgency}>{dueText(row, now, t, i18n.language)}</UrgencyMark>
                  {row.pageCount > 0 && (
                    <span className="text-ink-2">{t('request.pages', { count: row.pageCount })}</span>
                  )}
                </span>
              </span>
            </button>
          </li>
        ))}
        {rows.length === 0 && !loading && (
          <li className="px-4 py-6 text-center text-ink-2">{t(text ? 'tray.noneFound' : 'tray.noCandidates')}</li>
        )}
      </ul>
      <div className="grid gap-2 px-4 py-3">
        <div className="ell text-sm text-ink-2" role="status" title={first?.title}>
          {first &&
            t('tray.willGo', {
              count: targets.reduce((sum, bundle) => sum + bundle.pageCount, 0),
              title: first.title,
            })}
        </div>
        <CommandButton id="tray.assign" kind="primary" size="big" className="w-full" />
      </div>
    </div>
  )
}
