/**
 * The three-way check at the loan desk: the slip opened the request, the item's own barcode is scanned, and call number,
 * volume and year stand large on the screen for the eye. A wrong item is refused and says what it is.
 */
import type { CoreContract } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { z } from 'zod'
import type { Core } from '../context.ts'
import { resolveCode, titleOf } from './resolve.ts'

export type CheckVerdict = z.input<CoreContract['loan.check']['out']>

/**
 * Checks one scanned code against an open loan and binds a fitting item to its next free volume.
 * @throws DeskError not_found, action_refused, sign_in_needed
 */
export function checkItem(core: Core, requestId: string, code: string): CheckVerdict {
  const request = core.views.request(requestId)?.row
  if (!request) throw new DeskError('not_found', { id: requestId })
  const expected = [titleOf(core, requestId), request.fields.callNumber, request.fields.year]
    .filter(Boolean)
    .join(' · ')
  let found
  try {
    found = resolveCode(core, code)
  } catch (error) {
    if (error instanceof DeskError && error.code === 'code_damaged')
      return { verdict: 'code_damaged', expected, found: code.slice(0, 60), volume: null }
    throw error
  }
  if (found.kind === 'request')
    return found.id === requestId
      ? { verdict: 'already', expected, found: found.id, volume: null }
      : { verdict: 'slip_other', expected, found: `${found.id} ${found.title}`, volume: null }
  if (found.kind === 'bag') return { verdict: 'wrong', expected, found: found.code, volume: null }
  if (found.kind === 'pickup') return { verdict: 'wrong', expected, found: found.code, volume: null }
  if (found.kind === 'manifest' || found.kind === 'paper')
    return { verdict: 'wrong', expected, found: found.number, volume: null }
  if (found.kind === 'item') {
    const own = core.views.byBarcode(found.barcode).find((item) => item.requestId === requestId)
    return own
      ? { verdict: 'already', expected, found: found.barcode, volume: own.volume }
      : { verdict: 'wrong', expected, found: `${found.barcode} ${found.title}`, volume: null }
  }
  const volume = request.volumes.find((one) => one.barcode === null)?.volume
  if (volume === undefined) return { verdict: 'wrong', expected, found: found.text, volume: null }
  core.act({ objectId: requestId, kind: 'bindItem', args: { volume, barcode: found.text } })
  return { verdict: 'bound', expected, found: found.text, volume }
}
