import { useRef } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Kbd } from '../ui/Kbd.tsx'
import { run, spec, type CommandId } from './commands.ts'

/** The commands that make sense for what was clicked, from the one table, where the hand is. */
export function ContextMenu({
  label,
  at,
  commands,
  textOf,
  onClose,
}: {
  label: string
  /** Where it opens, CSS pixels of the window. */
  at: { x: number; y: number }
  commands: readonly CommandId[]
  /** Other words than the table's. */
  textOf?: (id: CommandId) => string | undefined
  onClose: () => void
}) {
  const { t } = useTranslation()
  const spot = useRef<HTMLSpanElement>(null)
  return (
    <>
      <span ref={spot} aria-hidden="true" className="fixed size-px" style={{ left: at.x, top: at.y }} />
      <Popover
        aria-label={label}
        triggerRef={spot}
        isOpen
        onOpenChange={(open) => !open && onClose()}
        placement="bottom start"
        offset={2}
        className="min-w-52 animate-fade rounded-lg bg-panel p-1 shadow-float outline-none"
      >
        <Menu
          aria-label={label}
          autoFocus="first"
          className="outline-none"
          onClose={onClose}
          onAction={(key) => {
            onClose()
            // After the menu has given the focus back, so that a dialog keeps its own.
            setTimeout(() => run(String(key) as CommandId), 0)
          }}
        >
          {commands.map((id) => {
            const text = textOf?.(id) ?? t(`command.${id}`)
            const { keys } = spec(id)
            return (
              <MenuItem
                key={id}
                id={id}
                textValue={text}
                className="flex h-8 items-center gap-4 rounded-md px-2.5 outline-none data-focused:bg-accent-soft"
              >
                <span className="flex-1">{text}</span>
                {keys && <Kbd keys={keys} />}
              </MenuItem>
            )
          })}
        </Menu>
      </Popover>
    </>
  )
}
