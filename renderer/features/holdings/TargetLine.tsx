import { useTranslation } from 'react-i18next'
import type { TargetReport } from '../../../electron/contract/core.contract.ts'
import { moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'

/** How a catalogue fared, in words that say what follows from it. */
export function TargetLine({ target }: { target: TargetReport }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const good = target.state === 'ok' || target.state === 'waiting'
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 text-sm" data-target={target.id} data-state={target.state}>
      <span className="ell min-w-0 font-medium">{target.name}</span>
      <span className={good ? 'text-ink-2' : 'text-amber'} title={target.detail || undefined}>
        {target.state === 'ok'
          ? t(target.more ? 'holdings.manyHits' : 'holdings.hits', { count: target.hits })
          : t(`holdings.target.${target.state}`)}
      </span>
      {target.cachedAt !== null && (
        <span className="text-ink-2">
          {t('holdings.cached', { at: moment(target.cachedAt, i18n.language, now, t) })}
        </span>
      )}
      {target.damaged > 0 && <span className="text-amber">{t('holdings.damaged', { count: target.damaged })}</span>}
    </div>
  )
}
