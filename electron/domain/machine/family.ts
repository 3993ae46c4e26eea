/** One family of operations; table.ts puts the families together and a missing kind does not compile. */
import type { OpKind } from '../../contract/ops.contract.ts'
import type { Rule } from './rule.ts'

export type Family = { readonly [K in OpKind]?: Rule<K> }
