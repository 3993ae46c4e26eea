/** Which of the shell's own overlays is open. */
import { create } from 'zustand'

export type Overlay = 'palette' | 'help' | 'signIn' | 'setUp' | 'whatsNew'

export const useOverlay = create<{ open: Overlay | null }>(() => ({ open: null }))

export function openOverlay(open: Overlay | null): void {
  useOverlay.setState({ open })
}
