/** The tasks that help explains, step by step; a step may name the command that does it. Texts are under `guide.<task>`. */
import type { CommandId } from '../../app/commands.ts'
import type { Place } from '../../app/routes.ts'

export interface Task {
  id: string
  /** Where it is done. */
  place: Place
  part?: string
  /** One a step, in order; null = a step without a command of its own. */
  steps: readonly (CommandId | null)[]
}

export const TASKS = [
  {
    id: 'copy',
    place: 'queue',
    steps: ['queue.accept', 'queue.printPullSlip', 'copy.scan', 'copy.build', 'copy.send'],
  },
  { id: 'stack', place: 'copy', steps: ['copy.batch', null, 'tray.assign'] },
  { id: 'mend', place: 'copy', steps: ['copy.rotate', 'copy.adjust', 'copy.rescan', 'copy.undo'] },
  { id: 'loan', place: 'loan', steps: ['queue.accept', null, 'loan.printSlip', 'loan.next'] },
  {
    id: 'send',
    place: 'courier',
    part: 'pack',
    steps: [null, 'courier.closeBag', 'courier.closeManifest', 'courier.handOver'],
  },
  { id: 'back', place: 'courier', part: 'returns', steps: [null, null, null] },
  { id: 'cannot', place: 'queue', steps: ['queue.cannotSupply', 'queue.retryLater', 'queue.forward'] },
  { id: 'find', place: 'queue', steps: ['app.search', null, null, 'queue.scanOpen'] },
  { id: 'many', place: 'queue', steps: ['queue.select', 'queue.selectAll', null, 'queue.saveView'] },
  { id: 'offline', place: 'refused', part: 'outbox', steps: [null, 'app.syncNow', 'go.refused'] },
  { id: 'printing', place: 'prints', steps: [null, null, null] },
  { id: 'numbers', place: 'numbers', steps: ['go.numbers', null, null] },
] as const satisfies readonly Task[]

export type TaskId = (typeof TASKS)[number]['id']
