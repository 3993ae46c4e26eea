/** Where the person is: one place, and the object open there. */
import { create } from 'zustand'

export const PLACES = [
  'queue',
  'pull',
  'copy',
  'tray',
  'loan',
  'courier',
  'prints',
  'asking',
  'numbers',
  'refused',
  'settings',
  // Every part in every state; reached by its command only.
  'parts',
] as const
export type Place = (typeof PLACES)[number]

interface Route {
  place: Place
  /** The request that is open in each place, kept while one goes elsewhere. */
  open: Partial<Record<Place, string | null>>
  /** Text in the search box on top. */
  search: string
  /** Part of a place: a tab or a section. */
  part: Partial<Record<Place, string>>
}

export const useRoute = create<Route>(() => ({ place: 'queue', open: {}, search: '', part: {} }))

let elsewhere: (place: Place, open: string | null | undefined) => boolean = () => false

/** Sets who may take a place and its object over to another window. */
export function sendElsewhere(take: typeof elsewhere): void {
  elsewhere = take
}

/** Goes to a place, and there to an object (null = none; left out = as it was). */
export function go(place: Place, open?: string | null, part?: string): void {
  if (elsewhere(place, open)) return
  useRoute.setState((route) => ({
    place,
    open: open === undefined ? route.open : { ...route.open, [place]: open },
    part: part === undefined ? route.part : { ...route.part, [place]: part },
  }))
}

export function setOpen(place: Place, id: string | null): void {
  useRoute.setState((route) => ({ open: { ...route.open, [place]: id } }))
}

export function setSearch(search: string): void {
  useRoute.setState({ search })
}
