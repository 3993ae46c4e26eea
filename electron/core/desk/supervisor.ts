/** What is one person's to decide for all: readers' data, money, the house's rules, who gets in. */
import { DeskError } from '../../contract/errors.ts'
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
