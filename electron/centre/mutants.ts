/**
 * Switches that take one rule of the sync design out, so that model test and conformance suite can prove they notice.
 * Never set in service: the command line accepts them only together with --rehearsal.
 */
export const MUTANTS = [
  // The four of the seven named mutants that live at the centre.
  'no-dedupe',
  'no-pruned-through',
  'seq-before-commit',
  'no-after',
  // Further rules the conformance suite checks by name.
  'no-payload-hash',
  'blobs-of-others',
  'no-blob-hash',
  'no-epoch-check',
  'no-protocol-check',
  'no-guard-claim',
  'refuse-facts',
] as const
export type Mutant = (typeof MUTANTS)[number]
export type MutantSet = ReadonlySet<Mutant>
