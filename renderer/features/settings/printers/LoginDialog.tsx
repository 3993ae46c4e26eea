import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrinterInfo } from '../../../../electron/contract/core.contract.ts'
import { attempt } from '../../../app/act.ts'
import { core } from '../../../host.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'

/** User name and password that a printer asks for; kept by core, never shown again. */
export function LoginDialog({ printer, onClose }: { printer: PrinterInfo; onClose: () => void }) {
  const { t } = useTranslation()
  const [user, setUser] = useState('')
  const [password, setPassword] = useState('')
  const save = async () => {
    if (await attempt(() => core('printer.login', { printerId: printer.id, user: user.trim(), password }))) onClose()
  }
  return (
    <Dialog
      title={t('printers.loginTitle')}
      open
      onClose={onClose}
      onSubmit={() => void save()}
      width="small"
      footer={
        <Button kind="primary" type="submit" disabled={user.trim() === ''}>
          {t('printers.loginSave')}
        </Button>
      }
    >
      <p>{t('printers.loginText', { name: printer.name })}</p>
      <Field label={t('printers.user')} value={user} onChange={setUser} maxLength={200} autoFocus />
      <Field label={t('printers.password')} type="password" value={password} onChange={setPassword} maxLength={200} />
    </Dialog>
  )
}
