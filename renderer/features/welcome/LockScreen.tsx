import { LockKeyhole } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { libraryName } from '../../app/format.ts'
import { useHello } from '../../app/hooks.ts'
import { EnrolAgain } from '../settings/EnrolAgain.tsx'
import { SignInForm } from './SignInForm.tsx'

/** Nothing of the work is shown until somebody signs in; what was running goes on. */
export function LockScreen() {
  const { t, i18n } = useTranslation()
  const hello = useHello().data
  return (
    <main className="grid h-screen place-items-center overflow-auto bg-paper p-6" data-locked>
      <div className="grid w-full max-w-[420px] gap-5 rounded-xl border border-line bg-panel p-7 shadow-paper">
        <div className="flex items-center gap-3">
          <LockKeyhole aria-hidden="true" size={22} className="flex-none text-ink-2" />
          <div>
            <h1 className="text-lg font-semibold">{hello?.me ? t('lock.title') : t('signIn.title')}</h1>
            <div className="text-ink-2">{hello?.desk && libraryName(hello.desk.library, i18n.language)}</div>
          </div>
        </div>
        {hello?.enrolAgain && <EnrolAgain hello={hello} />}
        <SignInForm first={hello?.me?.id ?? null} onDone={() => {}} />
      </div>
    </main>
  )
}
