/** Bags and manifests: what is packed for whom, under numbers that count per desk without gaps. */
import { createHash, randomUUID } from 'node:crypto'
import { nextNumber } from '../../../db/queries/meta.ts'
import type { BagRow, ManifestRow, RequestRow, VolumeState } from '../../contract/centre.contract.ts'
import type { RequestView } from '../../../db/queries/views.ts'
import type { BagView, ManifestView, PackCandidate } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { OpArgsOf } from '../../contract/ops.contract.ts'
import { bagCode, manifestCode } from '../../domain/codes.ts'
import { isLent } from '../../domain/machine/guards.ts'
import type { Core } from '../context.ts'
import { applyRules } from './due.ts'
import { resolveCode, titleOf } from './resolve.ts'

export interface Packed {
  bagId: string
  bagCode: string
  requestId: string
  volume: number
  title: string
  destinationName: string
}

/**
 * The part of a code that names this desk: the end of its id, which the centre draws at random. Six letters or digits
 * keep the codes of a library's few desks apart and a label readable.
 */
export function deskPart(core: Core): string {
  return core
    .desk()
    .id.replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(-6)
}

export function libraryName(core: Core, id: string): string {
  return core.views.library(id)?.name ?? id
}

/** Gives the open bag for a destination; makes one when there is none. */
export function openBag(core: Core, destination: string, route: string | null): { bagId: string; code: string } {
  const library = core.views.library(destination)
  if (!library) throw new DeskError('not_found', { id: destination })
  const open = core.views
    .bags()
    .find(({ row }) => row.state === 'open' && row.destination === destination && ours(core, row))
  if (open) return { bagId: open.row.id, code: open.row.code }
  return core.db.write(() => {
    const bagId = randomUUID()
    const code = bagCode(core.desk().library.code, deskPart(core), nextNumber(core.db, 'bagCounter'))
    core.act({ objectId: bagId, kind: 'openBag', args: { code, destination, route: route ?? library.route } })
    return { bagId, code }
  })
}

function ours(core: Core, bag: BagRow): boolean {
  return bag.owner === core.desk().library.id
}

/**
 * Packs what was scanned (an item's barcode, or the slip of a request with one volume left) into the open bag of its
 * destination.
 * @throws DeskError code_unknown, code_damaged, already_packed, item_elsewhere, wrong_item, action_refused
 */
export function packCode(core: Core, code: string): Packed {
  const found = resolveCode(core, code)
  if (found.kind !== 'item' && found.kind !== 'request')
    throw new DeskError('code_unknown', { code: code.slice(0, 60) })
  const requestId = found.kind === 'item' ? found.requestId : found.id
  const request = core.views.request(requestId)!.row
  const volume = found.kind === 'item' ? found.volume : onlyVolumeLeft(request)
  const state = request.volumes.find((one) => one.volume === volume)
  const known = state && (request.role === 'requester' || state.barcode !== null)
  if (!known) throw new DeskError('wrong_item', { title: titleOf(core, requestId) })
  if (state.bagId !== null) {
    const bag = core.views.bag(state.bagId)?.row
    throw new DeskError('already_packed', { title: titleOf(core, requestId), bag: bag?.code ?? state.bagId })
  }
  return core.db.write(() => {
    const { bagId, code: into } = openBag(core, request.fields.partner, null)
    core.act({ objectId: requestId, kind: 'pack', args: { item: { requestId, volume }, bagId } })
    return {
      bagId,
      bagCode: into,
      requestId,
      volume,
      title: titleOf(core, requestId),
      destinationName: libraryName(core, request.fields.partner),
    }
  })
}

/** A slip names a request, not a volume: with several volumes waiting the item itself must be scanned. */
function onlyVolumeLeft(request: Pick<RequestRow, 'volumes'>): number {
  const waiting = request.volumes.filter((one) => one.barcode !== null && one.bagId === null)
  if (waiting.length === 1) return waiting[0]!.volume
  if (waiting.length > 1) throw new DeskError('wrong_item', { volumes: waiting.length })
  return request.volumes[0]?.volume ?? 1
}

/** Opens a manifest for a courier run; its number is used up even when the centre later refuses it. */
export function openManifest(core: Core, run: string): { manifestId: string; number: string } {
  return core.db.write(() => {
    const manifestId = randomUUID()
    const number = newManifestNumber(core)
    core.act({ objectId: manifestId, kind: 'openManifest', args: { number, run } })
    return { manifestId, number }
  })
}

/** `M-<library>-<desk>-<year>-<n>`, counted without gaps; inside the transaction that uses it. */
export function newManifestNumber(core: Core): string {
  const year = Number(new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format(core.now()))
  const n = nextNumber(core.db, `manifestCounter:${year}`)
  return manifestCode(core.desk().library.code, deskPart(core), year, n)
}

/** What a driver signs: hash over the manifest's number, its bags, seals and items, in a fixed order. */
export function manifestDigest(manifest: Pick<ManifestRow, 'number'>, bags: readonly BagRow[]): string {
  const content = [...bags]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((bag) => [
      bag.code,
      bag.seal,
      bag.items.map((item) => `${item.requestId}#${item.volume}=${item.barcode}`).sort(),
    ])
  return createHash('sha256')
    .update(JSON.stringify([manifest.number, content]))
    .digest('hex')
}

/** Bags go out of the house: a fact, recorded whatever the network does. */
export function handOver(
  core: Core,
  order: { manifestId: string; driver: string; signature: OpArgsOf<'handedOver'>['signature'] },
): { opId: string; heldUntil: number | null } {
  const manifest = core.views.manifest(order.manifestId)?.row
  if (!manifest) throw new DeskError('not_found', { id: order.manifestId })
  if (manifest.state !== 'closed') throw new DeskError('action_refused', { code: 'state' })
  const bags = bagsOf(core, manifest)
  const digest = manifestDigest(manifest, bags)
  const args = { driver: order.driver, signature: order.signature, digest }
  return core.db.write(() => {
    const acted = core.act({ objectId: manifest.id, kind: 'handedOver', args })
    applyRules(
      core,
      bags.flatMap((bag) => bag.items.map((item) => item.requestId)),
    )
    return acted
  })
}

export function bagsOf(core: Core, manifest: Pick<ManifestRow, 'bagIds'>): BagRow[] {
  return manifest.bagIds.map((id) => core.views.bag(id)?.row).filter((bag) => bag !== undefined)
}

/** Ours waits once it is checked; a borrowed one when it is to go home: our reader brought it back. */
function isWaiting(core: Core, { id, role, status, history }: RequestView, volume: VolumeState): boolean {
  if (volume.bagId !== null) return false
  if (role === 'supplier')
    return (status === 'WillSupply' || isLent(status)) && volume.barcode !== null && volume.place === 'desk'
  const broughtBack = [...history.map((entry) => entry.event), ...core.views.opsOn(id).map((op) => op.kind)]
  return volume.place === 'borrower' && broughtBack.includes('returnedByReader')
}

/** Everything the courier desk shows. */
export function board(core: Core): { candidates: PackCandidate[]; bags: BagView[]; manifests: ManifestView[] } {
  // A set may leave in parts: one volume before all are checked, another after the first has gone.
  const leaving = core.views.requestIdsAtStage(['queued', 'pulled', 'checked', 'packed', 'handed_over'], 'supplier')
  const goingHome = core.views.requestIdsAtStage(['at_borrower'], 'requester')
  const candidates = [...leaving, ...goingHome].flatMap((id): PackCandidate[] => {
    const request = core.views.request(id)!.row
    if (request.fields.deliveryMethod !== 'courier') return []
    return request.volumes
      .filter((volume) => isWaiting(core, request, volume))
      .map((volume) => ({
        requestId: id,
        volume: volume.volume,
        title: titleOf(core, id),
        barcode: volume.barcode ?? '',
        partner: request.fields.partner,
        partnerName: libraryName(core, request.fields.partner),
        callNumber: request.fields.callNumber,
      }))
  })
  const bags = core.views.bags().map(({ row, pending }): BagView => {
    const { type: _type, version: _version, seq: _seq, ...bag } = row
    return { ...bag, destinationName: libraryName(core, row.destination), pending: markOf(pending) }
  })
  const manifests = core.views.manifests().map(({ row, pending }): ManifestView => {
    const { type: _type, version: _version, seq: _seq, ...manifest } = row
    const packed = bagsOf(core, row)
    const weights = packed.map((bag) => bag.weightGrams)
    return {
      ...manifest,
      bagCount: packed.length,
      itemCount: packed.reduce((sum, bag) => sum + bag.items.length, 0),
      destinationCount: new Set(packed.map((bag) => bag.destination)).size,
      weightGrams: weights.every((weight) => weight !== null) ? weights.reduce((sum, weight) => sum + weight, 0) : null,
      pending: markOf(pending),
    }
  })
  return { candidates, bags, manifests }
}

/** Settled states are not marks: what is applied simply is. */
export function markOf(state: BagView['pending'] | 'applied' | 'withdrawn'): BagView['pending'] {
  return state === 'applied' || state === 'withdrawn' ? 'none' : state
}
