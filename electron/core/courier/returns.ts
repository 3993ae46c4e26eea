/** Books that come back are taken in whatever state the request is in; what does not fit becomes an anomaly, never a refusal. */
import type { CoreContract } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Condition } from '../../contract/words.ts'
import type { z } from 'zod'
import type { Core } from '../context.ts'
import { record } from './facts.ts'
import { resolveCode, titleOf } from './resolve.ts'

/** @throws DeskError code_unknown, code_damaged, sign_in_needed */
export function takeReturn(
  core: Core,
  code: string,
  condition: Condition,
): z.input<CoreContract['courier.return']['out']> {
  const found = resolveCode(core, code)
  if (found.kind !== 'item' && found.kind !== 'request')
    throw new DeskError('code_unknown', { code: code.slice(0, 60) })
  const requestId = found.kind === 'item' ? found.requestId : found.id
  const before = core.views.request(requestId)!.row
  const volume = found.kind === 'item' ? found.volume : volumeMeant(before.volumes)
  return core.db.write(() => {
    const anomaly = record(core, { objectId: requestId, kind: 'checkedIn', args: { volume, condition } })
    if (condition === 'damaged')
      core.act({ objectId: requestId, kind: 'damaged', args: { volume, note: 'noted at the return desk' } })
    const after = core.views.request(requestId)!.row
    return {
      requestId,
      volume,
      title: titleOf(core, requestId),
      complete: after.status === 'LoanCompleted',
      anomaly,
    }
  })
}

/** A slip stands for the first volume that is not back yet. */
export function volumeMeant(volumes: readonly { volume: number; place: string }[]): number {
  return (volumes.find((one) => one.place !== 'shelf' && one.place !== 'desk') ?? volumes[0])?.volume ?? 1
}
