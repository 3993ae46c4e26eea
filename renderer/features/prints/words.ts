/** States of prints in the words, signs and colours of the desk. */
import { Check, CircleDashed, Clock, Printer, TriangleAlert, X, type LucideIcon } from 'lucide-react'
import type { TFunction } from 'i18next'
import type { PrintBatchView, PrintJobView } from '../../../electron/contract/core.contract.ts'

export interface Look {
  icon: LucideIcon
  tone: string
}

export const JOB_LOOK: Record<PrintJobView['state'], Look> = {
  waiting: { icon: Clock, tone: 'text-ink-2' },
  sending: { icon: CircleDashed, tone: 'text-ink-2' },
  handed_over: { icon: CircleDashed, tone: 'text-amber' },
  printing: { icon: Printer, tone: 'text-accent' },
  attention: { icon: TriangleAlert, tone: 'text-amber' },
  confirmed: { icon: Check, tone: 'text-ok' },
  failed: { icon: X, tone: 'text-seal' },
  cancelled: { icon: X, tone: 'text-ink-3' },
}

export const BATCH_LOOK: Record<PrintBatchView['state'], Look> = {
  running: { icon: Printer, tone: 'text-accent' },
  paused: { icon: Clock, tone: 'text-amber' },
  stopped: { icon: TriangleAlert, tone: 'text-seal' },
  done: { icon: Check, tone: 'text-ok' },
  cancelled: { icon: X, tone: 'text-ink-3' },
}

/** How a job looks: sent, and seen by a person, is no longer a question. */
export function lookOf(job: PrintJobView): Look {
  return job.state === 'handed_over' && !job.unsure ? { icon: Check, tone: 'text-ink-2' } : JOB_LOOK[job.state]
}

/** A printer's reasons in words; what no text knows stands as the printer said it. */
export function reasonWords(t: TFunction, reasons: readonly string[]): string {
  return reasons.map((reason) => t(`printReason.${reason}`, { defaultValue: reason })).join(t('ui.listComma'))
}

/** What was printed: one thing by its title, several by the first and how many. */
export function subjectOf(job: PrintJobView, t: TFunction): string {
  const [first = ''] = job.objectIds
  return job.objectIds.length > 1 ? t('prints.many', { first, count: job.objectIds.length }) : job.title
}

/** Numbers and codes stand in mono, titles do not. */
export const isCode = (subject: string): boolean => /^[\w-]+$/.test(subject)

/** Somebody should still look at it. */
export function isOpen(job: PrintJobView): boolean {
  return job.unsure || !['confirmed', 'cancelled', 'handed_over'].includes(job.state)
}
