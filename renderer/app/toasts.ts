/** Short messages at the foot of the work, with undo while there is something to undo. */
import { create } from 'zustand'
import type { JobView } from '../../electron/contract/core.contract.ts'
import type { DeskError } from '../../electron/contract/errors.ts'

/** What a message says; asked for at each drawing, it follows a change of language. */
export type Said = string | (() => string)

export interface Toast {
  id: number
  tone: 'plain' | 'ok' | 'bad'
  text: Said
  /** A failed call: its text and next step come from the error's code. */
  error?: DeskError
  /** What Ctrl+Z and the button do. */
  undo?: () => void
  /** Wall time (ms) when it goes by itself. */
  until: number
  /** Work of this kind goes on: shows how far it is until it is taken away. */
  job?: JobView['kind']
  /** True when the action leaves the building at `until`: the time is counted down in view. */
  held?: boolean
}

interface Toasts {
  list: readonly Toast[]
}
export const useToasts = create<Toasts>(() => ({ list: [] }))
let last = 0

/** The words of a message as they are now. */
export const words = (said: Said): string => (typeof said === 'function' ? said() : said)

/** Shows a message; `ms` is how long it stays. @returns its id */
export function toast(message: Omit<Toast, 'id' | 'until'> & { ms?: number; until?: number }): number {
  const { ms = 5000, until = Date.now() + ms, ...rest } = message
  const id = ++last
  // Said again it is one message; what can be undone is another each time.
  const said = ({ tone, text, error }: Omit<Toast, 'id' | 'until'>) =>
    JSON.stringify([tone, words(text), error?.code, error?.params])
  const again = (one: Toast) => !one.undo && !rest.undo && said(one) === said(rest)
  // The last one stays beside the new; work under way stays until it is done.
  useToasts.setState(({ list }) => ({
    list: [
      ...list.filter((one, at) => one.job !== undefined || (at === list.length - 1 && !again(one))),
      { ...rest, id, until },
    ],
  }))
  return id
}

export function dismissToast(id: number): void {
  useToasts.setState(({ list }) => ({ list: list.filter((one) => one.id !== id) }))
}

/** Undoes the newest thing that can be. @returns false when there is none */
export function undoLast(): boolean {
  const found = [...useToasts.getState().list].reverse().find((one) => one.undo)
  if (!found) return false
  dismissToast(found.id)
  found.undo?.()
  return true
}
