import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'

/** Asks for what opens a locked PDF. */
export function PasswordDialog({
  file,
  wrong,
  onOpen,
  onClose,
}: {
  file: string
  wrong: boolean
  onOpen: (password: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  return (
    <Dialog
      title={t('received.passwordTitle')}
      open
      width="small"
      onClose={onClose}
      onSubmit={() => password !== '' && onOpen(password)}
      footer={
        <Button kind="primary" type="submit" disabled={password === ''}>
          {t('received.open')}
        </Button>
      }
    >
      <div className="grid gap-3">
        <p className="break-all">{t('received.passwordOf', { file })}</p>
        {wrong && <Note tone="bad">{t('received.passwordWrong')}</Note>}
        <Field
          label={t('received.password')}
          type="password"
          autoFocus
          autoComplete="off"
          maxLength={127}
          value={password}
          onChange={setPassword}
        />
      </div>
    </Dialog>
  )
}
