/**
 * The request machine of the desk: every operation in one table (design: sync, "Operations"), written by families.
 *
 * It tells what staff may do, shows at once what they did, and foresees what the centre will refuse. The centre has its
 * own guards; both are held against tests/cases/operations.ts. Facts are always recorded: `record` says whether they fit.
 */
import type { OpKind } from '../../contract/ops.contract.ts'
import { AROUND } from './around.ts'
import { ASKING } from './asking.ts'
import { COPIES } from './copies.ts'
import { FACTS } from './facts.ts'
import { LENT } from './lent.ts'
import { PACKING } from './packing.ts'
import type { Rule } from './rule.ts'
import { WORK } from './work.ts'

export const MACHINE: { readonly [K in OpKind]: Rule<K> } = {
  ...WORK,
  ...COPIES,
  ...PACKING,
  ...FACTS,
  ...LENT,
  ...AROUND,
  ...ASKING,
}
