/** The paper fallback: forms with numbers printed beforehand, filled in by hand while the desk is down, typed in afterwards. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { nextNumber } from '../../../db/queries/meta.ts'
import { blanksOf, findPaper, paperNumbers, reserveNumbers, settlePaper } from '../../../db/queries/paper-numbers.ts'
import type { CoreContract } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { bagCode, foldScan, parseScan } from '../../domain/codes.ts'
import type { Core } from '../context.ts'
import { bagsOf, deskPart, manifestDigest, newManifestNumber } from './bags.ts'
import { applyRules } from './due.ts'
import { resolveCode, volumeMeant } from './resolve.ts'

type Form = z.output<CoreContract['paper.enter']['in']>
type Entered = z.input<CoreContract['paper.enter']['out']>

export function reserveForm(core: Core, bags: number): { number: string; codes: string[] } {
  return core.db.write(() => {
    const number = newManifestNumber(core)
    const library = core.desk().library.code
    const codes = Array.from({ length: bags }, () =>
      bagCode(library, deskPart(core), nextNumber(core.db, 'bagCounter')),
    )
    reserveNumbers(core.db, number, codes, core.now())
    return { number, codes }
  })
}

export function paperForms(core: Core): z.input<CoreContract['paper.list']['out']> {
  const all = paperNumbers(core.db)
  return all
    .filter((one) => one.kind === 'manifest')
    .map((form) => ({
      number: form.code,
      bags: all.filter((one) => one.kind === 'bag' && one.form === form.code).map((one) => one.code),
      state: form.state,
      printedAt: form.printedAt,
    }))
}

/** A form that was spoilt or lost: its numbers stay used and stand in the list of void ones. */
export function voidForm(core: Core, number: string): void {
  if (findPaper(core.db, number)?.state !== 'blank') throw new DeskError('paper_used', { number })
  core.db.write(() => {
    for (const code of blanksOf(core.db, number)) settlePaper(core.db, code, 'void', null, core.now())
  })
}

/** The id behind a code of ours as it was scanned or typed. */
const idOf = (text: string) => {
  const code = parseScan(text)
  return 'id' in code ? code.id : foldScan(text).toUpperCase()
}

/**
 * Types a form in: what it lists was handed over when the driver signed it. Items we do not know, or that were never
 * checked, are told and become anomalies of their bag; the rest stands.
 * @throws DeskError not_found (no form of this desk), paper_used, action_refused
 */
export function enterForm(core: Core, form: Form): Entered {
  const number = idOf(form.number)
  const known = findPaper(core.db, number)
  if (known?.kind !== 'manifest') throw new DeskError('not_found', { id: number })
  if (known.state !== 'blank') throw new DeskError('paper_used', { number })
  return core.db.write(() => {
    const manifestId = randomUUID()
    core.act({ objectId: manifestId, kind: 'openManifest', args: { number, run: '' } })
    settlePaper(core.db, number, 'used', manifestId, core.now())
    const unknown: string[] = []
    const lent: string[] = []
    const bagIds = form.bags.map((bag) => {
      const bagId = openPaperBag(core, number, bag.code, bag.destination)
      for (const code of bag.items) {
        const packed = packWritten(core, code, bagId)
        if (packed) lent.push(packed)
        else unknown.push(code)
      }
      core.act({ objectId: bagId, kind: 'closeBag', args: { seal: bag.seal } })
      return bagId
    })
    core.act({ objectId: manifestId, kind: 'closeManifest', args: { bagIds } })
    // Bags of the form that stayed empty are not used any more.
    for (const code of blanksOf(core.db, number)) settlePaper(core.db, code, 'void', null, core.now())
    const manifest = core.views.manifest(manifestId)!.row
    const digest = manifestDigest(manifest, bagsOf(core, manifest))
    const args = { driver: form.driver, signature: { strokes: [] }, digest }
    core.act({ objectId: manifestId, kind: 'handedOver', args })
    applyRules(core, lent)
    return { manifestId, items: lent.length, unknown }
  })
}

function openPaperBag(core: Core, form: string, text: string, destination: string): string {
  const code = idOf(text)
  const paper = findPaper(core.db, code)
  if (paper?.kind !== 'bag' || paper.form !== form) throw new DeskError('not_found', { id: code })
  if (paper.state !== 'blank') throw new DeskError('paper_used', { number: code })
  const library = core.views.library(destination)
  if (!library) throw new DeskError('not_found', { id: destination })
  const bagId = randomUUID()
  core.act({ objectId: bagId, kind: 'openBag', args: { code, destination, route: library.route } })
  settlePaper(core.db, code, 'used', bagId, core.now())
  return bagId
}

/** @returns the request that is in the bag now, or null when the item could not be packed: noted as surplus */
function packWritten(core: Core, code: string, bagId: string): string | null {
  try {
    const found = resolveCode(core, code)
    if (found.kind === 'item' || found.kind === 'request') {
      const requestId = found.kind === 'item' ? found.requestId : found.id
      const { volumes } = core.views.request(requestId)!.row
      const volume = found.kind === 'item' ? found.volume : waitingVolume(volumes)
      core.act({ objectId: requestId, kind: 'pack', args: { item: { requestId, volume }, bagId } })
      return requestId
    }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
  }
  core.act({ objectId: bagId, kind: 'itemSurplus', args: { barcode: code.slice(0, 64) } })
  return null
}

const waitingVolume = (volumes: readonly { volume: number; place: string; bagId: string | null }[]) =>
  volumes.find((one) => one.bagId === null && one.place === 'desk')?.volume ?? volumeMeant(volumes)
