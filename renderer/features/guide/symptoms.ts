/** What people see when something is wrong, and where it is put right. Texts are under `symptom.<id>`. */
import type { Place } from '../../app/routes.ts'

export interface Symptom {
  id: string
  /** Where it is looked at. */
  place: Place
  part?: string
}

export const SYMPTOMS = [
  { id: 'offline', place: 'refused', part: 'outbox' },
  { id: 'refused', place: 'refused' },
  { id: 'noScanner', place: 'settings', part: 'scanner' },
  { id: 'noPrinter', place: 'settings', part: 'printer' },
  { id: 'printWaits', place: 'prints', part: 'open' },
  { id: 'wedge', place: 'settings', part: 'wedge' },
  { id: 'pagesGone', place: 'tray' },
  { id: 'certificate', place: 'settings', part: 'centre' },
  { id: 'locked', place: 'settings' },
  { id: 'clock', place: 'settings', part: 'about' },
  { id: 'database', place: 'settings', part: 'safety' },
  { id: 'restoreCard', place: 'settings', part: 'about' },
] as const satisfies readonly Symptom[]
