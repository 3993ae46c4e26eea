import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asDeskError } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'

/** The centre does not know this device any more: a new code makes it known, and nothing that was done is lost. */
export function EnrolAgain({ hello }: { hello: CoreOut<'app.hello'> }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [error, setError] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)
  const enrol = async () => {
    setBusy(true)
    try {
      await core('desk.enrol', { url: hello.settings.centreUrl, code: code.trim(), deskName: hello.desk?.name ?? '' })
    } catch (failure) {
      const known = asDeskError(failure)
      setError(errorText(t, known.code, known.params))
    }
    setBusy(false)
  }
  return (
    <form
      className="grid gap-3 rounded-lg border border-line bg-panel p-4"
      data-enrol-again
      onSubmit={(event) => {
        event.preventDefault()
        if (code.trim().length >= 4 && !busy) void enrol()
      }}
    >
      <Note tone="bad">{t('enrolAgain.why')}</Note>
      <Field
        label={t('welcome.code')}
        value={code}
        onChange={(text) => {
          setCode(text)
          setError(undefined)
        }}
        mono
        error={error}
        hint={t('enrolAgain.hint')}
        data-scan="text"
      />
      <Button kind="primary" type="submit" disabled={busy || code.trim().length < 4}>
        {t('enrolAgain.do')}
      </Button>
    </form>
  )
}
