import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asDeskError, useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { useHello } from '../../app/hooks.ts'
import { core } from '../../host.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { cx } from '../../ui/cx.ts'

/** Who sits here. Without `onClose` somebody has to sign in before anything leaves the desk. */
export function SignInDialog({ onClose }: { onClose?: () => void }) {
  const { t } = useTranslation()
  const hello = useHello().data
  const staff = useCore('desk.staff', {}, ['desk', 'status']).data
  const [who, setWho] = useState<string | null>(null)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)
  const [later, setLater] = useState(false)
  const chosen = who ?? staff?.[0]?.id ?? null
  const close = () => (onClose ? onClose() : setLater(true))
  if (later) return null

  const submit = async () => {
    if (!chosen || !password) return
    setBusy(true)
    try {
      await core('desk.signIn', { staff: chosen, password })
      close()
    } catch (failure) {
      const known = asDeskError(failure)
      setError(errorText(t, known.code, known.params))
    }
    setBusy(false)
  }
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
          <Button kind="primary" size="big" type="submit" disabled={!chosen || !password || busy}>
            {t('signIn.do')}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">{hello?.desk?.library.name}</p>
      <div role="group" aria-label={t('signIn.who')} className="grid gap-px">
        {!staff && <Skeleton h={36} />}
        {staff?.map((one) => (
          <button
            key={one.id}
            type="button"
            aria-pressed={one.id === chosen}
            data-staff={one.id}
            onClick={() => setWho(one.id)}
            className={cx(
              'flex h-10 items-center gap-2.5 rounded-md px-2.5 text-left',
              one.id === chosen ? 'bg-accent-soft font-semibold' : 'hover:bg-hover',
            )}
          >
            <Avatar name={one.name} />
            <span className="flex-1">{one.name}</span>
            <span className="text-sm font-normal text-ink-2">{t(`staffRole.${one.role}`)}</span>
          </button>
        ))}
        {staff?.length === 0 && <p className="text-ink-2">{t('signIn.noStaff')}</p>}
      </div>
      <Field
        label={t('signIn.password')}
        type="password"
        autoComplete="off"
        value={password}
        onChange={(value) => {
          setPassword(value)
          setError(undefined)
        }}
        error={error}
        autoFocus
        data-scan="text"
      />
    </Dialog>
  )
}
