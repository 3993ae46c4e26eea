import { CornerDownLeft, Search } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { QueueRow } from '../../electron/contract/core.contract.ts'
import { core } from '../host.ts'
import { fold, Highlight } from '../ui/Highlight.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { ServiceMark } from '../ui/ServiceMark.tsx'
import { cx } from '../ui/cx.ts'
import { COMMAND_IDS, run, spec, useActive, type CommandId } from './commands.ts'
import { go } from './routes.ts'
import { openOverlay, useOverlay } from './windows.ts'

type Line = { key: string; command: CommandId } | { key: string; row: QueueRow }

/** Every command by name, and requests by anything; Enter does it. */
export function Palette() {
  const open = useOverlay((state) => state.open) === 'palette'
  const close = () => openOverlay(null)
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => !next && close()}
      isDismissable
      className="fixed inset-0 z-50 flex animate-fade justify-center bg-scrim px-4 pt-[12vh]"
    >
      <Modal className="h-fit w-full max-w-[620px] animate-rise">
        <PaletteBox close={close} />
      </Modal>
    </ModalOverlay>
  )
}

function PaletteBox({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [rows, setRows] = useState<readonly QueueRow[]>([])
  const handlers = useActive((active) => active.handlers)
  const wanted = fold(text.trim())

  useEffect(() => {
    if (!text.trim()) return setRows([])
    let live = true
    void core('queue.window', { query: { text, filter: {}, sort: 'due', descending: false }, offset: 0, limit: 6 })
      .then((reply) => live && setRows(reply.rows))
      // Commands are still found when the search is not there.
      .catch(() => {})
    return () => {
      live = false
    }
  }, [text])

  const lines = useMemo<Line[]>(() => {
    const commands = COMMAND_IDS.filter((id) => (handlers.get(id)?.length ?? 0) > 0 && !spec(id).hidden)
      .filter((id) => !wanted || fold(`${t(`command.${id}`)} ${id}`).includes(wanted))
      .map((id) => ({ key: id, command: id }))
    return [...commands, ...(wanted ? rows.map((row) => ({ key: row.id, row })) : [])]
  }, [handlers, wanted, rows, t])
  const active = Math.min(at, lines.length - 1)

  const choose = (line: Line | undefined) => {
    if (!line) return
    close()
    // After the palette has given the focus back, so that dialogs opened by a command keep theirs.
    setTimeout(() => ('command' in line ? run(line.command) : go('queue', line.row.id)), 0)
  }
  return (
    <AriaDialog
      aria-label={t('app.commands')}
      className="overflow-hidden rounded-xl bg-panel shadow-float outline-none"
    >
      <div className="flex h-12 items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden="true" size={17} className="flex-none text-ink-3" />
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={lines[active] ? `palette-${lines[active].key}` : undefined}
          aria-label={t('palette.hint')}
          placeholder={t('palette.hint')}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'ArrowDown') setAt((active + 1) % Math.max(1, lines.length))
            else if (event.key === 'ArrowUp') setAt((active - 1 + lines.length) % Math.max(1, lines.length))
            else if (event.key === 'Enter') choose(lines[active])
            else return
            event.preventDefault()
          }}
          className="h-full flex-1 border-0 bg-transparent text-md outline-none"
        />
        <Kbd keys="Escape" />
      </div>
      <ul id="palette-list" role="listbox" aria-label={t('app.commands')} className="max-h-[52vh] overflow-auto p-1.5">
        {lines.length === 0 && <li className="px-3 py-6 text-center text-ink-3">{t('palette.nothing')}</li>}
        {lines.map((line, index) => (
          <li
            key={line.key}
            id={`palette-${line.key}`}
            role="option"
            aria-selected={index === active}
            ref={(element) => {
              if (index === active) element?.scrollIntoView({ block: 'nearest' })
            }}
            onMouseMove={() => setAt(index)}
            onClick={() => choose(line)}
            className={cx('flex h-9 items-center gap-2.5 rounded-md px-2.5', index === active && 'bg-accent-soft')}
          >
            {'command' in line ? (
              <>
                <span className="w-20 flex-none text-sm text-ink-2">
                  {t(`commandGroup.${line.command.split('.')[0]}`)}
                </span>
                <span className="flex-1">
                  <Highlight text={t(`command.${line.command}`)} query={text} />
                </span>
                {spec(line.command).keys && <Kbd keys={spec(line.command).keys!} />}
              </>
            ) : (
              <>
                <span className="flex w-20 flex-none items-center">
                  <ServiceMark service={line.row.service} />
                </span>
                <span className="ell flex-1">
                  <Highlight text={line.row.title} query={text} />
                </span>
                <span className="mono text-ink-2">{line.row.id}</span>
                {index === active && <CornerDownLeft aria-hidden="true" size={14} className="text-ink-2" />}
              </>
            )}
          </li>
        ))}
      </ul>
    </AriaDialog>
  )
}
