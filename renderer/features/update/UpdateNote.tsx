import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { useNow } from '../../app/hooks.ts'
import { go, useRoute } from '../../app/routes.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Corner } from '../../ui/Corner.tsx'
import { install, useInstalling } from './install.ts'
import { toAnnounce, versionToAsk } from './when.ts'

/** Asks, in a corner and without taking the keyboard, when a new version lies ready and nobody would be interrupted. */
export function UpdateNote() {
  const { t } = useTranslation()
  const { data } = useCore('update.get', {}, ['update', 'jobs', 'outbox'])
  const installing = useInstalling((state) => state.version)
  const place = useRoute((route) => route.place)
  const now = useNow(30_000)
  const [seenBack, setSeenBack] = useState(false)
  if (installing) return <Installing version={installing} />
  if (!data) return null
  if (data.goneBackFrom && !seenBack)
    return (
      <Corner name="update" title={t('update.wentBack', { version: data.goneBackFrom, now: data.version })}>
        <Button onClick={() => setSeenBack(true)}>{t('ui.understood')}</Button>
      </Corner>
    )
  const version = versionToAsk(data, place, now)
  const announced = toAnnounce(data, place)
  if (announced)
    return (
      <Corner
        name="update"
        title={t(announced.required ? 'update.needed' : 'update.announced', { version: announced.version })}
        hint={announced.title}
      >
        <Button kind="quiet" onClick={() => go('settings', undefined, 'update')}>
          {t('update.more')}
        </Button>
        <Button
          data-action="heard"
          onClick={() => void attempt(() => core('update.heard', { version: announced.version }))}
        >
          {t('ui.understood')}
        </Button>
      </Corner>
    )
  if (!version) return null
  return (
    <Corner name="update" title={t('update.ready', { version })} hint={t('update.readyHint')}>
      <Button kind="quiet" onClick={() => void attempt(() => core('update.later', {}))}>
        {t('update.later')}
      </Button>
      <Button kind="primary" onClick={() => void install(version)}>
        {t('update.install')}
      </Button>
    </Corner>
  )
}

/** Core is closed meanwhile: nothing behind this can answer. */
function Installing({ version }: { version: string }) {
  const { t } = useTranslation()
  return (
    <div
      role="alertdialog"
      aria-label={t('update.installing', { version })}
      className="fixed inset-0 z-[80] grid place-items-center bg-paper p-6"
    >
      <div className="grid w-full max-w-[420px] gap-3 rounded-xl border border-line bg-panel p-7 shadow-paper">
        <h1 className="text-lg font-semibold">{t('update.installing', { version })}</h1>
        <p className="text-ink-2">{t('update.installingHint')}</p>
      </div>
    </div>
  )
}
