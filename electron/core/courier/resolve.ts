/** What a scanned or typed code stands for on this desk. */
import { findPaper } from '../../../db/queries/paper-numbers.ts'
import type { Resolved } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { parseScan } from '../../domain/codes.ts'
import type { Core } from '../context.ts'

/** The title a person knows the request by. */
export function titleOf(core: Core, requestId: string): string {
  const fields = core.views.request(requestId)?.row.fields
  return fields ? fields.articleTitle || fields.title : requestId
}

/**
 * A code of ours wins; anything else is looked up as an item barcode.
 * @throws DeskError code_damaged when a code of ours was misread (its check character is wrong)
 */
export function resolveCode(core: Core, text: string): Resolved {
  const code = parseScan(text)
  switch (code.kind) {
    case 'damaged':
      throw new DeskError('code_damaged', { code: code.text.slice(0, 60) })
    case 'request': {
      const request = core.views.request(code.id)?.row
      return request
        ? { kind: 'request', id: request.id, title: titleOf(core, request.id), service: request.service }
        : { kind: 'unknown', text: code.text }
    }
    case 'bag': {
      const bag = core.views.bagByCode(code.id)?.row
      return bag ? { kind: 'bag', id: bag.id, code: bag.code } : onPaper(core, code.id, code.text)
    }
    case 'manifest': {
      const manifest = core.views.manifests().find((one) => one.row.number === code.id)?.row
      return manifest
        ? { kind: 'manifest', id: manifest.id, number: manifest.number }
        : onPaper(core, code.id, code.text)
    }
    case 'pickup': {
      const requestId = requestOfPickup(core, code.id)
      return requestId === undefined
        ? { kind: 'unknown', text: code.text }
        : { kind: 'pickup', requestId, code: code.id }
    }
    default:
      return resolveBarcode(core, 'barcode' in code ? code.barcode : code.text)
  }
}

function onPaper(core: Core, number: string, text: string): Resolved {
  const paper = findPaper(core.db, number)
  return paper?.state === 'blank' ? { kind: 'paper', number: paper.form } : { kind: 'unknown', text }
}

/** The request a pick-up code was drawn for, waiting or already collected. */
export function requestOfPickup(core: Core, code: string): string | undefined {
  return core.views
    .requestIdsAtStage(['awaiting_pickup', 'picked_up'], 'supplier')
    .find((id) => core.views.request(id)?.row.pickupCode === code)
}

function resolveBarcode(core: Core, barcode: string): Resolved {
  const item = core.views.byBarcode(barcode)[0]
  if (!item) return { kind: 'unknown', text: barcode }
  return { kind: 'item', ...item, barcode, title: titleOf(core, item.requestId) }
}

/** A slip stands for the first volume that is not back yet. */
export function volumeMeant(volumes: readonly { volume: number; place: string }[]): number {
  return (volumes.find((one) => one.place !== 'shelf' && one.place !== 'desk') ?? volumes[0])?.volume ?? 1
}
