/**
 * What gives readers' data away or takes them out is a supervisor's, without a window as in it: the command asks who that
 * is, and writes down who it was, or that somebody was refused.
 */
import { appendAudit } from '../../../db/queries/audit.ts'
import { DeskError } from '../../contract/errors.ts'
import type { RunningCore } from '../index.ts'
import { keyOfRecovery } from '../recovery-key.ts'
import { passwordFrom } from './password.ts'
import { WrongUse } from './wrong-use.ts'

export interface Proof {
  staff?: string | undefined
  'password-file'?: string | undefined
}

/** Who opened the desk with its recovery key: whoever has that has everything. */
export const BY_RECOVERY_KEY = 'recovery key'

/**
 * @param command as it is written down
 * @returns the supervisor's id
 * @throws DeskError wrong_password, not_allowed, offline, not_enrolled, recovery_key_wrong …; WrongUse without a name or a password
 */
export async function requireSupervisor(
  { core, identity, secret }: RunningCore,
  command: string,
  proof: Proof,
): Promise<string> {
  const note = (event: string, user: string, detail: object) =>
    core.db.write(() =>
      appendAudit(core.db, {
        at: core.now(),
        user,
        event,
        objectId: '',
        opId: null,
        detail: JSON.stringify({ command, ...detail }),
      }),
    )
  const refused = (user: string, error: unknown): never => {
    note('commandRefused', user, { code: error instanceof DeskError ? error.code : 'internal' })
    throw error
  }
  const recoveryKey = process.env['BALIS_DESK_RECOVERY_KEY']
  if (recoveryKey && proof.staff === undefined) {
    if (keyOfRecovery(recoveryKey) !== secret.key) refused(BY_RECOVERY_KEY, new DeskError('recovery_key_wrong'))
    note('commandAllowed', BY_RECOVERY_KEY, {})
    return BY_RECOVERY_KEY
  }
  const staff = proof.staff ?? ''
  const password = staff === '' ? null : await passwordFrom(proof['password-file'], `${staff}: `)
  if (password === null) {
    note('commandRefused', staff, { code: 'sign_in_needed' })
    throw new WrongUse('a supervisor is needed: --staff ID, and the password when asked, or --password-file FILE')
  }
  const me = await identity.prove(staff, password).catch((error: unknown) => refused(staff, error))
  if (me.role !== 'supervisor') refused(me.id, new DeskError('not_allowed'))
  note('commandAllowed', me.id, {})
  return me.id
}
