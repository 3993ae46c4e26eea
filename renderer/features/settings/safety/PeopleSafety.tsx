import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asDeskError, useCore } from '../../../app/data.ts'
import { errorText } from '../../../app/errors.ts'
import { useHello } from '../../../app/hooks.ts'
import { toast } from '../../../app/toasts.ts'
import { core } from '../../../host.ts'
import { CommandButton } from '../../../app/CommandButton.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Line } from '../Line.tsx'
import { useSettings } from '../useSettings.ts'

const LOCK = [0, 5, 10, 15, 30, 60]
const OFFLINE = [0, 1, 7, 14, 30, 90]
const PURGE = [30, 60, 90, 180, 365]

/** A choice of numbers that keeps one set elsewhere. */
const withOwn = (choices: readonly number[], own: number) =>
  choices.includes(own) ? choices : [...choices, own].toSorted((a, b) => a - b)

/** PIN, lock, work without the centre, and how long readers' data are kept. */
export function PeopleSafety() {
  const { t } = useTranslation()
  const supervisor = useHello().data?.me?.role === 'supervisor'
  const { settings, set } = useSettings()
  if (!settings) return null
  const choice = (
    name: 'lockMinutes' | 'offlineSignInDays' | 'purgeDays',
    choices: readonly number[],
    text: (value: number) => string,
  ) => (
    <Line setting={name} title={t(`safety.${name}`)} hint={t(`safety.${name}Hint`)}>
      <Select
        label={t(`safety.${name}`)}
        hideLabel
        value={String(settings[name])}
        disabled={!supervisor}
        options={withOwn(choices, settings[name]).map((value) => ({ id: String(value), label: text(value) }))}
        onChange={(value) => set({ [name]: Number(value) })}
      />
    </Line>
  )
  return (
    <section className="grid gap-6" aria-label={t('safety.people')}>
      <Pin />
      {choice('lockMinutes', LOCK, (value) => (value === 0 ? t('safety.never') : t('time.minutes', { count: value })))}
      <Line title={t('command.app.lock')} hint={t('safety.lockNowHint')}>
        <CommandButton id="app.lock" />
      </Line>
      {choice('offlineSignInDays', OFFLINE, (value) =>
        value === 0 ? t('safety.notAtAll') : t('time.days', { count: value }),
      )}
      {choice('purgeDays', PURGE, (value) => t('time.days', { count: value }))}
    </section>
  )
}

function Pin() {
  const { t } = useTranslation()
  const hello = useHello().data
  const me = hello?.me
  const { data: safety, reload } = useCore('safety.get', {}, ['status', 'settings', 'desk'])
  const [pin, setPin] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | undefined>()
  if (!me || !safety) return null
  const keep = async (wish: Parameters<typeof core<'desk.setPin'>>[1]) => {
    try {
      await core('desk.setPin', wish)
      toast({ tone: 'ok', text: () => (wish.pin === null ? t('safety.pinGone') : t('safety.pinSet')), ms: 3500 })
      setPin('')
    } catch (failure) {
      const { code, params } = asDeskError(failure)
      setError(errorText(t, code, params))
    }
    setPassword('')
    reload()
  }
  const ready = /^\d{4,12}$/.test(pin) && password !== ''
  return (
    <Line title={t('safety.pin', { name: me.name })} hint={t('safety.pinHint')}>
      <form
        className="grid w-[230px] gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) void keep({ pin, password })
        }}
      >
        <Field
          label={safety.pin ? t('safety.pinNew') : t('signIn.pin')}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          value={pin}
          onChange={(text) => setPin(text.replace(/\D/g, ''))}
          data-scan="text"
          data-pin
        />
        {pin !== '' && (
          <Field
            label={t('safety.pinPassword')}
            type="password"
            autoComplete="off"
            value={password}
            error={error}
            {...(hello?.rehearsal ? { hint: t('signIn.rehearsal') } : {})}
            onChange={(text) => {
              setPassword(text)
              setError(undefined)
            }}
            data-scan="text"
            data-pin-password
          />
        )}
        <span className="flex justify-end gap-2">
          {safety.pin && (
            <Button kind="quiet" data-action="pinOff" onClick={() => void keep({ pin: null })}>
              {t('safety.pinOff')}
            </Button>
          )}
          <Button type="submit" disabled={!ready}>
            {safety.pin ? t('safety.pinChange') : t('safety.pinDo')}
          </Button>
        </span>
      </form>
    </Line>
  )
}
