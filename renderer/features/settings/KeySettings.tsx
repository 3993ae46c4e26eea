import { RotateCcw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COMMAND_IDS, spec, usualKeys, useChosenKeys, type CommandId } from '../../app/commands.ts'
import { askForKey, chordOf } from '../../app/keymap.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { fold } from '../../ui/Highlight.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Note } from '../../ui/Note.tsx'
import { mayHave } from './key-choice.ts'
import { useSettings } from './useSettings.ts'

const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta']

/** Every command with its key, which can be another; a key that is taken is told, not shared. */
export function KeySettings() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  // Drawn anew with every change of the table.
  useChosenKeys()
  const [text, setText] = useState('')
  const [asked, setAsked] = useState<CommandId | null>(null)
  const [problem, setProblem] = useState('')
  const chosen = settings?.shortcuts ?? {}

  const choose = (id: CommandId, keys: string | null) => {
    const next = { ...chosen }
    if (keys === null || keys === usualKeys(id)) delete next[id]
    else next[id] = keys
    setProblem('')
    setAsked(null)
    set({ shortcuts: next })
  }
  useEffect(() => {
    if (asked === null) return
    return askForKey((event) => {
      if (MODIFIERS.includes(event.key)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      const chord = chordOf(event)
      if (chord === 'Escape') return setAsked(null)
      if (chord === 'Delete' && usualKeys(asked) !== 'Delete') return choose(asked, '')
      const verdict = mayHave(asked, chord)
      if (verdict.ok) return choose(asked, chord)
      setProblem(
        verdict.reserved
          ? t('keys.reserved', { keys: chord })
          : t('keys.taken', { keys: chord, name: t(`command.${verdict.by}`) }),
      )
    })
  })

  const wanted = fold(text.trim())
  const shown = COMMAND_IDS.filter((id) => !wanted || fold(`${t(`command.${id}`)} ${spec(id).keys ?? ''}`).includes(wanted)) // prettier-ignore
  const groups = [...new Set(shown.map((id) => id.split('.')[0]!))]
  return (
    <div className="grid gap-4">
      <p className="text-ink-2">{t('keys.hint')}</p>
      <div className="flex items-end gap-3">
        <div className="flex-1">
          <Field label={t('keys.search')} value={text} onChange={setText} data-scan="text" />
        </div>
        <Button disabled={Object.keys(chosen).length === 0} onClick={() => set({ shortcuts: {} })}>
          {t('keys.allUsual')}
        </Button>
      </div>
      {shown.length === 0 && <p className="text-ink-3">{t('keys.found')}</p>}
      {groups.map((group) => (
        <section key={group}>
          <h2 className="lbl mb-1">{t(`commandGroup.${group}`)}</h2>
          <ul className="divide-y divide-line border-y border-line">
            {shown
              .filter((id) => id.startsWith(`${group}.`))
              .map((id) => {
                const name = t(`command.${id}`)
                const { keys } = spec(id)
                return (
                  <li key={id}>
                    <div className="flex h-9 items-center gap-2">
                      <span className="ell flex-1">{name}</span>
                      <button
                        type="button"
                        data-key-of={id}
                        onClick={() => {
                          setProblem('')
                          setAsked(asked === id ? null : id)
                        }}
                        className="flex h-7 min-w-24 items-center justify-center rounded-md border border-transparent px-2 hover:border-line-2 hover:bg-hover"
                      >
                        <span className="sr-only">{t('keys.change', { name })}</span>
                        {asked === id ? (
                          <span className="text-accent">{t('keys.press')}</span>
                        ) : keys ? (
                          <Kbd keys={keys} />
                        ) : (
                          <span className="text-ink-3">{t('keys.none')}</span>
                        )}
                      </button>
                      <IconButton
                        icon={RotateCcw}
                        label={t('keys.usual')}
                        className={chosen[id] === undefined ? 'invisible' : ''}
                        onClick={() => choose(id, null)}
                      />
                    </div>
                    {asked === id && (
                      <div role="status" data-key-problem={problem !== ''}>
                        {problem && (
                          <div className="pb-2">
                            <Note tone="warn">{problem}</Note>
                          </div>
                        )}
                      </div>
                    )}
                  </li>
                )
              })}
          </ul>
        </section>
      ))}
    </div>
  )
}
