/** What is one person's to decide for all: readers' data, money, the house's rules, who gets in. */
import { SUPERVISOR_SETTINGS, type Settings } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import type { Core } from '../context.ts'

/**
 * The window hides what staff may not do; this refuses it.
 * @returns the supervisor's id and name
 * @throws DeskError sign_in_needed, not_allowed
 */
export function requireSupervisor({ me }: Pick<Core, 'me'>): { id: string; name: string } {
  const who = me()
  if (!who) throw new DeskError('sign_in_needed')
  if (who.role !== 'supervisor') throw new DeskError('not_allowed')
  return who
}

/** The settings that are a supervisor's and would be others after this change. */
export function supervisorChanges(before: Settings, change: Partial<Settings>): string[] {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  return SUPERVISOR_SETTINGS.filter((name) => name in change && !same(change[name], before[name]))
}

/** Who let a reader's data stay longer, or the desk reach its centre another way, stands in the trail; the values may be addresses. */
export function noteSettings({ db, now }: Pick<Core, 'db' | 'now'>, user: string, names: readonly string[]): void {
  if (names.length === 0) return
  const detail = JSON.stringify({ settings: names })
  db.write(() => appendAudit(db, { at: now(), user, event: 'settingsChanged', objectId: '', opId: null, detail }))
}
