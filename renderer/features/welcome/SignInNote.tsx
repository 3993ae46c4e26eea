import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCore } from '../../app/data.ts'
import { useHello } from '../../app/hooks.ts'
import { go } from '../../app/routes.ts'
import { openOverlay } from '../../app/windows.ts'
import { Button } from '../../ui/Button.tsx'
import { Corner } from '../../ui/Corner.tsx'

/** Says that the sign-in ran out and what waits for it; work goes on, and "later" is until it runs out the next time. */
export function SignInNote() {
  const { t } = useTranslation()
  const status = useCore('status.get', {}, ['status', 'outbox']).data
  const { enrolAgain } = useHello().data ?? {}
  const [later, setLater] = useState(0)
  if (status?.connection !== 'sign_in' || status.since === later) return null
  const ask = () => (enrolAgain ? go('settings', undefined, 'centre') : openOverlay('signIn'))
  return (
    <Corner
      name="sign-in"
      narrow
      title={t(enrolAgain ? 'enrolAgain.title' : 'signIn.expired')}
      hint={enrolAgain ? t('enrolAgain.why') : t('signIn.expiredHint', { count: status.waiting.ops })}
    >
      <Button kind="quiet" onClick={() => setLater(status.since)}>
        {t('signIn.later')}
      </Button>
      <Button kind="primary" onClick={ask}>
        {t(enrolAgain ? 'enrolAgain.do' : 'signIn.again')}
      </Button>
    </Corner>
  )
}
