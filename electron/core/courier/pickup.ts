/** 自取自还: the reader comes with a code that is good once and for some days. No courier, no bag. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import type { PickupView } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { parseScan } from '../../domain/codes.ts'
import type { Core } from '../context.ts'
import { libraryName } from './bags.ts'
import { applyRules } from './due.ts'
import { record } from './facts.ts'
import { requestOfPickup, titleOf } from './resolve.ts'

export function waitingPickups(core: Core): PickupView[] {
  return core.views.requestIdsAtStage(['awaiting_pickup'], 'supplier').map((id) => viewOf(core, id))
}

/** @throws DeskError code_unknown, code_damaged, pickup_used */
export function findPickup(core: Core, text: string): PickupView {
  const code = parseScan(text)
  if (code.kind === 'damaged') throw new DeskError('code_damaged', { code: code.text.slice(0, 60) })
  const id = code.kind === 'pickup' ? requestOfPickup(core, code.id) : undefined
  if (id === undefined) throw new DeskError('code_unknown', { code: text.slice(0, 60) })
  if (core.views.request(id)!.row.stage !== 'awaiting_pickup')
    throw new DeskError('pickup_used', { title: titleOf(core, id) })
  return viewOf(core, id)
}

/** @throws DeskError code_unknown, code_damaged, pickup_used, pickup_expired */
export function collectPickup(core: Core, text: string, anyway: boolean): PickupView {
  const found = findPickup(core, text)
  if (found.expired && !anyway) throw new DeskError('pickup_expired', { title: found.title })
  core.db.write(() => {
    record(core, { objectId: found.requestId, kind: 'pickedUp', args: { code: found.code! } })
    applyRules(core, [found.requestId])
  })
  return found
}

function viewOf(core: Core, id: string): PickupView {
  const row: Pick<RequestRow, 'fields' | 'volumes' | 'pickupCode' | 'pickupUntil'> = core.views.request(id)!.row
  const until = row.pickupUntil ?? null
  return {
    requestId: id,
    title: titleOf(core, id),
    partnerName: libraryName(core, row.fields.partner),
    callNumber: row.fields.callNumber,
    volumes: row.volumes.length,
    code: row.pickupCode,
    until,
    expired: until !== null && core.now() > until,
  }
}
