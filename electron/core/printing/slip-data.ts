/** What stands on each paper, taken from the requests, bags and manifests as the desk shows them now. */
import { nextCopyNo } from '../../../db/queries/print-jobs.ts'
import type { PrintKind } from '../../contract/core.contract.ts'
import type { Core } from '../context.ts'
import { beijing } from './slip-facts.ts'
import { MAKERS } from './slip-makers.ts'
import type { PrintNote, SlipData } from './templates/data.ts'

/** Data of every paper of one print job, in the order it is printed: pull slips as one walks the shelves. */
export function slipData<K extends PrintKind>(core: Core, kind: K, objectIds: readonly string[]): SlipData[K][] {
  const head = {
    library: core.desk().library.name,
    printedAt: beijing(core.now(), 'minute'),
    staff: core.me()?.name ?? '',
  }
  const noteOf = (...ids: readonly string[]): PrintNote => ({ ...head, copyNo: nextCopyNo(core.db, ids, kind) })
  const made = MAKERS[kind](core, objectIds, noteOf)
  return made as SlipData[K][]
}
