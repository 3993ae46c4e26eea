/** The copyright ledger of one request: what its reader had from the same work, the verdict, and who went on all the same. */
import type { CopyrightState } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { copyrightVerdict } from '../../domain/copyright.ts'
import { factOf, type Fact } from '../../domain/statistics/fact.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import { auditArgs } from '../../../db/queries/privacy.ts'
import { takenFrom } from '../../../db/queries/facts.ts'
import { addOverride, lastOverride, pagesOfWork, setPagesOfWork } from '../../../db/queries/copyright.ts'
import { requireSupervisor } from '../desk/supervisor.ts'
import type { Core } from '../context.ts'
import { houseRules } from '../desk/house-rules.ts'

/** @throws DeskError not_found */
function factNow(core: Core, requestId: string): Fact {
  const shown = core.views.shownRequest(requestId)
  if (!shown) throw new DeskError('not_found', { id: requestId })
  return factOf(shown.row)
}

/** @throws DeskError not_found */
export function copyrightState(core: Core, requestId: string): CopyrightState {
  const fact = factNow(core, requestId)
  const override = lastOverride(core.db, requestId)
  const known = fact.role === 'supplier' && fact.service === 'copy' && fact.reader !== '' && fact.work !== ''
  const before = (known ? takenFrom(core.db, fact.reader, fact.work, requestId) : []).map((taken) => ({
    requestId: taken.requestId,
    pages: taken.pages,
    delivered: taken.outcome === 'filled',
  }))
  const verdict = known
    ? copyrightVerdict(fact.work, before, fact.pages, pagesOfWork(core.db, fact.work), houseRules(core).copyright)
    : ({ kind: 'unknown' } as const)
  return { verdict, before: before.slice(-100), override }
}

/** @throws DeskError not_found, bad_call when no book is copied from */
export function setBookPages(core: Core, requestId: string, pages: number): CopyrightState {
  const { work } = factNow(core, requestId)
  if (!work.startsWith('isbn:')) throw new DeskError('bad_call')
  core.db.write(() => setPagesOfWork(core.db, work, pages))
  return copyrightState(core, requestId)
}

/** Going on all the same is a supervisor's word and stays on record. @throws DeskError not_allowed, sign_in_needed */
export function overrideCopyright(core: Core, requestId: string, reason: string): CopyrightState {
  const me = requireSupervisor(core)
  const { verdict } = copyrightState(core, requestId)
  const at = core.now()
  core.db.write(() => {
    const total = JSON.stringify(verdict)
    addOverride(core.db, { requestId, at, user: me.id, userName: me.name, reason, total })
    appendAudit(core.db, {
      at,
      user: me.id,
      event: 'copyrightOverride',
      objectId: requestId,
      opId: null,
      detail: auditArgs(core.db, { reason, total }),
    })
  })
  return copyrightState(core, requestId)
}
