import { useTranslation } from 'react-i18next'
import { moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import type { Board } from './Packing.tsx'

/** What was corrected after closing, by whom; always in sight of the manifest. */
export function Amendments({ list }: { list: Board['manifests'][number]['amendments'] }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  if (list.length === 0) return null
  return (
    <ul className="grid gap-1 rounded-md bg-amber-soft px-2.5 py-2 text-sm" aria-label={t('courier.amendments')}>
      {list.map((one, index) => (
        <li key={index}>
          <b className="font-semibold text-amber">{t('courier.amended')}</b> {one.text}
          <span className="text-ink-2">
            {' '}
            · {one.who} · {moment(one.at, i18n.language, now, t)}
          </span>
        </li>
      ))}
    </ul>
  )
}
