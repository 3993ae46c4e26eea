/** The places of the window. The queue comes with the window; the others are read once it stands, or when first visited. */
import { createElement, lazy, type ComponentType, type ReactElement } from 'react'
import { create } from 'zustand'
import { QueuePlace } from '../features/queue/QueuePlace.tsx'
import type { Place } from './routes.ts'

/** Long enough for the queue to have its rows, ms. */
const SOON_MS = 1500

/** Whether the first screen has had its time. */
export const useSoon = create<{ over: boolean }>(() => ({ over: false }))

const LATER = {
  pull: () => import('../features/pull/PullPlace.tsx').then((module) => module.PullPlace),
  copy: () => import('../features/copy/CopyPlace.tsx').then((module) => module.CopyPlace),
  tray: () => import('../features/tray/TrayPlace.tsx').then((module) => module.TrayPlace),
  loan: () => import('../features/loan/LoanPlace.tsx').then((module) => module.LoanPlace),
  courier: () => import('../features/courier/CourierPlace.tsx').then((module) => module.CourierPlace),
  prints: () => import('../features/prints/PrintsPlace.tsx').then((module) => module.PrintsPlace),
  asking: () => import('../features/asking/AskingPlace.tsx').then((module) => module.AskingPlace),
  numbers: () => import('../features/numbers/NumbersPlace.tsx').then((module) => module.NumbersPlace),
  refused: () => import('../features/refused/RefusedPlace.tsx').then((module) => module.RefusedPlace),
  parts: () => import('../features/parts/PartsPlace.tsx').then((module) => module.PartsPlace),
  settings: () => import('../features/settings/SettingsPlace.tsx').then((module) => module.SettingsPlace),
} satisfies Record<Exclude<Place, 'queue'>, () => Promise<ComponentType>>

/** Places that are read: shown in the same moment one goes there, so that no code scanned at once finds nobody. */
const ready = new Map<string, ComponentType>()

const later = (load: () => Promise<ComponentType>) => lazy(async () => ({ default: await load() }))

const PLACES: Readonly<Record<Place, ComponentType>> = {
  queue: QueuePlace,
  pull: later(LATER.pull),
  copy: later(LATER.copy),
  tray: later(LATER.tray),
  loan: later(LATER.loan),
  courier: later(LATER.courier),
  prints: later(LATER.prints),
  asking: later(LATER.asking),
  numbers: later(LATER.numbers),
  refused: later(LATER.refused),
  settings: later(LATER.settings),
  parts: later(LATER.parts),
}

/** What to show of a place now; asked once a visit, since another component would begin it anew. */
export const placeNow = (place: Place): ReactElement => createElement(ready.get(place) ?? PLACES[place], { key: place })

/** Reads what is not there yet, so that no place has to be waited for. @returns how to leave it */
export function readPlacesSoon(): () => void {
  const timer = setTimeout(() => {
    useSoon.setState({ over: true })
    // A place that cannot be read says so when it is visited.
    for (const [place, load] of Object.entries(LATER))
      load().then(
        (body) => ready.set(place, body),
        () => {},
      )
  }, SOON_MS)
  return () => clearTimeout(timer)
}
