import { useTranslation } from 'react-i18next'
import { useCore } from '../../app/data.ts'
import { libraryName } from '../../app/format.ts'
import { useHello } from '../../app/hooks.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/Note.tsx'
import { useSignIn } from './SignInForm.tsx'

/** Somebody else takes the place of who sits here. */
export function SignInDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const hello = useHello().data
  const expired = useCore('status.get', {}, ['status']).data?.connection === 'sign_in'
  const { fields, resting, submit } = useSignIn(expired ? (hello?.me?.id ?? null) : null, onClose)
  return (
    <Dialog
      title={t(expired ? 'signIn.again' : 'signIn.switch')}
      open
      onClose={onClose}
      onSubmit={() => void submit()}
      width="small"
      footer={
        <>
          {hello?.me && (
            <Button
              kind="quiet"
              className="mr-auto"
              onClick={() => void core('desk.signOut', {}).then(onClose, onClose)}
            >
              {t('signIn.out')}
            </Button>
          )}
          <Button kind="primary" size="big" type="submit" disabled={resting}>
            {t('signIn.do')}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">{hello?.desk && libraryName(hello.desk.library, i18n.language)}</p>
      {hello?.enrolAgain && <Note tone="bad">{t('enrolAgain.short')}</Note>}
      {fields}
    </Dialog>
  )
}
