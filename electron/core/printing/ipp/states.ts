import type { PrintState, PrintStateName } from '../driver.ts'
import { numberOf, stringOf, stringsOf, type IppAttribute } from './message.ts'
import { JOB_STATE } from './tags.ts'

/**
 * printer-state-reasons that need a person (RFC 8011 section 5.4.12, PWG 5100.9). Others (media-low, toner-low,
 * cups-waiting-for-job-completed, ...) do not stop paper from coming out.
 */
const NEEDS_A_PERSON = new Set([
  'media-empty',
  'media-needed',
  'media-jam',
  'media-path-jam',
  'cover-open',
  'door-open',
  'interlock-open',
  'input-tray-missing',
  'output-tray-missing',
  'output-area-full',
  'toner-empty',
  'marker-supply-empty',
  'marker-waste-full',
  'developer-empty',
  'opc-life-over',
  'fuser-over-temp',
  'paused',
  'moving-to-paused',
  'shutdown',
  'stopping',
  'timed-out',
  'offline',
  'connecting-to-device',
  'spool-area-full',
  'cups-missing-filter',
  'cups-insecure-filter',
])

/**
 * The reasons somebody should go and look for. The severity suffix is dropped; `-report` is dropped with its reason,
 * as printers keep telling of a jam long after it was cleared (seen with ippeveprinter).
 */
export function attentionReasons(reasons: readonly string[]): string[] {
  const plain = reasons.flatMap((reason) => {
    if (reason === 'none' || reason.endsWith('-report')) return []
    return [reason.replace(/-(error|warning)$/, '')]
  })
  return [...new Set(plain)].filter((reason) => NEEDS_A_PERSON.has(reason))
}

const NAMES = new Map<number | undefined, PrintStateName>([
  [JOB_STATE.pending, 'handed_over'],
  [JOB_STATE.held, 'needs_attention'],
  [JOB_STATE.processing, 'printing'],
  [JOB_STATE.stopped, 'needs_attention'],
  [JOB_STATE.canceled, 'cancelled'],
  [JOB_STATE.aborted, 'aborted'],
  [JOB_STATE.completed, 'completed'],
])

/** True for a job-state that will not change any more (RFC 8011 section 5.3.7: the last three). */
export const isFinal = (state: number | undefined): boolean => state !== undefined && state >= JOB_STATE.canceled

/**
 * What a job's and its printer's attributes mean for the desk. `queue` is true for a CUPS queue, whose "completed"
 * was seen for jobs the device had aborted: that is told as handed over, unconfirmed (5-devices.md section 6b).
 */
export function printStateOf(job: IppAttribute[], printer: IppAttribute[], queue: boolean): PrintState {
  const name = NAMES.get(numberOf(job, 'job-state')) ?? 'handed_over'
  const own = stringsOf(job, 'job-state-reasons').filter((reason) => reason !== 'none')
  const message = [
    stringOf(job, 'job-state-message'),
    stringOf(job, 'job-printer-state-message'),
    stringOf(printer, 'printer-state-message'),
  ].find((text) => text !== undefined && text.trim() !== '')
  const impressions = numberOf(job, 'job-impressions-completed')
  const extra = {
    ...(message === undefined ? {} : { message: message.trim() }),
    ...(impressions === undefined ? {} : { impressions }),
  }
  if (name === 'completed' && queue) {
    return { state: 'handed_over', reasons: ['queue-completed', ...own], ...extra, final: true }
  }
  if (name === 'completed' || name === 'aborted' || name === 'cancelled') {
    return { state: name, reasons: own, ...extra, final: true }
  }
  const attention = attentionReasons([
    ...stringsOf(printer, 'printer-state-reasons'),
    ...stringsOf(job, 'job-printer-state-reasons'),
  ])
  if (attention.length > 0) return { state: 'needs_attention', reasons: attention, ...extra, final: false }
  return { state: name, reasons: own, ...extra, final: false }
}
