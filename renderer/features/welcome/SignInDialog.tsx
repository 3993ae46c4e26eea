import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHello } from '../../app/hooks.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/Note.tsx'
import { useSignIn } from './SignInForm.tsx'

/** Who sits here. Without `onClose` somebody has to sign in before anything leaves the desk. */
export function SignInDialog({ onClose }: { onClose?: () => void }) {
  const { t } = useTranslation()
  const hello = useHello().data
  const [later, setLater] = useState(false)
  const close = () => (onClose ? onClose() : setLater(true))
  const { fields, resting, submit } = useSignIn(null, close)
  if (later) return null
  return (
    <Dialog
      title={onClose ? t('signIn.switch') : t('signIn.title')}
      open
      onClose={close}
      onSubmit={() => void submit()}
      width="small"
      footer={
        <>
          {hello?.me && onClose && (
            <Button kind="quiet" className="mr-auto" onClick={() => void core('desk.signOut', {}).then(close, close)}>
              {t('signIn.out')}
            </Button>
          )}
          <Button kind="primary" size="big" type="submit" disabled={resting}>
            {t('signIn.do')}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">{hello?.desk?.library.name}</p>
      {hello?.enrolAgain && <Note tone="bad">{t('enrolAgain.short')}</Note>}
      {fields}
    </Dialog>
  )
}
