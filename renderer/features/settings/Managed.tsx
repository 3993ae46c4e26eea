import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SUPERVISOR_SETTINGS, type Settings } from '../../../electron/contract/core.contract.ts'
import { useHello } from '../../app/hooks.ts'

/** True where the administrator of this computer has decided. */
export const useManaged = (setting: keyof Settings | undefined): boolean =>
  (useHello().data?.managed ?? []).some((one) => one === setting)

/** True for what a supervisor decides, while somebody else sits here. */
export const useSupervisors = (setting: keyof Settings | undefined): boolean => {
  const me = useHello().data?.me
  return me?.role !== 'supervisor' && SUPERVISOR_SETTINGS.some((one) => one === setting)
}

/** Why it does not move. */
export function ManagedNote() {
  const { t } = useTranslation()
  return (
    <span className="flex items-center gap-1.5 text-sm text-amber" data-managed>
      <Lock aria-hidden="true" size={13} className="flex-none" />
      {t('settings.managed')}
    </span>
  )
}

/** Settings that rest, with the reason, where the administrator of this computer has decided. */
export function Managed({ setting, children }: { setting: keyof Settings; children: ReactNode }) {
  const managed = useManaged(setting)
  if (!managed) return children
  return (
    <fieldset disabled className="grid min-w-0 gap-1.5">
      <ManagedNote />
      {children}
    </fieldset>
  )
}
