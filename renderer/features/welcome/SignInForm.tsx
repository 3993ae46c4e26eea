import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asDeskError, useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { useHello } from '../../app/hooks.ts'
import { core } from '../../host.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { cx } from '../../ui/cx.ts'

export interface SignIn {
  /** Nothing to send yet, or it is being looked at. */
  resting: boolean
  submit: () => Promise<void>
  fields: React.ReactNode
}

/** Who sits here, and the PIN or the password that proves it. @param first chosen until somebody picks another */
export function useSignIn(first: string | null, onDone: () => void): SignIn {
  const { t } = useTranslation()
  const rehearsal = useHello().data?.rehearsal ?? false
  const { data: staff, reload } = useCore('desk.staff', {}, ['desk', 'status'])
  const [who, setWho] = useState<string | null>(null)
  const [secret, setSecret] = useState('')
  const [withPassword, setWithPassword] = useState(false)
  const [error, setError] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const chosen = who ?? (staff?.some(({ id }) => id === first) ? first : (staff?.[0]?.id ?? null))
  const hasPin = staff?.find(({ id }) => id === chosen)?.pin ?? false
  const byPin = hasPin && !withPassword

  const type = (text: string) => {
    setSecret(text)
    setError(undefined)
  }
  const submit = async () => {
    if (!chosen || !secret || busy) return
    setBusy(true)
    try {
      if (byPin) await core('desk.signInPin', { staff: chosen, pin: secret })
      else await core('desk.signIn', { staff: chosen, password: secret })
      onDone()
    } catch (failure) {
      const known = asDeskError(failure)
      const shown = byPin && known.code === 'bad_call' ? 'pin_weak' : known.code
      type('')
      setError(errorText(t, shown, known.params))
      if (known.code === 'pin_locked' || known.code === 'offline_too_long') {
        setWithPassword(true)
        // A PIN that is of no use any more is not offered.
        reload()
      }
    }
    setBusy(false)
  }
  const fields = (
    <>
      <div role="group" aria-label={t('signIn.who')} className="grid gap-px">
        {!staff && <Skeleton h={36} />}
        {staff?.map((one) => (
          <button
            key={one.id}
            type="button"
            aria-pressed={one.id === chosen}
            data-staff={one.id}
            onClick={() => {
              setWho(one.id)
              setWithPassword(false)
              type('')
              field.current?.focus()
            }}
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
      {/* Drawn once it is known whether a PIN or a password is asked for: what is typed stays where it was typed, and Enter counts. */}
      {staff && (
        <Field
          key={byPin ? 'pin' : 'password'}
          ref={field}
          label={byPin ? t('signIn.pin') : t('signIn.password')}
          type="password"
          inputMode={byPin ? 'numeric' : 'text'}
          autoComplete="off"
          value={secret}
          onChange={type}
          error={error}
          {...(rehearsal && !byPin ? { hint: t('signIn.rehearsal') } : {})}
          autoFocus
          data-scan="text"
          data-secret={byPin ? 'pin' : 'password'}
        />
      )}
      {hasPin && (
        <Button kind="quiet" size="small" className="justify-self-start" onClick={() => setWithPassword(byPin)}>
          {byPin ? t('signIn.usePassword') : t('signIn.usePin')}
        </Button>
      )}
    </>
  )
  return { resting: !chosen || !secret || busy, submit, fields }
}

/** The same with its own button, where there is no dialog around it. */
export function SignInForm({ first, onDone }: { first: string | null; onDone: () => void }) {
  const { t } = useTranslation()
  const { fields, resting, submit } = useSignIn(first, onDone)
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {fields}
      <Button kind="primary" size="big" type="submit" disabled={resting}>
        {t('lock.open')}
      </Button>
    </form>
  )
}
