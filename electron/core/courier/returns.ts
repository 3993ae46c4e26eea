/** Books that come in are taken in whatever state the request is in; what does not fit becomes an anomaly, never a refusal. */
import type { RequestRow } from '../../contract/centre.contract.ts'
import type { Came, CoreContract } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Condition } from '../../contract/words.ts'
import type { z } from 'zod'
import type { Core } from '../context.ts'
import { scanArrival } from './arrivals.ts'
import { record } from './facts.ts'
import { resolveCode, titleOf, volumeMeant } from './resolve.ts'

type Returned = z.input<CoreContract['courier.return']['out']>

/** @throws DeskError code_unknown, code_damaged, sign_in_needed */
export function takeReturn(core: Core, code: string, condition: Condition): Returned {
  const found = resolveCode(core, code)
  if (found.kind !== 'item' && found.kind !== 'request')
    throw new DeskError('code_unknown', { code: code.slice(0, 60) })
  const requestId = found.kind === 'item' ? found.requestId : found.id
  const before = core.views.request(requestId)!.row
  const volume = found.kind === 'item' ? found.volume : volumeMeant(before.volumes)
  return core.db.write(() => {
    const owned = before.role === 'supplier'
    const came = owned ? 'back' : cameFrom(before, volume)
    let anomaly = false
    if (came === 'back') {
      anomaly = record(core, { objectId: requestId, kind: 'checkedIn', args: { volume, condition } })
      if (condition === 'damaged') core.act({ objectId: requestId, kind: 'damaged', args: { volume, note: '—' } })
    } else if (came !== 'here') anomaly = scanArrival(core, code, null, condition).anomaly
    const after = core.views.request(requestId)!.row
    return { came, requestId, volume, title: titleOf(core, requestId), complete: after.status === 'LoanCompleted', anomaly } // prettier-ignore
  })
}

function cameFrom(row: Pick<RequestRow, 'volumes'>, volume: number): Came {
  const place = row.volumes.find((one) => one.volume === volume)?.place
  return place === 'reader' ? 'fromReader' : place === 'borrower' ? 'here' : 'fromCourier'
}
