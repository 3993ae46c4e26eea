import { CalendarOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCore } from '../../app/data.ts'
import { day } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { go } from '../../app/routes.ts'

/** Stands where requests come in while our own service is paused; leads to where it can be ended. */
export function PausedMark() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const until = useCore('pause.get', {}, ['queue', 'desk']).data?.pausedUntil ?? null
  if (until === null || until <= now) return null
  return (
    <button
      type="button"
      onClick={() => go('numbers', undefined, 'pause')}
      className="flex h-[30px] min-w-0 items-center gap-1.5 rounded-md bg-amber-soft px-2.5 text-amber"
    >
      <CalendarOff aria-hidden="true" size={15} className="flex-none" />
      <span className="ell">{t('queue.paused', { day: day(until - 1, i18n.language, now) })}</span>
    </button>
  )
}
