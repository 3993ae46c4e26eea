/**
 * A second window on another screen: the queue stays on one, what is worked on lies on the other. Both are whole windows
 * of the same desk; main only carries places from one to the other.
 */
import { create } from 'zustand'
import { main, onMainEvent } from '../host.ts'
import { go, PLACES, sendElsewhere, type Place } from './routes.ts'

/** Whether the second window stands, as the first knows it. */
export const useSecond = create<{ open: boolean }>(() => ({ open: false }))

/** Desks that an object goes to: with two windows they lie in the second. */
const DESKS: readonly Place[] = ['copy', 'loan']
const ADDRESS = /^#second\/([a-z]+)\/(.*)$/

/** Opens the second window with a place in it. */
export const openSecond = (place: Place, open: string | null = null): Promise<unknown> =>
  main('window.second', { at: { place, open } })

export const closeSecond = (): Promise<unknown> => main('window.second', { at: null })

/** True in the second window itself. */
export const isSecond = (): boolean => ADDRESS.test(location.hash)

const isPlace = (name: string): name is Place => PLACES.some((place) => place === name)

/** Begins to listen to the other window; called once, before anything is drawn. */
export function joinWindows(): void {
  const [, place = '', open = ''] = ADDRESS.exec(location.hash) ?? []
  if (isPlace(place)) go(place, open || null)
  onMainEvent((event) => {
    if (event.topic === 'second') useSecond.setState({ open: event.open })
    else if (event.topic === 'go' && isPlace(event.place)) go(event.place, event.open ?? undefined)
  })
  if (isSecond()) return
  // A shell that does not answer has one window.
  main('app.info', {}).then(
    ({ second }) => useSecond.setState({ open: second }),
    () => {},
  )
  sendElsewhere((to, object) => {
    if (!useSecond.getState().open || !DESKS.includes(to) || !object) return false
    void openSecond(to, object).catch(() => {})
    return true
  })
}
