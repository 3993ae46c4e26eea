import type { ReactNode } from 'react'
import type { Settings } from '../../../electron/contract/core.contract.ts'
import { useTranslation } from 'react-i18next'
import { ManagedNote, useManaged, useSupervisors } from './Managed.tsx'

/** A setting: its name and what it does on the left, the control on the right; at rest where it is not the desk's to change. */
export function Line({
  title,
  hint,
  setting,
  children,
}: {
  title: string
  hint?: ReactNode
  setting?: keyof Settings
  children: ReactNode
}) {
  const { t } = useTranslation()
  const managed = useManaged(setting)
  const supervisors = useSupervisors(setting)
  return (
    <div
      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1.5 border-b border-line pb-4 max-[860px]:grid-cols-1"
      data-setting={setting}
    >
      <div className="min-w-0">
        <div className="font-medium">{title}</div>
        {hint && <div className="text-sm text-ink-2">{hint}</div>}
        {managed && <ManagedNote />}
        {supervisors && !managed && <div className="text-sm text-ink-2">{t('settings.supervisors')}</div>}
      </div>
      <fieldset disabled={managed || supervisors} className="min-w-0">
        {children}
      </fieldset>
    </div>
  )
}
