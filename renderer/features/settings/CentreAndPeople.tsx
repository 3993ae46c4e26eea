import { useTranslation } from 'react-i18next'
import { useCore } from '../../app/data.ts'
import { moment, sentences, span } from '../../app/format.ts'
import { useHello, useNow } from '../../app/hooks.ts'
import { openOverlay } from '../../app/windows.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { Button } from '../../ui/Button.tsx'
import { Note } from '../../ui/Note.tsx'
import { EnrolAgain } from './EnrolAgain.tsx'
import { Line } from './Line.tsx'
import { ManagedNote } from './Managed.tsx'
import { NetworkLines } from './NetworkLines.tsx'

/** The centre this desk belongs to, and who works here. */
export function CentreAndPeople() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const hello = useHello().data
  const status = useCore('status.get', {}, ['status']).data
  const library = hello?.desk?.library
  const names = i18n.language === 'en' ? [library?.nameEn, library?.name] : [library?.name, library?.nameEn]
  const online = status?.connection === 'online'
  return (
    <>
      <Line title={t('settings.library')} hint={library && `${names[1]} · ${library.code}`}>
        <b className="font-semibold">{names[0]}</b>
      </Line>
      <Line title={t('settings.desk')} hint={t('settings.deskHint')}>
        {hello?.desk?.name}
      </Line>
      <Line
        title={t('settings.centre')}
        hint={
          <>
            <span className="mono select-text">{hello?.settings.centreUrl}</span>
            {hello?.managed.includes('centreUrl') && <ManagedNote />}
          </>
        }
      >
        <CommandButton id="app.syncNow" />
      </Line>
      {/* Where the desk itself is refused, signing in is of no use. */}
      {status && !hello?.enrolAgain && (
        <Note tone={online ? 'ok' : 'warn'}>
          {sentences(i18n.language, [
            online
              ? t('settings.connected')
              : t(`settings.connection.${status.centreBehind ? 'centreBehind' : status.connection}`),
            status.lastSyncAt !== null &&
              t('settings.lastSync', { time: moment(status.lastSyncAt, i18n.language, now, t) }),
          ])}
        </Note>
      )}
      {status && Math.abs(status.clockSkewMs ?? 0) > 120_000 && (
        <Note tone="warn">{t('settings.skew', { span: span(status.clockSkewMs!, t) })}</Note>
      )}
      {hello?.enrolAgain && <EnrolAgain hello={hello} />}
      <NetworkLines />
      <Line title={t('settings.person')} hint={hello?.me ? t(`staffRole.${hello.me.role}`) : t('signIn.nobody')}>
        <span className="flex items-center gap-3">
          {hello?.me?.name}
          <Button data-action="switch" onClick={() => openOverlay('signIn')}>
            {t('signIn.switch')}
          </Button>
        </span>
      </Line>
      {status?.keyStore === 'file' && <Note tone="warn">{t('settings.keyFile')}</Note>}
    </>
  )
}
