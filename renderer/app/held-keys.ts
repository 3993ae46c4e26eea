/**
 * Keys struck while a place is still being read wait for it, so that nobody has to type at the program's pace. Only what
 * nothing answers yet is held; what a place does not know a moment after it stands is forgotten.
 */
import { useActive } from './commands.ts'

/** How long a place that stands has to take its keys, ms: some make sense only with its data. */
const TAKEN_MS = 1000
const MOST = 20

let coming = 0
let held: string[] = []
let answer: (chord: string) => boolean = () => false
let forgetting: ReturnType<typeof setTimeout> | undefined
let looking: ReturnType<typeof setTimeout> | undefined

/** Sets who runs what a chord means here and now. @returns false when it means nothing */
export function answerHeld(given: typeof answer): void {
  answer = given
}

/** A place is on its way. @returns to be called when it stands, or is given up */
export function placeComes(): () => void {
  coming++
  return () => {
    coming--
    if (coming > 0 || held.length === 0) return
    forgetting = setTimeout(dropHeld, TAKEN_MS)
    look()
  }
}

export const isPlaceComing = (): boolean => coming > 0

/** Keeps a chord that nothing answers. */
export function holdKey(chord: string): void {
  if (held.length < MOST) held.push(chord)
}

/** Forgets them: they were a barcode, or meant for a place that was left again. */
export function dropHeld(): void {
  clearTimeout(forgetting)
  clearTimeout(looking)
  held = []
}

/** In their order, once all that the place does has been said. */
function look(): void {
  clearTimeout(looking)
  looking = setTimeout(() => {
    while (held[0] !== undefined && answer(held[0])) held.shift()
    if (held.length === 0) clearTimeout(forgetting)
  })
}

useActive.subscribe(() => {
  if (coming === 0 && held.length > 0) look()
})
