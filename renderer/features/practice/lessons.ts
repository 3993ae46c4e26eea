/**
 * The tasks one goes through in rehearsal, on the real screens. A step says where it is done, what to press there and by
 * what it is known to be done; titles and sentences are under `practice.<lesson>`.
 */
import type { QueueFilter } from '../../../electron/contract/core.contract.ts'
import type { OpKind } from '../../../electron/contract/ops.contract.ts'
import type { Place } from '../../app/routes.ts'

/** What only the window knows: a search of two signs, the palette, the help. */
export type Sight = 'search' | 'palette' | 'help'

/** By what a step is done: an operation that stands, the request's file, a held operation taken back, something seen. */
export type Wait = { op: readonly OpKind[] } | { made: true } | { takenBack: true } | { seen: Sight }

export interface Step {
  place: Place | null
  part?: string
  /** What is pressed there, as a CSS selector. */
  press: string
  waits: Wait
  /** What could be taken for it where nothing is at work yet. */
  sample?: QueueFilter
}

export interface Lesson {
  id: string
  /** Of which service its request is; absent = its steps need not be about one request. */
  service?: 'copy' | 'loan'
  steps: readonly Step[]
}

const CODE = 'main [data-scan-code]'
const toAccept = (service: 'copy' | 'loan'): QueueFilter => ({
  open: true,
  service,
  role: 'supplier',
  status: ['RequestReceived'],
})

export const LESSONS = [
  {
    id: 'find',
    steps: [
      { place: null, press: '[role="search"]', waits: { seen: 'search' } },
      { place: null, press: '[data-action="palette"]', waits: { seen: 'palette' } },
      { place: null, press: '', waits: { seen: 'help' } },
    ],
  },
  {
    id: 'copy',
    service: 'copy',
    steps: [
      { place: 'queue', press: 'aside [data-action="accept"]', waits: { op: ['accept'] }, sample: toAccept('copy') },
      { place: 'queue', press: 'aside [data-action="printPullSlip"]', waits: { op: ['printed'] } },
      { place: 'copy', press: '[data-command="copy.scan"]', waits: { op: ['scanned'] } },
      { place: 'copy', press: '[data-command="copy.send"]', waits: { made: true } },
      { place: 'copy', press: '[data-command="copy.send"]', waits: { op: ['fulfil'] } },
    ],
  },
  {
    id: 'loan',
    service: 'loan',
    steps: [
      { place: 'queue', press: 'aside [data-action="accept"]', waits: { op: ['accept'] }, sample: toAccept('loan') },
      { place: 'loan', press: CODE, waits: { op: ['bindItem'] } },
      { place: 'loan', press: '[data-command="loan.printSlip"]', waits: { op: ['printed'] } },
    ],
  },
  {
    id: 'send',
    steps: [
      {
        place: 'courier',
        part: 'pack',
        press: CODE,
        waits: { op: ['pack'] },
        sample: { open: true, service: 'loan', role: 'supplier', stage: ['checked'] },
      },
      { place: 'courier', part: 'pack', press: '[data-action="closeBag"]', waits: { op: ['closeBag'] } },
      {
        place: 'courier',
        part: 'pack',
        press: '[data-action="openManifest"], [data-command="courier.closeManifest"]',
        waits: { op: ['closeManifest'] },
      },
      {
        place: 'courier',
        part: 'handoff',
        press: '[data-command="courier.handOver"]',
        waits: { op: ['handedOver'] },
      },
    ],
  },
  {
    id: 'back',
    steps: [
      {
        place: 'courier',
        part: 'returns',
        press: CODE,
        waits: { op: ['checkedIn'] },
        sample: { role: 'supplier', status: ['Loaned', 'Overdue', 'Recalled'] },
      },
    ],
  },
  {
    id: 'undo',
    steps: [
      {
        place: 'queue',
        press: 'aside [data-action="cannotSupply"]',
        waits: { op: ['cannotSupply', 'retryLater', 'forward'] },
        sample: { open: true, role: 'supplier', status: ['RequestReceived'] },
      },
      { place: null, press: '[data-undo]', waits: { takenBack: true } },
    ],
  },
] as const satisfies readonly Lesson[]

export type LessonId = (typeof LESSONS)[number]['id']

/** A lesson by its name in the settings, which another version may have written. */
export const lessonOf = (id: string | null): Lesson | undefined => LESSONS.find((one) => one.id === id)
