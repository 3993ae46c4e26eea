/** Whether a chord may become a command's key. Pure. */
import { COMMAND_IDS, spec, usualKeys, type CommandId } from '../../app/commands.ts'

/** What scanners, input methods, the system and every list need for themselves. */
const RESERVED = ['Enter', 'Tab', 'Shift+Tab', 'Escape', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Backspace', 'Ctrl+C', 'Ctrl+V', 'Ctrl+X', 'Ctrl+ ', 'Alt+F4', 'Process', 'Dead', 'Unidentified', 'CapsLock'] // prettier-ignore
const EVERYWHERE = new Set(['app', 'go'])
const groupOf = (id: CommandId): string => id.slice(0, id.indexOf('.'))

/** Two commands whose keys must differ: on one screen, or one of them everywhere. */
function meet(a: CommandId, b: CommandId): boolean {
  const [one, other] = [groupOf(a), groupOf(b)]
  return one === other || EVERYWHERE.has(one) || EVERYWHERE.has(other)
}

export type Verdict = { ok: true } | { ok: false; reserved: true } | { ok: false; reserved: false; by: CommandId }

/** @param chord as commands.ts writes them, e.g. `Ctrl+Shift+R` */
export function mayHave(id: CommandId, chord: string): Verdict {
  if (RESERVED.includes(chord) && chord !== usualKeys(id)) return { ok: false, reserved: true }
  const by = COMMAND_IDS.find((other) => {
    if (other === id || !meet(id, other)) return false
    // What the table itself gives twice (pages are undone before all else) is meant so.
    if (chord === usualKeys(id) && chord === usualKeys(other)) return false
    const { keys, also } = spec(other)
    return keys === chord || also?.includes(chord)
  })
  return by === undefined ? { ok: true } : { ok: false, reserved: false, by }
}
