import { useTranslation } from 'react-i18next'
import { useHello } from '../../app/hooks.ts'
import { openOverlay, useOverlay } from '../../app/windows.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CHANGES, keyOf } from './changes.ts'
import { seen } from './Updated.tsx'

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
