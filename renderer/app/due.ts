/** The words beside the clock of a row. */
import type { TFunction } from 'i18next'
import type { QueueRow } from '../../electron/contract/core.contract.ts'
import { beijingDay, day, span } from './format.ts'

type Clocked = Pick<QueueRow, 'urgency' | 'promiseAt' | 'dueAt' | 'status'>

/** "逾期 1 天", "剩 3 时 20 分", "11月30日还"; a finished request says how it ended. */
export function dueText(row: Clocked, now: number, t: TFunction, language: string): string {
  if (row.urgency === 'done') {
    return row.dueAt !== null && row.status === 'Loaned'
      ? t('due.return', { day: day(row.dueAt, language, now) })
      : t(`status.${row.status}`)
  }
  const until = row.dueAt ?? row.promiseAt
  if (row.urgency === 'late') return t('due.late', { span: span(now - until, t) })
  // A deadline at midnight belongs to the day that ends with it.
  if (beijingDay(until - 1) - beijingDay(now) >= 3) return t('due.by', { day: day(until - 1, language, now) })
  return t('due.left', { span: span(until - now, t) })
}
