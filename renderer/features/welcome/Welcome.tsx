import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asDeskError } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { openOverlay } from '../../app/windows.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Steps } from './set-up/Steps.tsx'
import { NetworkLines } from '../settings/NetworkLines.tsx'

/** First run: this desk is not yet enrolled at a centre. */
export default function Welcome({ hello }: { hello: CoreOut<'app.hello'> }) {
  const { t } = useTranslation()
  const [url, setUrl] = useState(hello.settings.centreUrl)
  const [code, setCode] = useState('')
  const [deskName, setDeskName] = useState(t('welcome.deskDefault'))
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const ready = url.trim() && code.trim().length >= 4 && deskName.trim()
  const enrol = async () => {
    setBusy(true)
    setError(null)
    try {
      await core('desk.enrol', { url: url.trim(), code: code.trim(), deskName: deskName.trim() })
      // Goes on once somebody has signed in.
      openOverlay('setUp')
    } catch (failure) {
      const known = asDeskError(failure)
      setError(errorText(t, known.code, known.params))
    }
    setBusy(false)
  }
  return (
    <main className="grid h-screen content-center justify-items-center gap-4 overflow-auto bg-paper p-6">
      <Steps at="enrol" />
      <form
        className="grid w-full max-w-[460px] gap-5 rounded-xl border border-line bg-panel p-8 shadow-paper"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) void enrol()
        }}
      >
        <div className="flex items-center gap-3">
          <span
            aria-hidden="true"
            className="grid size-11 place-items-center rounded-md bg-seal text-2xl font-bold text-seal-ink"
          >
            馆
          </span>
          <div className="flex-1">
            <h1 className="text-xl leading-tight font-semibold">{t('app.name')}</h1>
            <div className="text-ink-2">{t('app.tagline')}</div>
          </div>
          <Segments
            label={t('settings.language')}
            value={hello.settings.language}
            options={[
              { id: 'zh-CN', label: '中文' },
              { id: 'en', label: 'English' },
            ]}
            onChange={(language) => void core('settings.set', { language }).catch(() => {})}
          />
        </div>
        <p className="text-ink-2">{t('welcome.intro')}</p>
        <Field
          label={t('welcome.url')}
          value={url}
          onChange={setUrl}
          mono
          placeholder="https://"
          readOnly={hello.managed.includes('centreUrl')}
          hint={t(hello.managed.includes('centreUrl') ? 'settings.managed' : 'welcome.urlHint')}
          data-scan="text"
        />
        <Field
          label={t('welcome.code')}
          value={code}
          onChange={setCode}
          mono
          hint={t('welcome.codeHint')}
          autoFocus
          data-scan="text"
        />
        <Field label={t('welcome.desk')} value={deskName} onChange={setDeskName} hint={t('welcome.deskHint')} />
        {error && <Note tone="bad">{error}</Note>}
        <Button kind="primary" size="big" type="submit" disabled={!ready || busy}>
          {busy ? t('welcome.busy') : t('welcome.do')}
        </Button>
      </form>
      <details className="w-full max-w-[640px] text-ink-2">
        <summary className="cursor-pointer text-center">{t('welcome.network')}</summary>
        <div className="mt-4 grid gap-6 rounded-lg border border-line bg-panel p-6">
          <NetworkLines />
        </div>
      </details>
    </main>
  )
}
