/** The keyboard: barcode scanners first, then commands. Nothing happens while an input method composes. */
import { COMMAND_IDS, handlerOf, run, spec, type CommandId } from './commands.ts'
import { answerHeld, dropHeld, holdKey, isPlaceComing } from './held-keys.ts'
import { useRoute } from './routes.ts'
import { giveScan } from './scan.ts'
import { Wedge } from './wedge.ts'

export const wedge = new Wedge(50)

/** The chord of a key event as the command table writes it: `Ctrl+Shift+R`, `/`, `ArrowDown`. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const letter = /^[a-z]$/i.test(event.key)
  const key = letter ? event.key.toUpperCase() : event.key
  // The shift that makes a sign (as in "?") is part of the sign; with letters and named keys it is a key of its own.
  const shift = event.shiftKey && (letter || event.key.length > 1)
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', shift ? 'Shift' : '', key]
    .filter(Boolean)
    .join('+')
}

/** What a foot on the pedal does, whichever makes sense: hands are full, so it also goes on after a jam or an empty feeder. */
const PEDAL = ['copy.scan', 'copy.continue'] as const
let pedal = ''

/** The chord that a foot pedal sends. '' for none. */
export function setPedal(chord: string): void {
  pedal = chord
}

let asked: ((event: KeyboardEvent) => void) | null = null

/** Whoever asks which key it shall be gets the keys alone: no command runs meanwhile. @returns a function that ends it */
export function askForKey(answer: (event: KeyboardEvent) => void): () => void {
  asked = answer
  return () => {
    if (asked === answer) asked = null
  }
}

/** The active command for a chord; of several the one whose handler was set last in table order wins. */
export function commandFor(chord: string): CommandId | undefined {
  const stepped = chord === pedal && pedal !== '' ? PEDAL.find((id) => handlerOf(id) !== undefined) : undefined
  if (stepped) return stepped
  return COMMAND_IDS.find((id) => {
    const { keys, also } = spec(id)
    return (keys === chord || also?.includes(chord)) && handlerOf(id) !== undefined
  })
}

function isTextField(target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range', 'file'].includes(target.type))
  )
}

/** Takes a burst that a scanner typed into a field out of it again, so that React hears of it. */
function takeBack(field: HTMLInputElement | HTMLTextAreaElement, burst: string): void {
  const end = field.selectionStart ?? field.value.length
  const typed = field.value.slice(0, end)
  // The burst's first keys may have gone elsewhere ("/" went to open the field).
  let length = Math.min(burst.length, end)
  while (length > 0 && !typed.endsWith(burst.slice(-length))) length--
  if (length === 0) return
  const proto = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  const value = field.value.slice(0, end - length) + field.value.slice(end)
  Object.getOwnPropertyDescriptor(proto, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** True where Enter, Space and the arrows belong to the control that has the focus. */
function ownsKey(target: EventTarget | null, chord: string): boolean {
  if (!(target instanceof HTMLElement) || !['Enter', ' ', 'ArrowUp', 'ArrowDown', 'Escape'].includes(chord))
    return false
  if (target.closest('[role="dialog"], [role="listbox"], [role="menu"], [role="radiogroup"]')) return true
  return chord !== 'Escape' && target.closest('button, a, [role="switch"], [role="checkbox"]') !== null
}

/** Starts listening on a window. @returns a function that ends it */
export function startKeymap(page: Window): () => void {
  let deferred: { commands: CommandId[]; timer: ReturnType<typeof setTimeout> } | null = null

  const dropDeferred = () => {
    if (deferred) clearTimeout(deferred.timer)
    deferred = null
  }
  /** Waits until it is sure that no scanner is typing. */
  const defer = (id: CommandId) => {
    const commands = [...(deferred?.commands ?? []), id]
    dropDeferred()
    deferred = {
      commands,
      timer: setTimeout(() => {
        deferred = null
        // Three or more keys at a scanner's speed without its Enter: a cut scan, not a person.
        if (commands.length <= 2) for (const command of commands) run(command)
        wedge.reset()
      }, wedge.maxGapMs + 10),
    }
  }

  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) {
      wedge.reset()
      return
    }
    if (asked) return asked(event)
    const field = isTextField(event.target) ? event.target : null
    // The foot that says which key its pedal sends does nothing else.
    if (field && 'pedal' in field.dataset) return
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey
    const asTyped = field?.dataset['scan'] === 'text'

    if (plain && !event.repeat && !asTyped) {
      if ([...event.key].length === 1) wedge.character(event.key, event.timeStamp)
      else if (event.key === 'Enter' || event.key === 'Tab') {
        const scanned = wedge.end(event.timeStamp)
        if (scanned !== null) {
          event.preventDefault()
          event.stopPropagation()
          dropDeferred()
          dropHeld()
          if (field) takeBack(field, scanned)
          // No code begins with the key that opens the search field.
          giveScan(scanned.replace(/^\//, ''))
          return
        }
      } else if (event.key !== 'Shift') wedge.reset()
    }

    const chord = chordOf(event)
    const inDialog = event.target instanceof HTMLElement && event.target.closest('[role="dialog"]') !== null
    if (inDialog && plain) return
    // In a field, plain keys are text; keys that write nothing (F2, Ctrl+Enter) still work.
    if (field && (plain || event.altKey) && !/^F\d+$/.test(event.key)) return
    if (field && ['Ctrl+A', 'Ctrl+Z', 'Ctrl+ArrowDown'].includes(chord)) return
    if (ownsKey(event.target, chord)) return
    const id = commandFor(chord)
    if (!id) {
      if (isPlaceComing() && !event.repeat && event.key !== 'Shift') holdKey(chord)
      return
    }
    event.preventDefault()
    const single = plain && [...event.key].length === 1
    if (event.repeat || !single || spec(id).moves) {
      if (!event.repeat || spec(id).moves) run(id)
    } else defer(id)
  }

  answerHeld((chord) => {
    const id = commandFor(chord)
    return id !== undefined && run(id)
  })
  const leaving = useRoute.subscribe((now, before) => {
    if (now.place !== before.place) dropHeld()
  })
  page.addEventListener('keydown', onKey, true)
  return () => {
    leaving()
    dropHeld()
    dropDeferred()
    page.removeEventListener('keydown', onKey, true)
  }
}
