import { Sparkle } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { useHello } from '../../app/hooks.ts'
import { openOverlay, useOverlay } from '../../app/windows.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CHANGES, keyOf } from './changes.ts'

const seen = (seenVersion: string) => void attempt(() => core('settings.set', { seenVersion }))

/** What the versions brought, newest first. */
export function WhatsNew() {
  const { t } = useTranslation()
  const open = useOverlay((state) => state.open) === 'whatsNew'
  const version = useHello().data?.version
  const close = () => {
    openOverlay(null)
    if (version) seen(version)
  }
  return (
    <Dialog
      title={t('changes.title')}
      open={open}
      onClose={close}
      onSubmit={close}
      footer={
        <Button kind="primary" type="submit" autoFocus>
          {t('changes.read')}
        </Button>
      }
    >
      {CHANGES.map(({ version: of, points }) => (
        <section key={of} className="grid gap-2">
          <h3 className="font-semibold">{t('changes.version', { version: of })}</h3>
          <ul className="grid list-disc gap-1.5 pl-5">
            {Array.from({ length: points }, (_, nth) => (
              <li key={nth}>{t(`changes.${keyOf(of)}.p${nth + 1}`)}</li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  )
}

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
  if (!version || !before || before === version) return null
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
