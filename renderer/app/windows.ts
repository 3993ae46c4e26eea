/** Which of the shell's own overlays is open. */
import { create } from 'zustand'

export type Overlay = 'palette' | 'help' | 'signIn' | 'setUp' | 'whatsNew' | 'practice'

/** `topic`: the entry of help that is wanted, by its symptom. */
export const useOverlay = create<{ open: Overlay | null; topic: string | null }>(() => ({ open: null, topic: null }))

export function openOverlay(open: Overlay | null, topic: string | null = null): void {
  useOverlay.setState({ open, topic })
}
