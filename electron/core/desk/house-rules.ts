/** The house's own rules: the consortium's where nothing else was agreed, changed by supervisors, each change on record. */
import type { HouseRules } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { DEFAULT_LIMITS } from '../../domain/copyright.ts'
import { PUBLISHED_CLOCK } from '../../domain/work-clock.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import { requireSupervisor } from './supervisor.ts'
import type { Core } from '../context.ts'

export function houseRules(core: Core): HouseRules {
  const own = getMeta(core.db, 'houseRules')
  return { clock: { ...PUBLISHED_CLOCK, ...own?.clock }, copyright: { ...DEFAULT_LIMITS, ...own?.copyright } }
}

/**
 * What is due moves with the rules, in the same transaction.
 * @throws DeskError not_allowed for anybody but a supervisor, bad_call when a closure ends before it begins
 */
export function setHouseRules(core: Core, change: Partial<HouseRules>): void {
  const me = requireSupervisor(core)
  if (change.clock?.closed.some(({ from, to }) => to < from)) throw new DeskError('bad_call')
  core.db.write(() => {
    setMeta(core.db, 'houseRules', { ...houseRules(core), ...change })
    appendAudit(core.db, {
      at: core.now(),
      user: me.id,
      event: 'houseRules',
      objectId: core.deskLibrary(),
      opId: null,
      detail: JSON.stringify(change),
    })
    core.views.clockChanged()
  })
  for (const topic of ['settings', 'queue', 'counts', 'reports'] as const) core.events.emit(topic)
}
