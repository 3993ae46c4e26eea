import { Sparkle } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { useHello } from '../../app/hooks.ts'
import { openOverlay } from '../../app/windows.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { isUpdate } from './changes.ts'

/** Puts a version's changes away. */
export const seen = (seenVersion: string) => void attempt(() => core('settings.set', { seenVersion }))

/** After an update, one line on top of the queue until it is read or put away. A first run has nothing to compare with. */
export function Updated() {
  const { t } = useTranslation()
  const hello = useHello().data
  const version = hello?.version
  const before = hello?.settings.seenVersion
  const first = before === '' && version !== undefined && Boolean(hello?.desk)
  useEffect(() => {
    if (first) seen(version!)
  }, [first, version])
  if (!version || !isUpdate(before ?? '', version)) return null
  return (
    <div
      data-updated
      className="flex min-w-0 items-center gap-2.5 border-b border-accent-line bg-accent-soft px-3.5 py-1.5 text-accent"
    >
      <Sparkle aria-hidden="true" size={16} className="flex-none" />
      <span className="ell min-w-0 flex-1">{t('changes.updated', { version })}</span>
      <Button size="small" onClick={() => openOverlay('whatsNew')}>
        {t('changes.look')}
      </Button>
      <Button size="small" kind="quiet" onClick={() => seen(version)}>
        {t('start.later')}
      </Button>
    </div>
  )
}
