/**
 * Switches that take one rule of the sync design out, so that model test and conformance suite can prove they notice.
 * Never set in service: the command line accepts them only together with --rehearsal.
 */
import type { OpKind } from '../contract/ops.contract.ts'

export const MUTANTS = [
  // The seven mutants of the sync design. Four live at the centre,
  'no-dedupe',
  'no-pruned-through',
  'seq-before-commit',
  'no-after',
  // three at the desk; here is what the centre does for the same rule. Versions grow, so that a desk can guard by them;
  'no-version-guard',
  // a page's cursor goes exactly as far as its rows, so that both can be kept together;
  'cursor-apart',
  // the place in the feed is the reader's alone, so that a cursor that was not moved gives the same rows once more.
  'no-cursor-cas',
  // Further rules the conformance suite checks by name.
  'no-payload-hash',
  'blobs-of-others',
  'no-blob-hash',
  'no-epoch-check',
  'no-protocol-check',
  'no-guard-claim',
  'refuse-facts',
  // The asking side: its guards by the operation, its links, and what staff log.
  'no-guard-create',
  'no-guard-cancel',
  'no-guard-chase',
  'no-guard-complain',
  'no-guard-notify',
  'no-guard-registration',
  'no-guard-void',
  'any-link',
  'forgetful-notices',
  'forgetful-trainings',
] as const
export type Mutant = (typeof MUTANTS)[number]
export type MutantSet = ReadonlySet<Mutant>

/** Kinds whose guards a switch takes out. */
export const UNGUARDED: Partial<Record<OpKind, Mutant>> = {
  requestCreate: 'no-guard-create',
  requestCancel: 'no-guard-cancel',
  chase: 'no-guard-chase',
  complain: 'no-guard-complain',
  notifyReader: 'no-guard-notify',
  approveReader: 'no-guard-registration',
  refuseReader: 'no-guard-registration',
  askApplicant: 'no-guard-registration',
  withdrawQuestion: 'no-guard-registration',
  voidManifest: 'no-guard-void',
}
/** Kinds that a switch lets be answered "applied" with nothing written. */
export const FORGOTTEN: Partial<Record<OpKind, Mutant>> = {
  noticeRead: 'forgetful-notices',
  trainingDropped: 'forgetful-trainings',
}
