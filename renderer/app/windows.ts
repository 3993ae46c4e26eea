/** Which of the shell's own overlays is open. */
import { create } from 'zustand'

export const useOverlay = create<{ open: 'palette' | 'help' | 'signIn' | null }>(() => ({ open: null }))

export function openOverlay(open: 'palette' | 'help' | 'signIn' | null): void {
  useOverlay.setState({ open })
}
