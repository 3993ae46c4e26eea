import { BookOpenCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { useHello } from '../../app/hooks.ts'
import { openOverlay } from '../../app/windows.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'

/** One line for somebody new, until it is put away: in rehearsal the tasks, else the devices. It never comes in between. */
export function FirstSteps() {
  const { t } = useTranslation()
  const hello = useHello().data
  if (!hello?.desk || hello.settings.introduced || hello.settings.practice.now !== null) return null
  const { rehearsal } = hello
  const putAway = () => void attempt(() => core('settings.set', { introduced: true }))
  return (
    <div
      data-first-steps
      className="flex min-w-0 items-center gap-2.5 border-b border-accent-line bg-accent-soft px-3.5 py-1.5 text-accent"
    >
      <BookOpenCheck aria-hidden="true" size={16} className="flex-none" />
      <span className="ell min-w-0 flex-1" title={t(rehearsal ? 'start.rehearsal' : 'start.real')}>
        {t(rehearsal ? 'start.rehearsal' : 'start.real')}
      </span>
      {rehearsal ? (
        <Button size="small" onClick={() => openOverlay('practice')} data-action="practice">
          {t('start.steps')}
        </Button>
      ) : (
        <Button size="small" onClick={() => openOverlay('setUp')}>
          {t('start.devices')}
        </Button>
      )}
      <Button size="small" kind="quiet" onClick={putAway} data-action="introduced">
        {t('start.later')}
      </Button>
    </div>
  )
}
