import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CoreState, Refusal } from '../../../electron/contract/main.contract.ts'
import type { DeskError } from '../../../electron/contract/errors.ts'
import { errorText } from '../../app/errors.ts'
import { main, onMainEvent } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Note } from '../../ui/Note.tsx'

const RestoreWizard = lazy(() => import('./RestoreWizard.tsx'))

/** Says when the working part of the app is away, and what to do when it does not come back. */
export function CoreTrouble({ error }: { error: DeskError | null }) {
  const { t } = useTranslation()
  const [{ state, refusal }, setCore] = useState<{ state: CoreState; refusal: Refusal | null }>({
    state: 'running',
    refusal: null,
  })
  useEffect(() => {
    // Core may have given up before this page listened.
    void main('app.info', {})
      .then((info) => setCore({ state: info.core, refusal: info.refusal }))
      .catch(() => {})
    return onMainEvent((event) => event.topic === 'core' && setCore(event))
  }, [])
  const why = error ?? refusal
  const mendable = state === 'failed' && refusal?.backups !== undefined ? refusal : null
  if (state === 'failed' || error)
    return (
      <Covering label={t('trouble.title')}>
        <div className="grid w-full max-w-[460px] gap-4 rounded-xl border border-line bg-panel p-7 shadow-paper">
          <h1 className="text-lg font-semibold">{t('trouble.title')}</h1>
          {!mendable && <p className="text-ink-2">{t(refusal ? 'trouble.refused' : 'trouble.kept')}</p>}
          {why && <Note tone="bad">{errorText(t, why.code, why.params)}</Note>}
          <Suspense>
            {mendable && <RestoreWizard key={`${mendable.code} ${mendable.backups?.[0]?.id}`} refusal={mendable} />}
          </Suspense>
          <div className="flex gap-2">
            <Button
              kind={mendable ? 'normal' : 'primary'}
              size="big"
              autoFocus={!mendable}
              data-action="restartCore"
              onClick={() => void main('core.restart', {}).catch(() => {})}
            >
              {t('trouble.restart')}
            </Button>
            <Button size="big" onClick={() => void main('files.showData', {}).catch(() => {})}>
              {t('trouble.folder')}
            </Button>
          </div>
        </div>
      </Covering>
    )
  if (state === 'restarting')
    return (
      <div
        role="status"
        className="fixed top-14 left-1/2 z-[70] -translate-x-1/2 animate-rise rounded-lg border border-amber-line bg-amber-soft px-4 py-2 text-amber shadow-float"
      >
        {t('trouble.restarting')}
      </div>
    )
  return null
}

/** Over everything, and nothing behind it can be reached: the browser's own modal dialog, which cannot be put away. */
function Covering({ label, children }: { label: string; children: ReactNode }) {
  const stay = (dialog: HTMLDialogElement | null) => {
    if (dialog && !dialog.open) dialog.showModal()
  }
  return (
    <dialog
      ref={stay}
      role="alertdialog"
      aria-label={label}
      onCancel={(event) => event.preventDefault()}
      onClose={(event) => stay(event.currentTarget)}
      className="fixed inset-0 m-0 grid h-full max-h-none w-full max-w-none place-items-center overflow-auto bg-paper p-6 text-ink"
    >
      {children}
    </dialog>
  )
}
