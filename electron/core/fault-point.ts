/**
 * Named places where a test may make this process die or an operation fail, to show that nothing is lost there.
 *
 * `BALIS_DESK_FAULT=name` kills the process (as a power cut would: no handlers run) the first time the place is
 * reached, `name#3` the third time. Without the variable the call is one comparison.
 */
export const FAULT_POINTS = [
  'after-blob-written',
  'after-blob-renamed',
  'before-outbox-commit',
  'after-outbox-commit',
  'before-slice-commit',
  'after-slice-commit',
  'after-cursor-commit',
  'after-number-commit',
  'after-push-sent',
  'before-results-commit',
  'after-results-commit',
  'after-upload-created',
  'after-upload-chunk',
  'after-upload-complete',
  'before-swap-commit',
  'after-swap-commit',
] as const
/** Places in the scan desk and the print ledger. */
export const WORK_FAULT_POINTS = [
  'after-page-scanned',
  'after-page-taken',
  'before-print-sent',
  'after-print-sent',
  'batch-job-sent',
] as const
export type FaultPoint = (typeof FAULT_POINTS)[number] | (typeof WORK_FAULT_POINTS)[number]

const [wanted, count = '1'] = (process.env['BALIS_DESK_FAULT'] ?? '').split('#')
let left = Number(count)

let listener: ((name: FaultPoint) => void) | undefined

/** A test in the same process decides what happens at each place; what it throws takes the place of a crash. */
export function onFaultPoint(given: ((name: FaultPoint) => void) | undefined): void {
  listener = given
}

export function faultPoint(name: FaultPoint): void {
  listener?.(name)
  if (wanted !== name) return
  if (--left > 0) return
  process.kill(process.pid, 'SIGKILL')
}
