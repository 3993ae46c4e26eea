import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonKind } from '../ui/Button.tsx'
import { run, spec, useEnabled, type CommandId } from './commands.ts'

/** A button that runs a command of the table: its text and key come from there, and it rests when the command does. */
export function CommandButton({
  id,
  kind = 'normal',
  size = 'normal',
  icon,
  children,
  className,
  kbd = true,
}: {
  id: CommandId
  kind?: ButtonKind
  size?: 'normal' | 'big' | 'small'
  icon?: LucideIcon
  children?: ReactNode
  className?: string
  kbd?: boolean
}) {
  const { t } = useTranslation()
  const enabled = useEnabled(id)
  return (
    <Button
      kind={kind}
      size={size}
      icon={icon}
      kbd={kbd ? spec(id).keys : undefined}
      disabled={!enabled}
      onClick={() => run(id)}
      className={className}
      data-command={id}
    >
      {children || t(`command.${id}`)}
    </Button>
  )
}
